"""Gold parses: how many verbal readings have their subject and object where annotators put them.

Takes sentences of Universal Dependencies (English Web Treebank) with their enhanced dependencies, which
share subjects among conjuncts, controlled verbs and relative clauses (Schuster & Manning 2016). Our own parse
of the text is read with and without repairs; a reading is borne out when the gold graph has an edge from its
verb to its subject and one from its verb, or another word of the relation, to its object. What is not borne
out is the part of the errors that the parser answers for.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factloom import extract
from factloom.extract.agreement import attached_otherwise, compare
from factloom.extract.clauses import clauses
from factloom.extract.language import parse
from factloom.extract.propositions import Proposition
from factloom.extract.repairs import repair
from factloom.extract.rules import propositions
from factloom.extract.status import settle
from factloom.extract.surety import LEAST, features, surety, verbal
from factloom.extract.tokens import Sentence, Token

from .data import shared
from .report import table

DEV, TRAIN = "bench/ud/en_ewt-dev.conllu", "bench/ud/en_ewt-train.conllu"
_WEIGHTS = Path(extract.__file__).parent / "data" / "surety.tsv"
_HEADER = "# Weights of extract.surety, fitted by tests/bench/gold.py: feature, weight in logits\n"
_SUBJECTS = ("nsubj", "csubj", "obl:agent", "obl:by")
_OBJECTS = ("obj", "iobj", "obl", "nmod", "nsubj:pass", "xcomp", "ccomp", "nsubj")


@dataclass(frozen=True, slots=True)
class Gold:
    """A sentence's text, the start of each token in it, and the labels of the edges (head, dependent)."""

    text: str
    starts: dict[int, int]
    edges: dict[tuple[int, int], set[str]]


def read_gold(lines: Iterable[str]) -> Iterator[Gold]:
    """The sentences of a CoNLL-U file, with enhanced dependencies in its ninth column."""
    text, rows = "", list[list[str]]()
    for line in (*lines, ""):
        if line.startswith("# text = "):
            text = line[len("# text = ") :].rstrip("\n")
        elif line.strip() and not line.startswith("#"):
            rows.append(line.rstrip("\n").split("\t"))
        elif not line.strip() and rows:
            yield _sentence(text, rows)
            rows = []


def _sentence(text: str, rows: Sequence[Sequence[str]]) -> Gold:
    starts: dict[int, int] = {}
    edges: dict[tuple[int, int], set[str]] = {}
    at = 0
    for row in rows:
        if not row[0].isdigit():
            continue
        at = max(text.find(row[1], at), at)
        starts[at], at = int(row[0]), at + len(row[1])
        for edge in row[8].split("|"):
            head, _, label = edge.partition(":")
            if head.isdigit():
                edges.setdefault((int(head), int(row[0])), set()).add(label)
    return Gold(text, starts, edges)


def borne_out(p: Proposition, gold: Gold, sentence: Sentence) -> bool | None:
    """Whether the gold graph ties verb, subject and object likewise; None when it cuts a word otherwise."""
    verb = p.clause.head if p.clause is not None else p.relation[0]
    head, subject, target = (_id(t, gold, sentence) for t in (verb, p.subject, p.object))
    if head is None or subject is None or target is None:
        return None
    return any(
        _ties(p, gold, sentence, head, s, t) for s in _same(gold, subject) for t in _same(gold, target)
    )


def _same(gold: Gold, word: int) -> Iterator[int]:
    """The word and those above it in its name: annotators make the first word of "Ed Wong" its head."""
    for _ in range(_STEPS):
        yield word
        above = [h for (h, d), labels in gold.edges.items() if d == word and any(map(_inside, labels))]
        if not above:
            return
        word = above[0]


def _inside(label: str) -> bool:
    return label.startswith(("flat", "compound", "appos", "nmod:desc", "goeswith", "list"))


def _ties(p: Proposition, gold: Gold, sentence: Sentence, head: int, subject: int, target: int) -> bool:
    words = {head, *(i for t in p.relation if (i := _id(t, gold, sentence)) is not None)}
    doer, done = (_doer(gold, head, n) for n in (subject, target))
    if p.rule.startswith("passive with agent"):
        return (done or _edge(gold, head, target, _OBJECTS)) and _edge(gold, head, subject, _SUBJECTS)
    return doer and (any(_edge(gold, w, target, _OBJECTS) for w in words) or (target, head) in gold.edges)


def _doer(gold: Gold, verb: int, subject: int) -> bool:
    """Whether the verb's subject, its antecedent or what a governing verb gives it is this word."""
    for _ in range(_STEPS):
        if _edge(gold, verb, subject, _SUBJECTS) or (subject, verb) in gold.edges:
            return True
        above = [h for (h, d), labels in gold.edges.items() if d == verb and any(map(_governs, labels))]
        if not above:
            return False
        verb = above[0]
        if _edge(gold, verb, subject, ("obj", "iobj", "obl")):
            return True
    return False


_STEPS = 4  # governing verbs climbed: "was said to have planned to open"


def _governs(label: str) -> bool:
    return label.startswith(("xcomp", "ccomp", "advcl", "acl", "conj", "parataxis"))


def _id(token: Token, gold: Gold, sentence: Sentence) -> int | None:
    return gold.starts.get(token.start - sentence.start)


def _edge(gold: Gold, head: int, target: int, labels: tuple[str, ...]) -> bool:
    return any(label.startswith(labels) for label in gold.edges.get((head, target), ()))


def judged(sentences: Sequence[Gold], *, repaired: bool = True) -> Iterator[tuple[Proposition, bool]]:
    """Each verbal reading of the sentences, and whether it is borne out."""
    for gold, parsed in zip(sentences, parse(g.text for g in sentences), strict=True):
        if len(parsed) != 1:
            continue
        sentence = parsed[0]
        second = attached_otherwise(sentence)
        here = _readings(sentence, repaired=repaired)
        if second is not None:
            compare(here, _readings(second, repaired=repaired))
        for p in filter(verbal, here):
            right = borne_out(p, gold, sentence)
            if right is not None:
                yield p, right


def _readings(sentence: Sentence, *, repaired: bool) -> list[Proposition]:
    if repaired:
        repair(sentence)
    found = clauses(sentence)
    settle(sentence, found)
    return list(propositions(sentence, found))


def rows(results: Iterable[tuple[Proposition, bool]]) -> list[list[object]]:
    """Readings, those borne out and their share, by how the subject was found and in all."""
    seen, right = Counter[str](), Counter[str]()
    for p, fine in results:
        assert p.clause is not None
        for name in (p.clause.subject_via, "all"):
            seen[name] += 1
            right[name] += fine
    names = [*sorted(set(seen) - {"all"}), "all"]
    return [[name, seen[name], right[name], right[name] / max(seen[name], 1)] for name in names]


def kept(results: Sequence[tuple[Proposition, bool]]) -> list[list[object]]:
    """What share of the readings is left, and what share of those is borne out, at each least surety."""
    sure = [(surety(p), fine) for p, fine in results]
    found: list[list[object]] = []
    for least in (0.0, 0.5, LEAST, 0.7, 0.8):
        left = [fine for s, fine in sure if s >= least]
        found.append([least, len(left) / max(len(sure), 1), sum(left) / max(len(left), 1)])
    return found


def fitted(results: Iterable[tuple[Proposition, bool]]) -> dict[str, float]:
    """The weights of features met often enough, by logistic regression; "always" is the intercept."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    read = [(dict.fromkeys(features(p), 1.0), fine) for p, fine in results]
    met = Counter(f for found, _ in read for f in found)
    vectorizer = DictVectorizer()
    table_ = vectorizer.fit_transform([{f: 1.0 for f in found if met[f] >= _OFTEN} for found, _ in read])
    model = LogisticRegression(C=0.1, max_iter=3000).fit(table_, [fine for _, fine in read])
    names = vectorizer.get_feature_names_out()
    weights = {str(n): round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True)}
    return {"always": round(float(model.intercept_[0]), 3), **{n: w for n, w in sorted(weights.items()) if w}}


_OFTEN = 20  # readings that must have a feature for it to weigh


def read_file(name: str, limit: int) -> list[Gold]:
    """The first `limit` sentences of more than three words."""
    with shared(name).open(encoding="utf-8") as lines:
        return [g for g in read_gold(lines) if len(g.starts) > 3][:limit]


def main(arguments: Sequence[str]) -> int:
    """Verbal readings whose subject and object a gold parse attaches likewise, with repairs and without."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench gold", description=main.__doc__)
    parser.add_argument("--limit", type=int, default=100_000, help="sentences read (default all)")
    parser.add_argument(
        "--write", action="store_true", help="fit the weights of extract.surety and write them"
    )
    options = parser.parse_args(arguments)
    if options.write:
        weights = fitted(judged(read_file(TRAIN, options.limit)))
        lines = "".join(f"{name}\t{weight}\n" for name, weight in weights.items())
        _WEIGHTS.write_text(_HEADER + lines, encoding="utf-8")
    sentences = read_file(DEV, options.limit)
    for repaired in (False, True):
        results = list(judged(sentences, repaired=repaired))
        title = "with repairs" if repaired else "bare parse"
        print("\n" + table([title, "readings", "borne out", "share"], rows(results)))
    print("\n" + table(["least surety", "readings left", "borne out"], kept(results)))
    return 0
