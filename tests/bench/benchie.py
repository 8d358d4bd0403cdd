"""BenchIE: which facts of a sentence a reader states in exactly one of the accepted wordings.

The measure is that of Gashteovski et al., "BenchIE: A Framework for Multi-Faceted Fact-Based Open
Information Extraction Evaluation" (ACL 2022), written from the paper and the format of its data. A sentence
has facts, each a set of triples that word it; words in [ ] may be left out, a bracket's words together.
A predicted triple is right when its three parts equal, word by word, those of some accepted triple.
Precision is the share of a reader's distinct triples that are right; recall the share of facts that at
least one triple words; case counts.

A gold fact is a triple, while an extraction may have more arguments; `--triples` says how it is split:

- `split` (the default): (subject; relation; object), and for every further argument one triple
  (subject; relation object; argument), the object now part of the relation;
- `first`: (subject; relation; object) alone;
- `joined`: (subject; relation; object and all further arguments).

Without an object the first further argument takes its place; without any argument nothing is predicted.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .data import shared
from .options import add_source, source
from .predictions import Extraction, Reader
from .report import table

Triple = tuple[str, str, str]
Form = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]
ARROW = "-->"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its facts, each the list of its accepted wordings."""

    text: str
    facts: tuple[tuple[Form, ...], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of `predicted` triples are right; `found` of `facts` facts are worded."""

    right: int
    predicted: int
    found: int
    facts: int

    @property
    def precision(self) -> float:
        """The share of predicted triples that are right; 0 without any."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of facts that are worded; 0 without any."""
        return self.found / self.facts if self.facts else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def part_pattern(text: str) -> re.Pattern[str]:
    """A pattern over words that each end in a blank; what stands in [ ] may be absent as a whole."""
    pieces = []
    for optional, plain in re.findall(r"\[([^\]]*)\]|([^\[]+)", text):
        words = re.escape("".join(f"{w} " for w in (optional or plain).split()))
        pieces.append(f"(?:{words})?" if optional else words)
    return re.compile("".join(pieces))


def read_gold(path: Path) -> list[Sentence]:
    """The sentences of a gold file, in its order."""
    texts: list[str] = []
    facts: list[list[list[Form]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("sent_id:"):
            texts.append(line.split("\t", 1)[1].strip())
            facts.append([])
        elif re.match(r"\d+-->\s*Cluster", line):
            facts[-1].append([])
        elif line.strip():
            subject, relation, target = map(part_pattern, line.split(f" {ARROW} "))
            facts[-1][-1].append((subject, relation, target))
    return [Sentence(t, tuple(map(tuple, f))) for t, f in zip(texts, facts, strict=True)]


def split(extraction: Extraction) -> list[Triple]:
    """One triple for the object and one for each further argument, the object moved to the relation."""
    subject, *rest = extraction.arguments
    if not rest:
        return []
    longer = f"{extraction.relation} {rest[0]}"
    return [(subject, extraction.relation, rest[0]), *((subject, longer, argument) for argument in rest[1:])]


def first(extraction: Extraction) -> list[Triple]:
    """The triple of the object alone."""
    return split(extraction)[:1]


def joined(extraction: Extraction) -> list[Triple]:
    """One triple whose object holds all arguments."""
    subject, *rest = extraction.arguments
    return [(subject, extraction.relation, " ".join(rest))] if rest else []


SPLITS: dict[str, Callable[[Extraction], list[Triple]]] = {"split": split, "first": first, "joined": joined}


def words(fact: Sequence[Form], triple: Triple) -> bool:
    """Whether the triple is one of the wordings of a fact."""
    parts = [" ".join(part.split()) + " " for part in triple]
    return any(all(p.fullmatch(t) for p, t in zip(form, parts, strict=True)) for form in fact)


def score(
    gold: Sequence[Sentence], predicted: Sequence[Iterable[Extraction]], *, triples: str = "split"
) -> Score:
    """The score of extractions, sentence by sentence in the order of `gold`."""
    right = total = found = 0
    for sentence, extractions in zip(gold, predicted, strict=True):
        distinct = {t for e in extractions for t in SPLITS[triples](e)}
        worded = {t: [i for i, fact in enumerate(sentence.facts) if words(fact, t)] for t in distinct}
        right += sum(map(bool, worded.values()))
        total += len(distinct)
        found += len({i for indices in worded.values() for i in indices})
    return Score(right, total, found, sum(len(s.facts) for s in gold))


def dev(reader: Reader, *, triples: str = "split") -> Score:
    """The score of a reader on the 157 sentences that BenchIE and CaRB's development side share."""
    gold = read_gold(shared("bench/benchie/gold_157_carbdev.txt"))
    return score(gold, reader([s.text for s in gold]), triples=triples)


def main(arguments: Sequence[str]) -> None:
    """BenchIE, the 157 sentences of the development side: exact facts."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench benchie", description=main.__doc__)
    parser.add_argument("--triples", choices=sorted(SPLITS), help="how further arguments become triples")
    add_source(parser)
    options = parser.parse_args(arguments)
    gold = read_gold(shared("bench/benchie/gold_157_carbdev.txt"))
    read = source(options)([s.text for s in gold])
    rows = []
    for name in [options.triples] if options.triples else SPLITS:
        got = score(gold, read, triples=name)
        rows.append([name, got.precision, got.recall, got.f1, got.right, got.predicted, got.found, got.facts])
    print(table(["BenchIE 157", "precision", "recall", "F1", "right", "triples", "found", "facts"], rows))
