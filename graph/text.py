"""Text for terminals and XML: what a character may do there, decided in one place."""

from __future__ import annotations

import re

# XML 1.0, production 2: everything a document may hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text on one line, with nothing that moves a terminal's cursor or changes its colours."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)


def for_xml(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 can't hold, not even escaped."""
    return _NOT_XML.sub("\ufffd", text)
