"""Documents that are ZIP files of XML (Word, OpenDocument, EPUB): opened within limits."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from factloom.extract.readers.base import Raw
from factloom.extract.readers.markup import xml_of
from factloom.extract.readers.streams import DAMAGED
from factloom.ontology.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

# The XML of a long book has some ten megabytes; a member that unpacks to more is no text.
MAX_MEMBER_BYTES = 100 << 20
# Old Office files and encrypted new ones begin like this (Compound File Binary).
_COMPOUND = b"\xd0\xcf\x11\xe0"
_AGAIN = "open it in the program that made it and save it again, or save its text as .txt"


class Package:
    """An open document. `member` reads one file of it; all trouble is an `InputError`."""

    def __init__(self, raw: Raw, what: str) -> None:
        self._source, self._what = raw.source, what
        data = raw.read_binary()
        if data.startswith(_COMPOUND):
            raise InputError(
                raw.source,
                f"is no {what} but an encrypted or an old Office document",
                "open it, remove the password, and save it in today's format",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED as error:
            raise self.broken(f"can't be opened as one ({error})") from error

    def names(self) -> list[str]:
        """The paths of all files in the document, in its own order."""
        return self._zip.namelist()

    def member(self, path: str) -> bytes:
        """The bytes of one file in the document."""
        try:
            info = self._zip.getinfo(path)
        except KeyError as error:
            raise self.broken(f"has no {path} in it") from error
        if info.flag_bits & 1:
            raise InputError(self._source, "is encrypted", "open it, remove the password, and save it again")
        if info.file_size > MAX_MEMBER_BYTES:
            raise self.broken(f"has {path} of {info.file_size:,} bytes in it")
        try:
            return self._zip.read(info)
        except DAMAGED as error:
            raise self.broken(f"has {path} damaged") from error

    def xml(self, path: str) -> _Element:
        """The root element of one XML file in the document."""
        from lxml import etree

        try:
            return xml_of(self.member(path))
        except etree.XMLSyntaxError as error:
            raise self.broken(f"has {path} that is not well-formed XML ({error.msg})") from error

    def broken(self, reason: str) -> InputError:
        """The error for this document."""
        return InputError(self._source, f"is no {self._what} that can be read: it {reason}", _AGAIN)
