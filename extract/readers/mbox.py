"""A mailbox (mbox, RFC 4155): one message after the other, never more than one in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from factloom.extract.readers.base import Draft, Part, Raw, Reader
from factloom.extract.readers.mail import letters
from factloom.ontology.errors import InputError, Problem

_BEGIN = re.compile(rb"From \S+.*\d{4}")
_ESCAPED = re.compile(rb">+From ")
MAX_MESSAGE_BYTES = 64 << 20


def _read(raw: Raw) -> Iterator[Draft | Part | Problem]:
    found = False
    for number, data in enumerate(_messages(raw), 1):
        found = True
        place = f"{raw.source}, message {number}"
        try:
            if len(data) > MAX_MESSAGE_BYTES:
                reason = f"has more than {MAX_MESSAGE_BYTES >> 20} MiB"
                raise InputError(place, reason, "save its attachments as files")
            for result in letters(data, replace(raw, source=place), id=f"{raw.name}-{number}"):
                yield replace(result, source=place) if isinstance(result, Draft) else result
        except InputError as error:
            yield error.problem
    if not found:
        raise InputError(raw.source, "is empty", "save the mailbox again, or remove the file")


def _messages(raw: Raw) -> Iterator[bytes]:
    """The bytes of each message, cut off behind the limit. Raises `InputError` for what is no mailbox."""
    lines: list[bytes] = []
    size, blank, begun = 0, True, False
    while line := raw.stream.readline(1 << 20):
        if blank and _BEGIN.match(line):
            if begun:
                yield b"".join(lines)
            lines, size, begun = [], 0, True
        elif begun and size <= MAX_MESSAGE_BYTES:
            lines.append(line[1:] if _ESCAPED.match(line) else line)
            size += len(line)
        elif not begun and line.strip(b"\xef\xbb\xbf \t\r\n"):
            reason = "is no mailbox: it does not begin with a line `From `"
            raise InputError(raw.source, reason, "export it from the mail program as mbox or .eml files")
        blank = not line.strip()
    if begun:
        yield b"".join(lines)


MBOX = Reader((".mbox",), _read)
