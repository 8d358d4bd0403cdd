"""Closed classes of words, written as running text so that a list can be read and changed at a glance."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, apart by white space."""
    return frozenset(text.split())
