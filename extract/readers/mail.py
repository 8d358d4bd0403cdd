"""E-mail (RFC 5322, MIME): the words that the sender wrote, the subject, the date; attachments as parts.

What is quoted from earlier letters, signatures and what lists add below are left out: the quoted letter
is a document of its own, and its words are not the sender's.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import email.utils
import io
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import PurePosixPath

from factloom.extract.readers.base import Draft, Part, Raw, Reader
from factloom.extract.readers.cleaning import blocks_of, lines_of
from factloom.extract.readers.markup import blocks, tree_of
from factloom.ontology.errors import InputError

_HEADERS = ("from", "to", "subject", "date", "message-id", "received", "mime-version", "content-type")
_REPLY = re.compile(r"^\s*(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:\s*", re.I)
# The line above a quotation, as programs write it; it may be wrapped once.
_ATTRIBUTION = re.compile(r"(?:On\b.{4,200}\bwrote|.{3,100}<\S+@\S+>\s*(?:wrote|writes))\s*:\s*$", re.S)
_FORWARDED = re.compile(
    r"\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Forwarded by\b.*)\s*-*|_{20,}"
    r"|Begin forwarded message:)\s*$",
    re.I,
)
_OLD_HEADER = re.compile(r"\s*\*?(From|Sent|Date|To|Cc|Subject):\*?\s", re.I)
_SIGNATURE = re.compile(r"-- ?$|\s*(?:Sent from my |Get Outlook for |Sent via )\S.*$")
_LIST_FOOTER = re.compile(
    r"_{30,}$|\s*To unsubscribe\b.*|You received this message because you are subscribed\b.*"
)
_QUOTING_CLASSES = frozenset(
    {"gmail_quote", "gmail_signature", "moz-cite-prefix", "moz-signature", "yahoo_quoted"}
)


def _read(raw: Raw) -> Iterator[Draft | Part]:
    yield from letters(raw.read_binary(), raw)


def letters(data: bytes, raw: Raw, *, id: str | None = None) -> Iterator[Draft | Part]:  # noqa: A002
    """The document of one message, and its attachments. `id` names the document where the input holds many.

    Raises `InputError` for what is no message, or one without words or attachments.
    """
    message = _parsed(data, raw.source)
    found = tuple(_body(message))
    attachments = list(_attachments(message, raw, id))
    if not found and not attachments:
        raise InputError(raw.source, "has no words of its own in it", "remove it, or save its text as .txt")
    if found:
        subject = _header(message, "subject")
        yield Draft(found, title=_REPLY.sub("", subject) or None, date=_date(message), id=id)
    yield from attachments


def _parsed(data: bytes, source: str) -> EmailMessage:
    refusal = InputError(source, "is no e-mail message", "save it from the mail program as .eml")
    if not data[:4096].lstrip() or b"\0" in data[:4096]:
        raise refusal
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (RecursionError, ValueError, IndexError) as error:
        raise InputError(source, "is damaged or nested too deeply", "save its text as .txt") from error
    assert isinstance(message, EmailMessage)
    if any(isinstance(d, email.errors.MissingHeaderBodySeparatorDefect) for d in message.defects):
        raise InputError(
            source, "is cut off or damaged in its headers", "save it from the mail program again"
        )
    if not any(name.lower() in _HEADERS for name in message):
        raise refusal
    return message


def _header(message: EmailMessage, name: str) -> str:
    """A header in words; what the library can't parse is as good as absent."""
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, LookupError):
        return ""


def _date(message: EmailMessage) -> str | None:
    found = email.utils.parsedate_tz(_header(message, "date"))
    if found is None or found[0] < 1970:
        return None
    return f"{found[0]:04}-{found[1]:02}-{found[2]:02}"


def _body(message: EmailMessage) -> Iterator[str]:
    try:
        part = message.get_body(("plain", "html"))
    except (RecursionError, AttributeError, KeyError, ValueError):
        part = None
    if not isinstance(part, EmailMessage):
        return
    text = _content(part)
    if part.get_content_type() == "text/html":
        root = tree_of(text) if text.strip() else None
        if root is not None:
            for quotation in root.xpath("//blockquote"):
                quotation.drop_tree()
            yield from own_words(blocks(root, dropped=_QUOTING_CLASSES))
    else:
        yield from blocks_of("\n".join(own_words(lines_of(_unflowed(text, part)))))


def _content(part: EmailMessage) -> str:
    """The characters of a text part, in its declared encoding or else what fits."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def _unflowed(text: str, part: EmailMessage) -> str:
    """Lines of `format=flowed` (RFC 3676) that end in a space go on in the next."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    return re.sub(r"(?<!^--) \r?\n(?!>)", " ", text, flags=re.M)


def own_words(lines: Iterator[str] | list[str]) -> Iterator[str]:
    """The lines without quotations, and none from the signature, a forwarded letter or a list's words on."""
    found = list(lines)
    for number, line in enumerate(found):
        if _SIGNATURE.match(line) or _FORWARDED.match(line) or _LIST_FOOTER.match(line):
            return
        if _OLD_HEADER.match(line) and sum(map(bool, map(_OLD_HEADER.match, found[number : number + 5]))) > 2:
            return
        if line.lstrip().startswith(">") or _is_attribution(found, number):
            yield ""
        else:
            yield line


def _is_attribution(lines: list[str], number: int) -> bool:
    """Whether a line, or two that were wrapped, say who wrote what is quoted below."""
    above = lines[number - 1] + "\n" if number else ""
    line = lines[number]
    below = "\n" + lines[number + 1] if number + 1 < len(lines) else ""
    if _ATTRIBUTION.match(line):
        return True
    if line.startswith("On ") and _ATTRIBUTION.match(line + below) and "\n\n" not in line + below:
        return True
    return above.startswith("On ") and bool(_ATTRIBUTION.match(above + line)) and len(line) < 100


def _attachments(message: EmailMessage, raw: Raw, id: str | None) -> Iterator[Part]:  # noqa: A002
    """Files that a reader may know, and letters that were forwarded whole."""
    try:
        parts = list(message.iter_attachments())
    except (AttributeError, KeyError, ValueError, TypeError, RecursionError):
        return
    folder = f"{id}/" if id else ""
    for number, part in enumerate(parts, 1):
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, EmailMessage):
                name = f"forwarded-{number}.eml"
                yield Part(folder + name, f"{raw.source}/{name}", io.BytesIO(inner.as_bytes()))
            continue
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        data = part.get_payload(decode=True)
        if name and isinstance(data, bytes) and part.get_content_disposition() == "attachment":
            yield Part(folder + name, f"{raw.source}/{name}", io.BytesIO(data), quiet=True)


MAIL = Reader((".eml",), _read)
