"""Bytes to characters: UTF-8 or a Unicode encoding with a byte order mark, and a plain no to the rest.

A guessed encoding silently corrupts names, so a file in another encoding is refused with the guess and
the command that mends it. Binary files are told by their first bytes or by NUL bytes.
"""

from __future__ import annotations

import codecs
import shlex

from factloom.ontology.errors import InputError

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, film or WebP file"),
    (b"ID3", "an MP3 file"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
# Formats whose files may be plain ASCII throughout, and the suffix under which they are read.
_TEXTUAL_MAGIC = (
    (b"%PDF-", "a PDF document", ".pdf"),
    (b"{\\rtf", "an RTF document", ".rtf"),
)
# Guesses are limited to encodings in wide use: short texts otherwise draw exotic code pages. Windows-1250
# is left out since nothing tells it from Windows-1252 in the little text that a name takes.
_GUESSES = ["cp1252", "cp1251", "cp1253", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
_SAMPLE_BYTES = 50_000


def decode(data: bytes, source: str, *, file: str | None = None) -> str:
    """The characters of `data` without a byte order mark.

    `file` is the path to mend when `source` names a place inside it.
    Raises `InputError` naming `source` when the data is empty, binary or in another encoding.
    """
    _refuse_textual_formats(data, source)
    text = unicode_text(data)
    if text is None or "\0" in text:
        raise _not_text(data, source, file or source)
    if not text.strip():
        raise InputError(source, "is empty", "write the document's text into it, or remove it")
    return text


def unicode_text(data: bytes) -> str | None:
    """`data` decoded by its byte order mark, else as UTF-8; None when that fails."""
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", "utf-8"))
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return None


def guess(data: bytes) -> str | None:
    """The likely name of a legacy encoding, as `iconv` knows it; None when nothing fits."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES], cp_isolation=_GUESSES, enable_fallback=False).best()
    if best is None:
        return None
    return "WINDOWS-" + best.encoding[2:] if best.encoding.startswith("cp") else best.encoding.upper()


def _refuse_textual_formats(data: bytes, source: str) -> None:
    for magic, what, suffix in _TEXTUAL_MAGIC:
        if data.startswith(magic):
            renamed = shlex.quote(_stem(source) + suffix)
            raise InputError(source, f"is {what}, not plain text", f"name it by what it is: {renamed}")


def _not_text(data: bytes, source: str, path: str) -> InputError:
    what = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    if what:
        remedy = (
            "remove it, or give it the suffix of what it is (.zip, .docx, .odt, .epub, .gz) if that is read"
        )
        return InputError(source, f"is {what}, not text", remedy)
    encoding = _unmarked_utf16(data) if b"\0" in data else guess(data)
    if encoding is None:
        return InputError(
            source, "holds binary data, not text", "remove it or save the document as UTF-8 text"
        )
    stem = _stem(path)
    file, mended = shlex.quote(path), shlex.quote(f"{stem}.utf8{path[len(stem) :]}")
    return InputError(
        source,
        f"is not UTF-8 (it looks like {encoding})",
        f"save it as UTF-8: iconv -f {encoding} -t UTF-8 {file} > {mended}",
    )


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 of mostly Latin letters has a zero in nearly every second byte."""
    sample = data[:_SAMPLE_BYTES]
    for encoding, zeros in (("UTF-16LE", sample[1::2]), ("UTF-16BE", sample[0::2])):
        if zeros and zeros.count(0) > 0.8 * len(zeros) and sample.count(0) < 0.6 * len(sample):
            return encoding
    return None


def _stem(source: str) -> str:
    """The path without the suffix of its last part."""
    head, dot, suffix = source.rpartition(".")
    return head if dot and head and "/" not in suffix else source
