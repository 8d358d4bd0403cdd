"""The weights of features that lie beside this module as tables: feature, weight."""

from __future__ import annotations

import functools
from importlib.resources import files


@functools.cache
def read_weights(name: str) -> dict[str, float]:
    """The weight of every feature in `data/NAME.tsv`; lines that begin with # are remarks."""
    text = (files("factloom.extract") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows}
