"""Pages that a browser saved as one file (MHTML, RFC 2557): the page itself, with its address."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator

from factloom.extract.readers.base import Part, Raw, Reader
from factloom.ontology.errors import InputError


def _read(raw: Raw) -> Iterator[Part]:
    data = raw.read_binary()
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.defects:
            break  # Cut off in its headers, whose lines would become text.
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            charset = part.get_content_charset() or "utf-8"
            address = str(
                message.get("Snapshot-Content-Location") or part.get("Content-Location") or raw.source
            )
            yield Part("", address, io.BytesIO(_as_utf8(page, charset)), reader="html", alone=True)
            return
    raise InputError(raw.source, "has no page in it", "save it from the browser again, as HTML")


def _as_utf8(page: bytes, charset: str) -> bytes:
    try:
        return page.decode(charset).encode()
    except (LookupError, UnicodeError):
        return page


MHTML = Reader((".mhtml", ".mht"), _read)
