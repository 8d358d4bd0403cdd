"""One story in every format that is read, made by code: the same blocks, title and date."""

from __future__ import annotations

import bz2
import email.policy
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from email.message import EmailMessage

STORY = (
    "Harbour Rail opened a line to Port Ellis on Monday.",
    "The company, which was founded by Ada Lind, employs 900 people in Norland.",
    "Its chairman said that the second line, which runs to Westhaven, would follow in the spring.",
)
TITLE = "Harbour Rail opens its first line"
TEXT = "\n\n".join(STORY)

MARKDOWN = f"---\ndate: 2025-03-04\n---\n# {TITLE}\n\n{TEXT}\n"
HTML = f"""<!DOCTYPE html><html><head><title>{TITLE}</title>
    <meta property="article:published_time" content="2025-03-04T08:00:00Z"></head>
    <body><nav><a href="/">Front page</a></nav><article><h1>{TITLE}</h1>
    {"".join(f"<p>{p}</p>" for p in STORY)}</article>
    <footer>All rights reserved</footer></body></html>"""
JSONL = json.dumps({"id": "r1", "title": TITLE, "date": "2025-03-04", "text": TEXT}) + "\n"


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(files: dict[str, str | bytes], mode: str = "w:gz") -> bytes:
    """A tar archive, compressed by gzip."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def docx(paragraphs: Iterable[str] = STORY, title: str = TITLE) -> bytes:
    """A Word document by python-docx."""
    import docx as word

    document = word.Document()
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title = title
    document.core_properties.created = datetime(2025, 3, 4, 8, 0)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"


def odt(paragraphs: Iterable[str] = STORY, body: str = "") -> bytes:
    """An OpenDocument text; `body` is more XML behind the paragraphs."""
    names = f'xmlns:office="{_OFFICE}office:1.0" xmlns:text="{_OFFICE}text:1.0"'
    more = f'xmlns:meta="{_OFFICE}meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    text = f"<text:h>{TITLE}</text:h>" + "".join(f"<text:p>{p}</text:p>" for p in paragraphs) + body
    content = f"<office:document-content {names}><office:body><office:text>{text}</office:text></office:body>"
    meta = f"<office:document-meta {names} {more}><office:meta><dc:title>{TITLE}</dc:title>"
    meta += "<meta:creation-date>2025-03-04T08:00:00</meta:creation-date></office:meta>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content + "</office:document-content>",
            "meta.xml": meta + "</office:document-meta>",
        }
    )


def rtf() -> bytes:
    """A document in Rich Text Format."""
    body = "".join(f"{p}\\par\n" for p in (TITLE, *STORY))
    info = f"{{\\info{{\\title {TITLE}}}{{\\creatim\\yr2025\\mo3\\dy4\\hr8\\min0}}}}"
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times;}}}}{info}\n{body}}}".encode("ascii")


def epub(chapters: dict[str, str] | None = None) -> bytes:
    """A book: XHTML by file name, in the order given, behind a cover and a table of contents."""
    pages = chapters or {"one.xhtml": f"<h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in STORY)}
    items = "".join(
        f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>' for i, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="c{i}"/>' for i in range(len(pages)))
    opf = f"""<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title>
        <dc:date>2025-03-04</dc:date><dc:language>en</dc:language></metadata>
        <manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
        {items}</manifest><spine><itemref idref="nav"/>{spine}</spine></package>"""
    container = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
        <rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"""
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "OEBPS/content.opf": opf,
        "OEBPS/nav.xhtml": page.format("<nav>Contents</nav><p>Contents</p>"),
    }
    return zipped(files | {f"OEBPS/{name}": page.format(body) for name, body in pages.items()})


def letter(text: str = TEXT, *, subject: str = TITLE, html: str | None = None) -> EmailMessage:
    """A message of March 4, 2025."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = "Ada Lind <ada@example.org>"
    message["To"] = "Bo Marsh <bo@example.org>"
    message["Subject"] = subject
    message["Date"] = "Tue, 04 Mar 2025 08:00:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def mbox(*letters: bytes) -> bytes:
    """A mailbox."""
    line = b"From ada@example.org Tue Mar  4 08:00:00 2025\n"
    return b"".join(line + data.replace(b"\r\n", b"\n") + b"\n\n" for data in letters)


def warc(pages: dict[str, str | bytes], *, packed: bool = True) -> bytes:
    """A web archive of pages by address, by warcio."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    for address, page in pages.items():
        data = page.encode() if isinstance(page, str) else page
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0"
        )
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(data), http_headers=headers
        )
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


def wacz(pages: dict[str, str | bytes]) -> bytes:
    """A packed web archive, with the list of pages and the description that come with it."""
    listed = '{"format": "json-pages-1.0", "id": "pages"}\n{"url": "https://news.example.org/rail"}\n'
    return zipped(
        {"archive/data.warc.gz": warc(pages), "pages/pages.jsonl": listed, "datapackage.json": "{}"}
    )


def mhtml(page: str = HTML) -> bytes:
    """A page as a browser saves it into one file."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://news.example.org/rail"
    message["Subject"] = TITLE
    message.add_related(page.encode(), "text", "html", cte="quoted-printable")
    return message.as_bytes()


def parquet(rows: list[dict[str, object]]) -> bytes:
    """A Parquet file of the rows."""
    import pyarrow
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


# Points from the left, from the bottom, size of the letters, words.
Words = tuple[float, float, float, str]


def pdf(pages: list[list[Words]], *, password: str | None = None) -> bytes:
    """A PDF with words at places: points from the left, from the bottom, size of the letters, words."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    lock = StandardEncryption(password, ownerPassword="o") if password else None
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, encrypt=lock)
    canvas.setTitle(TITLE)
    for page in pages:
        for left, bottom, size, words in page:
            canvas.setFont("Times-Roman", size)
            canvas.drawString(left, bottom, words)
        canvas.showPage()
    canvas.save()
    # reportlab writes a fixed date when asked for the same bytes each time.
    return buffer.getvalue().replace(b"D:20000101000000+00'00'", b"D:20250304080000+00'00'")


def column(text: str, left: float, top: float, width: int, size: float = 10) -> list[Words]:
    """A text as lines of at most `width` characters below each other, 12 points apart."""
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [(left, top - 12 * i, size, words) for i, words in enumerate([*lines, line])]


def story_pdf() -> bytes:
    """The story on one page: a heading and a paragraph of several lines each."""
    lines: list[Words] = [(72, 760, 18, TITLE)]
    top = 700.0
    for paragraph in STORY:
        lines += column(paragraph, 72, top, 50)
        top = lines[-1][1] - 24
    return pdf([lines])


def csv_table(rows: list[list[str]], separator: str = ",") -> str:
    """Rows as CSV, cells in quotation marks where they need them."""
    import csv

    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue()


ROW: dict[str, object] = {"id": "r1", "Title": TITLE, "published_date": "2025-03-04", "body": TEXT}
WIKIPEDIA = f'<doc id="7" url="https://en.wikipedia.org/wiki?curid=7" title="{TITLE}">\n{TITLE}\n\n'
WIKIPEDIA += "\n".join(STORY) + "\n</doc>\n"

# For each reader: the name of a file that is its own, and the story in its format.
CASES: dict[str, tuple[str, bytes]] = {
    "compressed": ("name.md.bz2", bz2.compress(MARKDOWN.encode())),
    "csv": ("name.csv", csv_table([list(ROW), [str(v) for v in ROW.values()]]).encode()),
    "docx": ("name.docx", docx()),
    "epub": ("name.epub", epub()),
    "html": ("name.html", HTML.encode()),
    "jsonl": ("name.jsonl", JSONL.encode()),
    "mail": ("name.eml", letter().as_bytes()),
    "markdown": ("name.md", MARKDOWN.encode()),
    "mbox": ("name.mbox", mbox(letter().as_bytes())),
    "mhtml": ("name.mhtml", mhtml()),
    "odt": ("name.odt", odt()),
    "parquet": ("name.parquet", parquet([ROW])),
    "pdf": ("name.pdf", story_pdf()),
    "rtf": ("name.rtf", rtf()),
    "tar": ("name.tar.gz", tarred({"story/one.md": MARKDOWN})),
    "text": ("name.txt", f"{TITLE}\n\n{TEXT}\n".encode()),
    "wacz": ("name.wacz", wacz({"https://news.example.org/rail": HTML})),
    "warc": ("name.warc.gz", warc({"https://news.example.org/rail": HTML})),
    "wikipedia": ("wiki_00", WIKIPEDIA.encode()),
    "zip": ("name.zip", zipped({"story/one.md": MARKDOWN})),
}
WITHOUT_DATE = {"text", "wikipedia"}
# The formats whose files are plain characters and may come in UTF-8 or UTF-16 with a mark.
TEXTUAL = {"csv", "html", "jsonl", "markdown", "text"}


def gzipped(data: bytes) -> bytes:
    """The data in the form of gzip, the same bytes each time."""
    return gzip.compress(data, mtime=0)
