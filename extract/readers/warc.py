"""Web archives (WARC, ISO 28500, also packed as WACZ) by warcio: each saved page once, with its address."""

from __future__ import annotations

import contextlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from factloom.extract.readers.archives import ZIP
from factloom.extract.readers.base import BYTES_PER_CHARACTER, Part, Raw, Reader, too_long
from factloom.extract.readers.streams import Counted, buffered
from factloom.ontology.errors import InputError, Problem

_KINDS = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def _read(raw: Raw) -> Iterator[Part | Problem]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    start = raw.stream.read(512)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError(raw.source, "is empty", "fetch it again, or remove it")
    seen: set[str] = set()
    found = 0
    try:
        records = ArchiveIterator(buffered(Counted(start, raw.stream)))
        while (record := _next(records)) is not None:
            found += 1
            if record.rec_type not in ("response", "resource") or not _is_whole(record):
                continue
            address = record.rec_headers.get_header("WARC-Target-URI") or raw.source
            kind, charset = _kind(record)
            if kind is None or address in seen:
                continue
            seen.add(address)
            yield _part(record, address, kind, charset, raw)
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, OSError) as error:
        if found:
            yield Problem(
                raw.source, f"is damaged behind record {found}, and the rest is not read", "fetch it again"
            )
            return
        reason = f"is no web archive ({' '.join(str(error).split())[:80]})"
        raise InputError(raw.source, reason, "fetch it again, or save the pages as HTML") from error


def _next(records: Iterator[Any]) -> Any | None:
    """The next record; what the library says of small damage does not reach the terminal."""
    with contextlib.redirect_stderr(io.StringIO()):
        return next(records, None)


def _is_whole(record: Any) -> bool:
    status = record.http_headers
    return status is None or status.get_statuscode() == "200"


def _kind(record: Any) -> tuple[str | None, str | None]:
    """The reader of a record by its media type, and the declared encoding."""
    headers = record.http_headers or record.rec_headers
    declared = (headers.get_header("Content-Type") or "") if headers is not None else ""
    charset = _CHARSET.search(declared)
    return _KINDS.get(declared.partition(";")[0].strip().lower()), charset[1] if charset else None


def _part(record: Any, address: str, kind: str, charset: str | None, raw: Raw) -> Part | Problem:
    limit = (256 << 20) if kind == "pdf" else raw.max_chars * BYTES_PER_CHARACTER
    data = record.content_stream().read(limit + 1)
    if len(data) <= limit and record.raw_stream.limit > 0:
        return Problem(address, f"is cut off in {raw.source}", "fetch it again")
    if len(data) > limit:
        return too_long(address, f"more than {limit:,} bytes", raw.max_chars).problem
    if charset and kind != "pdf":
        try:
            data = data.decode(charset).encode()
        except (LookupError, UnicodeError):
            pass
    name = re.sub(r"^[a-z]+://(?:www\.)?", "", address).rstrip("/")
    return Part(name, address, io.BytesIO(data), reader=kind)


def _read_package(raw: Raw) -> Iterator[Part | Problem]:
    """The archives in a WACZ package; its indexes and lists of pages say nothing more."""
    found = 0
    for result in ZIP.read(raw):
        if isinstance(result, Problem):
            yield result
        elif isinstance(result, Part) and result.path.startswith("archive/"):
            found += 1
            yield replace(result, alone=True)
    if not found:
        raise InputError(raw.source, "has no web archive in it", "fetch it again, or save the pages as HTML")


WARC = Reader((".warc", ".warc.gz"), _read)
WACZ = Reader((".wacz",), _read_package)
