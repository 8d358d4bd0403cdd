"""Rich Text Format by striprtf: the words, a block for each paragraph; title and date of its information."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.cleaning import blocks_of
from factloom.ontology.errors import InputError

_TITLE = re.compile(r"\{\\title ((?:[^{}\\]|\\'[0-9a-fA-F]{2})*)\}")
_MADE = re.compile(r"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def _read(raw: Raw) -> Iterator[Draft]:
    data = raw.read_binary()
    if not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        raise InputError(raw.source, "is no RTF document", "save the document again as .rtf or .txt")
    markup = data.decode("latin-1")
    try:
        text = _text(markup)
    except (ValueError, KeyError, IndexError, LookupError, TypeError) as error:
        raise InputError(raw.source, f"is damaged ({error})", "save the document again as .txt") from error
    title, made = _TITLE.search(markup), _MADE.search(markup)
    yield Draft(
        tuple(block for line in text.split("\n") for block in blocks_of(line)),
        title=_text("{\\rtf1 " + title[1] + "}") if title else None,
        made=f"{made[1]}-{int(made[2]):02}-{int(made[3]):02}" if made else None,
    )


def _text(markup: str) -> str:
    from striprtf import striprtf

    words: Callable[..., str] = striprtf.rtf_to_text
    return words(markup, encoding="cp1252", errors="replace")


RTF = Reader((".rtf",), _read, guarded=True)
