"""EPUB books: the chapters in the order of the spine, named; the publisher's own pages left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from factloom.extract.readers.base import Draft, Raw, Reader, too_long
from factloom.extract.readers.markup import blocks, tree_of
from factloom.extract.readers.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
# Front and back matter by the names that files of books bear.
_NO_CHAPTER = re.compile(
    r"(?:^|[/_.\-])(?:cover|toc|nav|copyright|titlepage|title-page|imprint|colophon)s?\d*\.x?html?$", re.I
)
_LONGEST_NAME = 80


def _read(raw: Raw) -> Iterator[Draft]:
    package = Package(raw, "EPUB book")
    if "META-INF/encryption.xml" in package.names() and _protected(package):
        raise package.broken("is encrypted (digital rights management)")
    path = _first(package.xml("META-INF/container.xml"), "//c:rootfile/@full-path")
    if path is None:
        raise package.broken("names no contents in META-INF/container.xml")
    opf = package.xml(path)
    found: list[str] = []
    locators: list[tuple[int, int, str]] = []
    length = 0
    for number, page in enumerate(_chapters(package, opf, posixpath.dirname(path)), 1):
        own = list(blocks(page))
        if own:
            locators.append((len(found), 0, _chapter_name(page, number)))
            found += own
            length += sum(map(len, own))
        if length > raw.max_book:
            raise too_long(raw.source, f"more than {raw.max_book:,} characters", raw.max_book)
    yield Draft(
        tuple(found),
        title=_first(opf, "//dc:title/text()"),
        date=(_first(opf, "//dc:date/text()") or "")[:10] or None,
        language=_first(opf, "//dc:language/text()"),
        locators=tuple(locators),
    )


def _protected(package: Package) -> bool:
    """Whether text is encrypted; fonts that are only scrambled are no hindrance."""
    targets = package.xml("META-INF/encryption.xml").xpath("//*[local-name()='CipherReference']/@URI")
    return any(str(target).lower().endswith((".xhtml", ".html", ".htm", ".opf")) for target in targets)


def _chapters(package: Package, opf: _Element, folder: str) -> Iterator[_Element]:
    items = {item.get("id"): item for item in opf.xpath("//opf:manifest/opf:item", namespaces=_NAMES)}
    for reference in opf.xpath("//opf:spine/opf:itemref", namespaces=_NAMES):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or reference.get("linear") == "no":
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
        if "nav" in (item.get("properties") or "").split() or _NO_CHAPTER.search(path):
            continue
        root = tree_of(package.member(path))
        if root is not None:
            yield root


def _chapter_name(page: _Element, number: int) -> str:
    """ "chapter 3: The dam", or "chapter 3" of a page without a heading."""
    for heading in page.xpath("//h1|//h2|//h3"):
        words = " ".join("".join(heading.itertext()).split())
        if words:
            return f"chapter {number}: {words[:_LONGEST_NAME]}"
    return f"chapter {number}"


def _first(root: _Element, path: str) -> str | None:
    found = root.xpath(path, namespaces=_NAMES)
    return str(found[0]).strip() or None if found else None


EPUB = Reader((".epub",), _read, guarded=True)
