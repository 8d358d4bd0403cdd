"""Examples to learn from: JSON Lines of sentences with the triples they hold.

Takes a file in one of three forms, told apart by their fields; gives `Example`s, equal texts joined.
Plain: `{"text": …, "triples": [{"subject": …, "relation": …, "object": …}]}`, or one triple a line with the
three fields beside `text`; an end is a name, or `{"text", "start", "end"}` in characters of the text.
Text2KGBench: `sent` with `triples` of `sub`, `rel`, `obj`, or with `sub_label`, `rel_label`, `obj_label`.
KnowledgeNet: `passages` with `facts` by offsets and `exhaustivelyAnnotatedProperties`.
What can't be read is told with file and line, and the rest goes on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from factloom.ontology.errors import InputError, Problem
from factloom.ontology.records import Span


@dataclass(frozen=True, slots=True)
class End:
    """A subject or object: its name, and where it stands if the example tells."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple that an example holds; `relation` is an IRI, a local name or a label."""

    subject: End
    relation: str
    object: End


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the triples of some relations are all told (None: of every relation)."""

    span: Span
    relations: frozenset[str] | None


@dataclass(slots=True)
class Example:
    """A text with its triples. In its scopes what is not told counts as not said."""

    id: str
    text: str
    facts: list[Fact] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)


def read_examples(path: Path, on_problem: Callable[[Problem], None]) -> list[Example]:
    """The examples of a file in its order; raises `InputError` when the file can't be read at all."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(str(path), error.strerror or "can't be read", "name a file of JSON Lines") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from error
    return parse_examples(lines, str(path), on_problem)


def parse_examples(lines: Iterable[str], source: str, on_problem: Callable[[Problem], None]) -> list[Example]:
    """The examples of JSON Lines; `source` names them in problems."""
    found: dict[str, Example] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            example = _example(json.loads(line), f"line {number}")
        except json.JSONDecodeError as error:
            on_problem(Problem(f"{source}:{number}", f"not JSON ({error.msg})", "one JSON object a line"))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            fault = f"lacks {error}" if isinstance(error, KeyError) else f"wrong form ({error})"
            on_problem(Problem(f"{source}:{number}", fault, "see `factloom learn --help` for the forms"))
        else:
            known = found.setdefault(example.text, example)
            if known is not example:
                known.facts += [f for f in example.facts if f not in known.facts]
    return list(found.values())


def _example(record: Any, place: str) -> Example:
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")
    if "passages" in record:
        return _laid_out(record)
    text = record["sent"] if "sent" in record else record["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("the text is empty")
    example = Example(str(record.get("id", place)), text, list(_facts(record, text)))
    example.scopes.append(Scope(Span(0, len(text)), None))
    return example


def _facts(record: dict[str, Any], text: str) -> Iterator[Fact]:
    if "triples" in record:
        for triple in record["triples"]:
            yield _fact(triple, text)
    elif {"sub_label", "subject", "sub"} & record.keys():
        yield _fact(record, text)


def _fact(triple: Any, text: str) -> Fact:
    if isinstance(triple, (list, tuple)):
        subject, relation, target = triple
    else:
        subject, relation, target = (
            next(triple[key] for key in keys if key in triple)
            if any(key in triple for key in keys)
            else triple[keys[0]]
            for keys in (
                ("subject", "sub_label", "sub"),
                ("relation", "rel_label", "rel"),
                ("object", "obj_label", "obj"),
            )
        )
    name = relation.get("iri") or relation["label"] if isinstance(relation, dict) else str(relation)
    return Fact(_end(subject, text), name, _end(target, text))


def _end(value: Any, text: str) -> End:
    if not isinstance(value, dict):
        return End(str(value))
    if "start" not in value:
        return End(str(value["text"]))
    start, end = int(value["start"]), int(value["end"])
    if not 0 <= start < end <= len(text):
        raise ValueError(f"offsets {start}..{end} are outside of the text")
    return End(text[start:end], Span(start, end))


def _laid_out(record: dict[str, Any]) -> Example:
    """A document of passages: neighbours apart by a blank, others by an empty line, runs of blanks one."""
    example = Example(str(record["documentId"]), "")
    before: int | None = None
    for entry in sorted(record["passages"], key=lambda p: int(p["passageStart"])):
        if before is not None:
            example.text += " " if entry["passageStart"] - before <= 1 else "\n\n"
        _add_passage(example, entry)
        before = entry["passageEnd"]
    return example


def _add_passage(example: Example, entry: dict[str, Any]) -> None:
    start, text = len(example.text), entry["passageText"]
    places = [start]
    for one, other in pairwise(text + "."):
        places.append(places[-1] + (not (one.isspace() and other.isspace())))
    example.text += re.sub(r"\s+", " ", text)
    names = frozenset(str(p["propertyId"]) for p in entry["exhaustivelyAnnotatedProperties"])
    example.scopes.append(Scope(Span(start, places[-1]), names))

    def end(fact: dict[str, Any], side: str) -> End:
        first, last = (places[fact[side + edge] - entry["passageStart"]] for edge in ("Start", "End"))
        return End(example.text[first:last], Span(first, last))

    for fact in entry["facts"]:
        example.facts.append(Fact(end(fact, "subject"), str(fact["propertyId"]), end(fact, "object")))
