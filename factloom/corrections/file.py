"""Files of corrections, in YAML: takes a file, gives its entries with their places; names stay as written.

A file is a mapping from kinds of correction to lists of entries. Wrong YAML, unknown kinds and fields are
told with file and line, all at once the first of them; what the names mean is left to `resolve`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from factloom.ontology.errors import Problem, UsageError
from factloom.ontology.records import Span

_EVERYWHERE = ("because", "by")


@dataclass(frozen=True, slots=True)
class Words:
    """A value as written: its text, and its characters in the file."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry: its number over all files (from 1), its kind, file and line (from 1), the values of its
    fields, and its characters in the file."""

    number: int
    kind: str
    file: str
    line: int
    fields: Mapping[str, tuple[Words, ...]]
    span: Span

    def texts(self, field: str) -> tuple[str, ...]:
        """The values of a field, none when it isn't there."""
        return tuple(words.text for words in self.fields.get(field, ()))

    def text(self, field: str) -> str | None:
        """The value of a field that has one."""
        return next(iter(self.texts(field)), None)

    @property
    def step(self) -> str:
        """What it says, for people; no place in the file, which moves when other entries come."""
        said = _SAYING[self.kind].format(**{f: " and ".join(map(repr, self.texts(f))) for f in _ALL_FIELDS})
        said, because = " ".join(said.split()), self.text("because")
        return f"correction: {said}" + (f", because {because}" if because else "")

    def problem(self, reason: str, remedy: str) -> Problem:
        """A problem at this entry."""
        return Problem(f"{self.file}:{self.line}", reason, remedy)

    def unused(self) -> Problem:
        """The problem that it changed nothing."""
        said = self.step.removeprefix("correction: ")
        return self.problem(
            f"changes nothing: {said}", "mend the entry, or remove it if the texts have changed"
        )


@dataclass(frozen=True, slots=True)
class _Kind:
    needed: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()


KINDS: dict[str, _Kind] = {
    "merge": _Kind(("into", "names"), lists=("names",)),
    "split": _Kind(("name", "as"), one_of=("documents", "words"), lists=("documents", "words")),
    "rename": _Kind(("name", "to")),
    "retype": _Kind(("name", "type")),
    "reject": _Kind(
        (), ("documents",), one_of=("subject", "relation", "object", "value"), lists=("documents",)
    ),
    "add": _Kind(
        ("subject", "relation"), ("subject_type", "object_type", "datatype"), one_of=("object", "value")
    ),
}
_SAYING = {
    "merge": "{names} is {into}",
    "split": "{name} is {as} here",
    "rename": "{name} is called {to}",
    "retype": "{name} is of class {type}",
    "reject": "rejected: {subject} {relation} {object}{value}",
    "add": "added: {subject} {relation} {object}{value}",
}
_ALL_FIELDS = sorted({f for k in KINDS.values() for f in (*k.needed, *k.allowed, *k.one_of, *_EVERYWHERE)})


def read_corrections(paths: Iterable[Path]) -> tuple[Correction, ...]:
    """The entries of some files, in order. Raises `UsageError` for a file that can't be read as such."""
    found: list[Correction] = []
    for path in paths:
        for correction in _entries(path, len(found) + 1):
            found.append(correction)
    return tuple(found)


def text_of(path: Path) -> str:
    """The text of a file, with `\\n` for ends of lines, as the offsets count it."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read the corrections {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None


def _entries(path: Path, first: int) -> Iterator[Correction]:
    text = text_of(path)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UsageError(f"{path}:{line}: not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise UsageError(f"{path}: not YAML: {error}") from None
    if root is None:
        return
    for kind, entries in _pairs(root, path, "the file", allowed=KINDS):
        if not isinstance(entries, yaml.SequenceNode):
            raise _wrong(path, entries, f"{kind!r} holds no list of entries; begin each with '- '")
        for node in entries.value:
            yield _entry(node, kind, path, first)
            first += 1


def _entry(node: yaml.Node, kind: str, path: Path, number: int) -> Correction:
    rule = KINDS[kind]
    allowed = (*rule.needed, *rule.allowed, *rule.one_of, *_EVERYWHERE)
    fields = {
        name: tuple(_values(value, path, name, many=name in rule.lists))
        for name, value in _pairs(node, path, f"an entry of {kind!r}", allowed=allowed)
    }
    missing = [name for name in rule.needed if not fields.get(name)]
    if missing:
        raise _wrong(path, node, f"an entry of {kind!r} needs {' and '.join(missing)}")
    if rule.one_of and not any(fields.get(name) for name in rule.one_of):
        raise _wrong(path, node, f"an entry of {kind!r} needs {' or '.join(rule.one_of)}")
    start, end = node.start_mark, node.end_mark
    return Correction(number, kind, path.as_posix(), start.line + 1, fields, Span(start.index, end.index))


def _pairs(
    node: yaml.Node, path: Path, what: str, *, allowed: Iterable[str]
) -> Iterator[tuple[str, yaml.Node]]:
    """The fields of a mapping, each once and each known."""
    if not isinstance(node, yaml.MappingNode):
        raise _wrong(path, node, f"{what} is no mapping of names to values")
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name not in allowed:
            raise _wrong(path, key, f"{what} knows no {name!r}; known: {', '.join(sorted(allowed))}")
        if name in seen:
            raise _wrong(path, key, f"{what} has {name!r} twice")
        seen.add(name)
        yield name, value


def _values(node: yaml.Node, path: Path, name: str, *, many: bool) -> Iterator[Words]:
    if isinstance(node, yaml.ScalarNode):
        if node.value.strip():
            yield Words(node.value, _inner(node))
    elif isinstance(node, yaml.SequenceNode) and many:
        for item in node.value:
            yield from _values(item, path, name, many=False)
    else:
        raise _wrong(path, node, f"{name!r} needs {'a name or a list of names' if many else 'one value'}")


def _inner(node: yaml.ScalarNode) -> Span:
    """The characters of a value without its quotes."""
    start, end = node.start_mark.index, node.end_mark.index
    return Span(start + 1, end - 1) if node.style in ("'", '"') else Span(start, end)


def _wrong(path: Path, node: yaml.Node, reason: str) -> UsageError:
    return UsageError(f"{path.as_posix()}:{node.start_mark.line + 1}: {reason}")
