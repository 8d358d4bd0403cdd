"""Cases from Markdown: a quoted line is a document, the list under it what must be read in it.

Takes the text of the files in this folder, gives `Case`s. README.md explains the format; nothing here
knows the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from factloom.ontology.records import Modality, Status

FOLDER = Path(__file__).parent
GAPS = FOLDER / "known_gaps.txt"
BREAK = "\n\n"
_STATUSES = {str(s) for s in Status} | {str(m) for m in Modality} | {"may", "not", "never"}
_WORD = "|".join(sorted(_STATUSES))
_PREFIX = re.compile(rf"((?:{_WORD})(?:/(?:{_WORD}))*)(?: by ([^|:]+))?:\s+(.*)")
_SETTING = re.compile(r"(same|class|dated):\s+(.*)")


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be read: status (or modality, may, not, never), speaker, parts, further arguments.

    Status and each part are tuples of equally right answers.
    """

    status: tuple[str, ...]
    speaker: str | None
    subject: tuple[str, ...]
    relation: tuple[str, ...]
    object: tuple[str, ...]
    arguments: tuple[tuple[str, tuple[str, ...]], ...] = ()
    line: str = ""


@dataclass(slots=True)
class Case:
    """A document and what must be read in it. `name` is its file's stem and its text."""

    file: str
    heading: str
    text: str
    expected: list[Expected] = field(default_factory=list)
    same: list[tuple[str, str]] = field(default_factory=list)
    classes: list[tuple[str, str]] = field(default_factory=list)
    only: bool = False
    date: str | None = None

    @property
    def name(self) -> str:
        """How the case is called in test reports and in known_gaps.txt."""
        return f"{self.file}: {self.text.replace(BREAK, ' ¶ ')}"


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """The cases of every file of the folder, in the order of names; ValueError for a malformed line."""
    files = sorted(p for p in folder.glob("*.md") if p.stem != "README")
    return [case for path in files for case in parse_cases(path.read_text(encoding="utf-8"), path.stem)]


def parse_cases(text: str, file: str) -> list[Case]:
    """The cases of one Markdown text; `file` is the stem of its name."""
    cases: list[Case] = []
    heading = ""
    quoted = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.startswith("> "):
            if quoted:
                cases[-1].text += BREAK + line[2:].strip()
            else:
                cases.append(Case(file, heading, line[2:].strip()))
        elif line.startswith("- "):
            if not cases:
                raise ValueError(f"{file}.md:{number}: no quoted text above: {line!r}")
            try:
                _item(cases[-1], line[2:].strip())
            except ValueError as error:
                raise ValueError(f"{file}.md:{number}: {error}") from error
        quoted = line.startswith("> ")
    return cases


def _item(case: Case, item: str) -> None:
    setting = _SETTING.fullmatch(item)
    if item == "only":
        case.only = True
    elif setting is None:
        case.expected.append(_expected(item))
    elif setting[1] == "dated":
        case.date = setting[2]
    else:
        one, equals, other = (part.strip() for part in setting[2].partition("="))
        if not equals:
            raise ValueError(f"no '=': {item!r}")
        (case.same if setting[1] == "same" else case.classes).append((one, other))


def _expected(item: str) -> Expected:
    prefix = _PREFIX.fullmatch(item)
    status, speaker, rest = prefix.groups() if prefix else ("stated", None, item)
    parts = [part.strip() for part in rest.split("|")]
    if len(parts) < 3 or not all(parts):
        raise ValueError(f"not subject | relation | object: {item!r}")
    arguments = []
    for argument in parts[3:]:
        role, colon, value = argument.partition(":")
        if not colon:
            raise ValueError(f"not role: value: {argument!r}")
        arguments.append((role.strip(), _alternatives(value)))
    subject, relation, target = map(_alternatives, parts[:3])
    return Expected(tuple(status.split("/")), speaker, subject, relation, target, tuple(arguments), item)


def _alternatives(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(" / "))


def read_gaps(path: Path = GAPS) -> list[str]:
    """The names of the cases that fail today."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]
