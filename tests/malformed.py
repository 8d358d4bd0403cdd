"""Files that are broken, hostile or no documents, made by code, each with what must be said of it.

`write_all` makes them in a folder; nothing here is read from elsewhere. The names of the files tell what is
wrong with them; the patterns are looked for in the reason.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import reader_samples as samples

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
GERMAN = (
    "Der Präsident hat gestern in der Hauptstadt ein neues Gesetz unterzeichnet, das die Eisenbahn im Norden"
    " des Landes betrifft. Die Opposition lehnte es ab, weil die Kosten nach ihrer Ansicht zu hoch sind und"
    " niemand weiß, wann die Strecke eröffnet wird. Der Minister wollte sich dazu nicht äußern."
)


def zeros(size: int) -> bytes:
    """A megabyte of spaces, repeated: `size` megabytes."""
    return b" " * (size << 20)


def bomb(name: str, megabytes: int) -> bytes:
    """A ZIP with one member that is far larger than its archive."""
    return samples.zipped({name: zeros(megabytes)})


def nested(levels: int, inner: bytes) -> bytes:
    """ZIPs in each other, the innermost holding a text."""
    data = samples.zipped({"a.txt": inner})
    for _ in range(levels):
        data = samples.zipped({"a.zip": data})
    return data


def replaced(package: bytes, name: str, content: str | bytes | None) -> bytes:
    """A ZIP package with one member replaced, or left out."""
    files: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        for info in archive.infolist():
            files[info.filename] = archive.read(info)
    if content is None:
        del files[name]
    else:
        files[name] = content
    return samples.zipped(files)


def encrypted(package: bytes) -> bytes:
    """The package with the flag of encryption on every member."""
    data = bytearray(package)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


def damaged(package: bytes) -> bytes:
    """A ZIP whose only member has other bytes than its checksum says."""
    data = bytearray(samples.zipped({"a.txt": package}))
    data[40] ^= 0xFF
    data[41] ^= 0xFF
    return bytes(data)


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of the objects, numbered from 1, the first being the catalog."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A page whose contents unpack to a gigabyte of spaces, in two steps."""
    packed = zlib.compress(zlib.compress(zeros(1000), 9), 9)
    stream = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream])


def pdf_circle() -> bytes:
    """A tree of pages that contains itself."""
    tree = b"<</Type/Pages/Count 9/Parent 2 0 R/Kids[2 0 R 2 0 R]>>"
    return pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", tree])


def deep_mime(levels: int) -> bytes:
    """Multiparts in each other, with no words inside."""
    head = b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\n"
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(levels)
    )
    return head + parts + b"Content-Type: application/octet-stream\n\nx\n"


_TWO_COLUMNS = "a,b\n" + "one two,three four\n" * 20
_ROWS = "id,text\n1,Good words stand here.\n"

# Name of the file → its bytes, and a pattern that the reason must match.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    # Plain text
    "empty.txt": (lambda: b"", "is empty"),
    "blank.md": (lambda: b" \r\n\t\n", "is empty"),
    "nulls.txt": (lambda: b"Words\0\0\0 and\0more." * 9, "binary data|not UTF-8"),
    "utf16-without-mark.txt": (lambda: "A line of words.".encode("utf-16-le"), "looks like UTF-16LE"),
    "latin.txt": (lambda: "Die Königin besuchte Zürich.".encode("latin-1"), "looks like WINDOWS-1252"),
    "half-utf8.txt": (lambda: "A café on the hill".encode()[:6] + b"\xff\xfe", "not UTF-8|binary"),
    "huge-line.txt": (lambda: b"data " * 1_000_000, "without the ends of sentences|2,000,000 characters"),
    "too-long.txt": (lambda: b"One sentence is here. " * 400_000, "2,000,000 characters"),
    "german.txt": (GERMAN.encode, r"another language \(de\)"),
    "deep.md": (lambda: b">" * 20_000 + b" ", "no text|nested|no documents"),
    # Wrong suffixes
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is a PNG image"),
    "pdf-inside.txt": (samples.story_pdf, "is a PDF document"),
    "word-inside.txt": (samples.docx, "is a ZIP archive or Office document"),
    "word-inside.pdf": (samples.docx, "no PDF document"),
    "page-inside.docx": (samples.HTML.encode, "no Word document"),
    "text-inside.pdf": (lambda: b"Only words, no PDF.", "no PDF document"),
    "text-inside.zip": (lambda: b"Only words, no archive.", "no archive"),
    "text-inside.parquet": (lambda: b"Only words, no table.", "no Parquet file"),
    "text-inside.gz": (lambda: b"Only words, not packed.", "no gzip, bzip2 or xz file"),
    "text-inside.rtf": (lambda: b"Only words, no RTF.", "no RTF document"),
    "presentation.pptx": (lambda: b"PK", "kind .pptx are not read"),
    # HTML and JSON
    "fifty-megabytes.html": (
        lambda: b"<html><body>" + b"<p>A paragraph.</p>" * 2_900_000,
        "more than 8,000,000",
    ),
    "deep.html": (lambda: b"<div>" * 100_000, "no article|nested"),
    "no-article.html": (lambda: b"<html></html>", "no article"),
    "deep.jsonl": (lambda: b"[" * 100_000, "too deep|not JSON"),
    "broken.jsonl": (lambda: b'{"text": "A.\n{"id"\n', "not JSON"),
    "long-line.jsonl": (lambda: b'{"text": "' + b"a" * 20_000_000 + b'"}', "2,000,000 characters"),
    # PDF
    "cut.pdf": (lambda: samples.story_pdf()[:400], "damaged"),
    "header-only.pdf": (lambda: b"%PDF-1.7\n", "damaged"),
    "locked.pdf": (
        lambda: samples.pdf([[(72, 700, 10, "Words")]], password="x"),
        "encrypted with a password",
    ),
    "blank.pdf": (lambda: samples.pdf([[]]), "no text in it"),
    "circle.pdf": (pdf_circle, "no text in it|damaged|seconds"),
    "bomb.pdf": (pdf_bomb, "no text in it|damaged|memory|breaks"),
    # Word, OpenDocument, RTF
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "encrypted or an old Office"),
    "cut.docx": (lambda: samples.docx()[:3000], "can't be opened"),
    "locked-members.docx": (lambda: encrypted(samples.docx()), "is encrypted"),
    "without-text.docx": (lambda: replaced(samples.docx(), "word/document.xml", None), "lacks a part"),
    "not-well-formed.docx": (
        lambda: replaced(samples.docx(), "word/document.xml", "<w:document><w:body>"),
        "not well-formed",
    ),
    "laughs.docx": (
        lambda: replaced(samples.docx(), "word/document.xml", LAUGHS + "<w:document>&a11;</w:document>"),
        "well-formed|lacks a part|no text",
    ),
    "bomb.docx": (
        lambda: replaced(samples.docx(), "word/document.xml", zeros(200)),
        "209,715,200 bytes",
    ),
    "laughs.odt": (
        lambda: replaced(samples.odt(), "content.xml", LAUGHS + "<d>&a11;</d>"),
        "no text|well-formed",
    ),
    "without-text.odt": (lambda: replaced(samples.odt(), "content.xml", None), "no content.xml"),
    "cut.odt": (lambda: samples.odt()[:200], "can't be opened"),
    "without-words.rtf": (lambda: b"{\\rtf1{\\fonttbl{\\f0 Times;", "no text|damaged"),
    "deep.rtf": (lambda: b"{\\rtf1" + b"{" * 200_000, "no text|damaged"),
    # EPUB
    "cut.epub": (lambda: samples.epub()[:500], "can't be opened"),
    "laughs.epub": (
        lambda: replaced(samples.epub(), "META-INF/container.xml", LAUGHS + "<d>&a11;</d>"),
        "names no contents|well-formed",
    ),
    "without-contents.epub": (
        lambda: replaced(samples.epub(), "OEBPS/content.opf", None),
        "no OEBPS/content.opf",
    ),
    "without-chapter.epub": (lambda: replaced(samples.epub(), "OEBPS/one.xhtml", None), "no OEBPS/one.xhtml"),
    "protected.epub": (
        lambda: replaced(
            samples.epub(), "META-INF/encryption.xml", '<e><CipherReference URI="OEBPS/one.xhtml"/></e>'
        ),
        "digital rights",
    ),
    # Archives
    "bomb.zip": (lambda: bomb("a.txt", 1000), "grows more than"),
    "overlapping.zip": (lambda: overlapping(2000), "overlap"),
    "many-bombs.zip": (lambda: samples.zipped({f"{n}.txt": zeros(10) for n in range(40)}), "grows more than"),
    "deep.zip": (lambda: nested(8, b"Words."), "lies in more than 3"),
    "nested-bomb.zip": (lambda: nested(2, zeros(400)), "grows more than"),
    "cut.zip": (lambda: samples.zipped({"a.txt": samples.TEXT})[:60], "no archive"),
    "damaged.zip": (lambda: damaged(samples.TEXT.encode() * 9), "is damaged"),
    "locked.zip": (lambda: encrypted(samples.zipped({"a.txt": "Words."})), "is encrypted"),
    "pictures.zip": (lambda: samples.zipped({"a.png": b"\x89PNG"}), "no documents in it"),
    "cut.tar.gz": (lambda: samples.tarred({"a.txt": os.urandom(9000)})[:4000], "damaged|no archive"),
    "bomb.tar.gz": (lambda: samples.tarred({"a.txt": zeros(400)}), "grows more than"),
    "not-packed.tar.gz": (lambda: b"Only words.", "no archive"),
    "bomb.txt.gz": (lambda: gzip.compress(zeros(400), mtime=0), "grows more than|8,000,000 bytes"),
    "cut.txt.gz": (lambda: gzip.compress(os.urandom(9000), mtime=0)[:4000], "damaged"),
    "cut.txt.bz2": (lambda: bz2.compress(os.urandom(9000))[:4000], "damaged|not UTF-8|binary"),
    # Mail
    "no-headers.eml": (lambda: b"Only words, no letter.\n\nMore.", "no e-mail message|damaged"),
    "deep.eml": (lambda: deep_mime(3000), "no words|damaged|no documents"),
    "bad-base64.eml": (
        lambda: b"From: a@b.c\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\n!!!!",
        "no words|no text",
    ),
    "no-mailbox.mbox": (lambda: b"Only words.\n", "no mailbox"),
    "no-page.mhtml": (lambda: b"From: a\nContent-Type: text/plain\n\nWords", "no page in it"),
    # Tables
    "ragged.csv": (lambda: (_ROWS + "2,Too,many,cells\n3\n").encode(), "cells, and the table 2 columns"),
    "no-text-column.csv": (_TWO_COLUMNS.encode, "no column that is plainly the text"),
    "latin.csv": (lambda: "id,text\n1,Zürich ist schön und grün.\n".encode("latin-1"), "not UTF-8"),
    "open-quote.csv": (lambda: b'id,text\n1,"' + b"a b, " * 1_200_000, "no row of a table|limit|cells"),
    "binary.csv": (lambda: bytes(range(256)) * 20, "binary|not UTF-8"),
    "cut.parquet": (lambda: samples.parquet([samples.ROW])[:300], "no Parquet file"),
    "no-text.parquet": (lambda: samples.parquet([{"a": 1, "b": 2}]), "no column that is plainly"),
    # Web archives, Wikipedia
    "cut.warc": (
        lambda: samples.warc({"http://example.org/a": samples.HTML}, packed=False)[:900],
        "is cut off",
    ),
    "cut.warc.gz": (
        lambda: samples.warc({"http://example.org/a": samples.HTML})[:450],
        "is cut off|no web archive",
    ),
    "garbage.warc": (lambda: b"\0garbage" * 200, "no web archive"),
    "wiki_00": (lambda: b"<doc id=7>\nWords without an end", "no article of WikiExtractor"),
}
GOOD = {
    "good.txt": b"Harbour Rail acquired Port Lines in 2024.",
    "good.zip": samples.zipped({"../../escape.txt": "Acme Corporation acquired Beta Limited in 2023."}),
    "good.pdf": samples.story_pdf(),
    "good.docx": samples.docx(),
    "good.csv": _ROWS.encode(),
}


def write_all(folder: Path) -> dict[str, str]:
    """Makes every file in `folder`, the good ones too; the pattern for each bad one by its name."""
    for name, (make, _) in FILES.items():
        (folder / name).write_bytes(make())
    for name, data in GOOD.items():
        (folder / name).write_bytes(data)
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "nowhere.txt").symlink_to("not-there.txt")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "loop").mkdir()
    (folder / "loop" / "up").symlink_to("..")
    place = socket.socket(socket.AF_UNIX)
    place.bind(str(folder / "socket.txt"))
    place.close()
    odd = dict.fromkeys(
        ("pipe.txt", "zero.txt", "nowhere.txt", "self.txt", "socket.txt"), "not a regular file"
    )
    return {name: pattern for name, (_, pattern) in FILES.items()} | odd


def overlapping(copies: int) -> bytes:
    """A ZIP whose directory names the same packed bytes many times (after D. Fifield's "better zip bomb")."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = zeros(10)
    data = packed.compress(content) + packed.flush()
    head = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(content), len(data), len(content), 1, 0
    )
    local = head + b"a" + data
    entry = struct.pack(
        "<4s6H3L5H2L",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        0,
        zlib.crc32(content),
        len(data),
        len(content),
        1,
        0,
        0,
        0,
        0,
        0,
        0,
    )
    directory = (entry + b"a") * copies
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(directory), len(local), 0)
    return local + directory + end


def listing(report: Path) -> list[dict[str, str]]:
    """The problems of a build's report."""
    problems: list[dict[str, str]] = json.loads(report.read_text())["problems"]
    return problems
