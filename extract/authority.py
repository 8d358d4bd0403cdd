"""Authority files: a slice of Wikidata or a SKOS vocabulary, and what it has under the names that are wanted.

Wikidata as in its dumps (a JSON object a line, perhaps within brackets, perhaps compressed by gzip), or plain
lines of `id`, `label`, `aliases`, `description`, `types`; RDF in Turtle, N-Triples or RDF/XML with SKOS or
RDFS labels. Only things under wanted names are kept, so that a dump may be larger than memory. Which of
them an entity is, `extract.matching` decides.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from factloom.ontology.errors import UsageError
from factloom.ontology.namespaces import RDF, RDFS, SCHEMA, SKOS, WD
from factloom.ontology.parse import Node, key_of, read_index

_JSON = (".jsonl", ".json", ".ndjson")
_LABELS = (SKOS + "prefLabel", RDFS + "label", SCHEMA + "name")
_ALIASES = (SKOS + "altLabel", SKOS + "hiddenLabel", SCHEMA + "alternateName")
_WORDS = (SKOS + "definition", SKOS + "scopeNote", SKOS + "note", SCHEMA + "description", RDFS + "comment")
_KINDS = (RDF + "type", SKOS + "broader", "http://www.wikidata.org/prop/direct/P31")
# Types that say of what form an entry is, not what the thing is.
_NO_KINDS = frozenset({SKOS + "Concept", "http://wikiba.se/ontology#Item", RDFS + "Resource"})
_ENDING = re.compile(
    r",?\s+(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|plc|gmbh|ag|sa|nv|se)\.?$", re.I
)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entry of an authority file: its IRI and label, other names, descriptions, and its types, each by
    its IRI or its words."""

    iri: str
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    types: tuple[str, ...] = ()


def normal(name: str) -> str:
    """A name without case, accents, punctuation, a leading "the" and the ending of a firm."""
    plain = unicodedata.normalize("NFKD", _ENDING.sub("", name).casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    words = letters.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def things_called(names: Iterable[str], paths: Iterable[Path]) -> dict[str, tuple[Thing, ...]]:
    """For each wanted name in its normal form the things of the files that bear it, sorted by IRI.

    Types that the files name are given by their labels. Raises `UsageError` with file and line for what is
    no such file.
    """
    wanted = set(names)
    paths = tuple(paths)
    found: dict[str, dict[str, Thing]] = {}
    for path in paths:
        for thing in _things(path):
            for name in {normal(n) for n in (thing.label, *thing.aliases)} & wanted:
                found.setdefault(name, {})[thing.iri] = thing
    labels = _labels_of(
        {t for things in found.values() for thing in things.values() for t in thing.types}, paths
    )
    return {
        name: tuple(_with_types(things[iri], labels) for iri in sorted(things))
        for name, things in found.items()
    }


def _labels_of(iris: set[str], paths: Iterable[Path]) -> dict[str, str]:
    if not iris:
        return {}
    return {thing.iri: thing.label for path in paths for thing in _things(path) if thing.iri in iris}


def _with_types(thing: Thing, labels: Mapping[str, str]) -> Thing:
    """Each type by its IRI and, where a file has it, by its label."""
    named = tuple(labels[t] for t in thing.types if t in labels)
    return replace(thing, types=(*thing.types, *named))


def _things(path: Path) -> Iterator[Thing]:
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if any(suffix in _JSON for suffix in suffixes):
        yield from _json_things(path)
    else:
        yield from filter(None, (_rdf_thing(iri, node) for iri, node in read_index([path]).items()))


# --- RDF


def _rdf_thing(iri: str, node: Node) -> Thing | None:
    labels = [text for predicate in _LABELS for text in _english(node, predicate)]
    if not labels or iri.startswith("_:"):
        return None
    aliases = [text for predicate in _ALIASES for text in _english(node, predicate)]
    types = [key_of(term) for predicate in _KINDS for term in node.get(predicate, ())]
    words = [text for predicate in _WORDS for text in _english(node, predicate)]
    kept = tuple(sorted({t for t in types if t not in _NO_KINDS}))
    return Thing(iri, labels[0], tuple(sorted({*labels[1:], *aliases})), "; ".join(words), kept)


def _english(node: Node, predicate: str) -> list[str]:
    """Texts in English, those without a language behind them."""
    texts = [
        (getattr(term, "language", None) or "", key_of(term))
        for term in node.get(predicate, ())
        if hasattr(term, "datatype")
    ]
    return sorted(t for lang, t in texts if lang.lower().split("-")[0] == "en") + sorted(
        t for lang, t in texts if not lang
    )


# --- JSON


def _json_things(path: Path) -> Iterator[Thing]:
    opened = gzip.open if path.suffix.lower() == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                text = line.strip().rstrip(",")
                if text and text not in "[]":
                    thing = _json_thing(text, f"{path}:{number}")
                    if thing is not None:
                        yield thing
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error


def _json_thing(text: str, place: str) -> Thing | None:
    """The entry of a line; None for one without a label in English."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise UsageError(f'{place}: is no entry; write {{"id": "Q95", "label": "Google", …}} on a line')
    iri = record["id"] if ":" in record["id"] else WD + record["id"]
    if "labels" in record:
        return _dumped(iri, record)
    label = record.get("label")
    if not isinstance(label, str):
        return None
    return Thing(
        iri,
        label,
        _strings(record.get("aliases")),
        str(record.get("description") or ""),
        _strings(record.get("types")),
    )


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _dumped(iri: str, record: dict[str, Any]) -> Thing | None:
    """An entity as Wikidata's dumps have it."""
    label = (record["labels"].get("en") or record["labels"].get("mul") or {}).get("value")
    if not label:
        return None
    aliases = tuple(a["value"] for a in (record.get("aliases") or {}).get("en", ()))
    description = ((record.get("descriptions") or {}).get("en") or {}).get("value", "")
    claims = (record.get("claims") or {}).get("P31", ())
    values = (claim.get("mainsnak", {}).get("datavalue", {}).get("value", {}) for claim in claims)
    types = tuple(WD + value["id"] for value in values if isinstance(value, dict) and "id" in value)
    return Thing(iri, label, aliases, description, types)
