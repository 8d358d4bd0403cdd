"""OpenDocument texts: headings, paragraphs, lists and tables of content.xml; title and date of meta.xml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_TEXT = "{" + _NAMES["text"] + "}"
_OFFICE = "{" + _NAMES["office"] + "}"
_DROPPED = frozenset({_TEXT + "note", _TEXT + "tracked-changes", _OFFICE + "annotation"})
_SPACES = {_TEXT + "s": " ", _TEXT + "tab": "\t", _TEXT + "line-break": "\n"}


def _read(raw: Raw) -> Iterator[Draft]:
    package = Package(raw, "OpenDocument text")
    content = package.xml("content.xml")
    meta = package.xml("meta.xml") if "meta.xml" in package.names() else None
    headings = content.xpath("//office:body//text:h", namespaces=_NAMES)
    yield Draft(
        tuple(_blocks(content)),
        title=_first(meta, "//dc:title") or (_words(headings[0]) if headings else None),
        made=(_first(meta, "//meta:creation-date") or "")[:10] or None,
        language=_first(meta, "//dc:language"),
    )


def _blocks(content: _Element) -> Iterator[str]:
    for element in content.xpath("//office:body//text:p|//office:body//text:h", namespaces=_NAMES):
        if not any(above.tag in _DROPPED for above in element.iterancestors()):
            yield from _words(element).split("\n")


def _words(element: _Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: _Element) -> Iterator[str]:
    """Text without notes and comments; their footnotes would stand in the middle of the sentence."""
    yield element.text or ""
    for child in element:
        if child.tag in _SPACES:
            yield _SPACES[child.tag]
        elif child.tag not in _DROPPED and isinstance(child.tag, str) and child.tag != _TEXT + "p":
            yield from _pieces(child)
        yield child.tail or ""


def _first(root: _Element | None, path: str) -> str | None:
    found = root.xpath(path, namespaces=_NAMES) if root is not None else []
    return (found[0].text or "").strip() or None if found else None


ODT = Reader((".odt",), _read, guarded=True)
