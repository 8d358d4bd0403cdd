# The two commands are `make demo` and `make test`. They need Python >= 3.11, make and PyPI, nothing else:
# everything is installed into .venv (and uv, where there is none, into .uv), inside this folder.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench clean

export UV_PYTHON_DOWNLOADS := never
export PIP_ROOT_USER_ACTION := ignore
export PIP_DISABLE_PIP_VERSION_CHECK := 1

RUN := .venv/bin
SOURCES := factloom extract graph ontology tests

help:  ## this list
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):.*##  *\(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-8s %s\n", $$1, $$2 }'

demo: .venv/.ready  ## builds the graph of seeds/ into demo/ and says how to look at it
	@$(RUN)/factloom build seeds -o demo
	@echo
	@echo "The page:      demo/graph.html    open it in a browser; it needs no network"
	@echo "The Turtle:    demo/graph.ttl"
	@echo "A first query: $(RUN)/factloom query demo 'SELECT ?who ?what WHERE { ?who fl:blocks ?what }'"

test: .venv/.ready-to-develop  ## runs the tests; those of the page need Chromium
	@$(RUN)/pytest -q $(PYTEST)

lint: .venv/.ready-to-develop  ## style, formatting and the imports between the rooms
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@PATH="$(CURDIR)/$(RUN):$$PATH" $(RUN)/lint-imports

types: .venv/.ready-to-develop  ## mypy, strict
	@$(RUN)/mypy

bench: .venv/.ready-to-develop  ## lists the benchmarks; `make bench NAME=carb` runs one
	@$(RUN)/python -m tests.bench $(NAME)

clean:  ## removes what was built here, the environment included
	rm -rf .venv .uv build dist demo out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	rm -rf ./*.egg-info
	find factloom extract graph ontology tests -name __pycache__ -prune -exec rm -rf {} +

# The program's own packages; and those of its developers as well.
.venv/.ready: pyproject.toml uv.lock
	@sh .ci/environment --no-dev
	@touch $@

.venv/.ready-to-develop: pyproject.toml uv.lock
	@sh .ci/environment
	@touch .venv/.ready $@
