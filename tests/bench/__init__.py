"""Scorers and timers for the development sides of public benchmarks; `python -m tests.bench` lists them.

The data lies outside of the project, in `../shared/bench` beside the checkout, and is never copied here.
"""
