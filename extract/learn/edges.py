"""Which boundaries a candidate has as an end of a relation: with its article, its title, its place?

Gives features of a candidate's variants; the best sum of learnt weights wins, the first variant among equals.
"""

from __future__ import annotations

from collections.abc import Mapping

from factloom.extract.learn.candidates import Candidate
from factloom.extract.learn.features import kind_of
from factloom.extract.learn.variant import Variant


def edge_features(candidate: Candidate, variant: Variant, role: str) -> list[str]:
    """What a variant shows; `role` names relation and side ("3 object")."""
    tokens = candidate.sentence.tokens
    span = variant.tokens(tokens)
    first = candidate.variants[0]
    before = tokens[variant.start - 1].text if variant.start else "^"
    after = tokens[variant.end].text if variant.end < len(tokens) else "$"
    shown = [
        f"source {variant.source}",
        f"source {variant.source} {kind_of(candidate)}",
        f"sources {first.source} {variant.source}",
        f"begins {span[0].tag} {_side(variant.start, first.start)}",
        f"ends {span[-1].tag} {_side(variant.end, first.end)}",
        f"first word {span[0].norm}",
        f"last word {span[-1].norm}",
        f"word before {before.lower()}",
        f"word after {after.lower()}",
        f"size {min(len(span), 6)}",
        f"size beside first {max(-4, min(4, len(span) - (first.end - first.start)))}",
        f"told {bool(variant.told)}",
        f"one name {len({t.ent for t in span}) == 1}",
    ]
    alone = [
        f"capital {span[0].text[:1].isupper()} {span[-1].text[:1].isupper()}",
        f"comma {any(t.text == ',' for t in span)}",
        f"capital before {before[:1].isupper()}",
        f"capital after {after[:1].isupper()}",
        f"agree {_agreeing(candidate, variant)}",
    ]
    return [*shown, *alone, *(f"{role} {f}" for f in shown)]


def _side(edge: int, first: int) -> str:
    return "same" if edge == first else "right" if edge > first else "left"


def _agreeing(candidate: Candidate, variant: Variant) -> str:
    """How many variants begin here, and how many end here."""
    starts = sum(v.start == variant.start for v in candidate.variants)
    return f"{starts} {sum(v.end == variant.end for v in candidate.variants)}"


# How much surer a name has to be that the text does not spell without a gap, in logits.
_LEFT_OUT = 0.5


def best_variant(candidate: Candidate, role: str, weights: Mapping[str, float]) -> Variant:
    """The variant whose features weigh most."""
    if len(candidate.variants) == 1:
        return candidate.variants[0]

    def weight(variant: Variant) -> float:
        total = sum(weights.get(f, 0.0) for f in edge_features(candidate, variant, role))
        return total if variant.whole else total - _LEFT_OUT

    return max(candidate.variants, key=weight)
