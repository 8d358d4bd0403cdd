"""Markdown by markdown-it-py's tokens: the words without the marks, code dropped, front matter read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from factloom.extract.readers.base import Draft, Raw, Reader
from factloom.extract.readers.cleaning import clean_line
from factloom.ontology.errors import InputError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# YAML between lines of hyphens or TOML between lines of plus signs, at the very beginning.
_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?\n)??\1[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|language|lang)[ \t]*[:=][ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"\[\^[^\]\s]+\]:?")


def _read(raw: Raw) -> Iterator[Draft]:
    text = re.sub(r"\r\n?", "\n", raw.text())
    front, text = _front_matter(text)
    try:
        tokens = _parser().parse(_FOOTNOTE_MARK.sub("", text))
    except RecursionError as error:
        raise InputError(raw.source, "is nested too deeply", "save the document as plain text") from error
    yield Draft(
        tuple(_blocks(tokens)),
        title=front.get("title") or _first_heading(tokens),
        date=front.get("date"),
        language=front.get("language") or front.get("lang"),
    )


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of the front matter that matter here, and the text below it."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    fields = _FIELD.findall(match[2] or "")
    return {name.lower(): value.strip("\"'") for name, value in fields}, text[match.end() :]


def _blocks(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of each heading, paragraph, list item and table cell; a forced line break parts blocks."""
    for token in tokens:
        if token.type == "inline":
            yield from _words(token.children or ()).split("\n")


def _words(tokens: Sequence[Token]) -> str:
    """The text of inline tokens: links and emphasis keep their words, images and tags give nothing."""
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)


def _first_heading(tokens: Sequence[Token]) -> str | None:
    """The words of the first heading of the first level."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return clean_line(_words(inline.children or ())) or None
    return None


MARKDOWN = Reader((".md", ".markdown"), _read)
