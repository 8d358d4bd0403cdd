"""The words of HTML and XHTML without a guess about what is the article: for books and letters.

Takes bytes or characters of markup; gives blocks. Entities that a document defines are not expanded,
nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q rb s samp small span strike
    strong sub sup tt u var wbr
    """.split()
)
_DROPPED = frozenset(
    """
    script style head title nav form button select textarea svg math iframe object template noscript audio
    video img rt rp pre
    """.split()
)


def tree_of(markup: bytes | str) -> _Element | None:
    """The root of a page; None when there is no element in it."""
    from lxml import etree, html

    try:
        return html.fromstring(markup, parser=html.HTMLParser(huge_tree=False, no_network=True))
    except (etree.ParserError, ValueError):
        return None


def xml_of(data: bytes) -> _Element:
    """The root of an XML file. Raises `lxml.etree.XMLSyntaxError` for what is none.

    Entities stay unresolved and no DTD is loaded, so that a small file can't grow into a large one.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def blocks(root: _Element, *, dropped: frozenset[str] = frozenset()) -> Iterator[str]:
    """The words between the borders of blocks and forced line breaks, in reading order, empty ones left out.

    Elements whose class is in `dropped` are left out.
    """
    parts: list[str] = []
    for piece in _pieces(root, dropped):
        if piece is not None:
            parts.append(piece)
        elif parts:
            yield from _spaced(parts)
            parts = []
    yield from _spaced(parts)


def _spaced(parts: list[str]) -> Iterator[str]:
    text = " ".join("".join(parts).split())
    if text:
        yield text


def _pieces(root: _Element, dropped: frozenset[str]) -> Iterator[str | None]:
    """Words, and None at the border of a block. Without recursion: pages can be nested deeply."""
    from lxml import etree

    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = _name(element)
        if event == "start":
            skipped += _is_dropped(element, name, dropped)
            if name not in _INLINE:
                yield None
            if not skipped:
                yield element.text or ""
            continue
        if event == "end":
            skipped -= _is_dropped(element, name, dropped)
            if name not in _INLINE:
                yield None
        if not skipped and element is not root:
            yield element.tail or ""


def _is_dropped(element: _Element, name: str, dropped: frozenset[str]) -> bool:
    return name in _DROPPED or bool(dropped and dropped & set((element.get("class") or "").split()))


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
