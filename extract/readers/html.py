"""HTML by trafilatura: the article's text, title and date; menus, banners and footers left out."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.encoding import decode, unicode_text
from factloom.ontology.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element
    from trafilatura.settings import Document as TrafilaturaDocument

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE
)
# Names that pages give to their questions about cookies; "cookie" alone may be a recipe.
_CONSENT = ("cookie-banner", "cookie-consent", "cookie-notice", "cookie-bar", "consent-", "gdpr-")
_HEAD_BYTES = 4096
_ELEMENTS = (
    "nav",
    "button",
    "dialog",
    "pre",
    "*[@role='navigation']",
    "*[@role='dialog']",
    "*[@aria-modal='true']",
)
_NAMED = "*[not(self::article or self::main)][contains(concat(@id, ' ', @class), '{}')]"
_FURNITURE = "|".join(f"//body//{e}" for e in (*_ELEMENTS, *map(_NAMED.format, _CONSENT)))
# Trafilatura's own elements: these run inside a block, pictures are dropped, the others are blocks.
_INLINE = frozenset({"ref", "hi", "del", "span", "code"})
_DROPPED = frozenset({"graphic"})
_NO_ARTICLE = "save the article's text as .txt or .md, or remove the page"


def _read(raw: Raw) -> Iterator[Draft]:
    try:
        page = _article(_markup(raw))
    except RecursionError as error:
        raise InputError(raw.source, "is nested too deeply", _NO_ARTICLE) from error
    if page is None or not (page.text or "").strip():
        raise InputError(raw.source, "has no article in it", _NO_ARTICLE)
    yield Draft(tuple(_blocks(page.body)), title=page.title, date=page.date)


def _article(markup: str) -> TrafilaturaDocument | None:
    """What trafilatura finds on the page, or None."""
    # Imported here: it costs half a second, and most builds read no HTML.
    import trafilatura

    # Its complaints about a page would reach the terminal beside our own message.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    # A page without a beginning is refused by trafilatura, so each gets one.
    tree = trafilatura.load_html("<!DOCTYPE html>\n" + markup)
    if tree is None:
        return None
    page = trafilatura.bare_extraction(
        _prepared(tree),
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    return None if isinstance(page, dict) else page


def _prepared(tree: _Element) -> _Element:
    """The page without what its own marks call navigation or a question about cookies, which
    trafilatura keeps when there is little text beside it, and with its line ends as spaces."""
    for element in tree.xpath(_FURNITURE):
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.iter():
        element.text = element.text and element.text.replace("\n", " ")
        element.tail = element.tail and element.tail.replace("\n", " ")
    return tree


def _markup(raw: Raw) -> str:
    """The page's characters: Unicode first, else the encoding that the page itself declares."""
    data = raw.read()
    text = unicode_text(data)
    declared = _CHARSET.search(data[:_HEAD_BYTES])
    if text is None and declared:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, raw.source)


def _blocks(body: _Element) -> Iterator[str]:
    """The words between the borders of blocks and forced line breaks, in reading order.

    On a page of a few words trafilatura gives one paragraph with a line for each block.
    """
    return iter("".join(_marked(body)).split("\n"))


def _marked(element: _Element) -> Iterator[str]:
    """An element's text with a line feed at the borders of each block."""
    border = "" if element.tag in _INLINE else "\n"
    yield border
    if element.tag not in _DROPPED:
        yield element.text or ""
        for child in element:
            yield from _marked(child)
            yield child.tail or ""
    yield border


HTML = Reader((".html", ".htm", ".xhtml"), _read)
