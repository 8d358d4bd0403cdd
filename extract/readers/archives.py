"""Archives and compressed files: each file in them is read as if it lay in a folder, within limits.

Nothing is unpacked to disk, so that names with `..` in them lead nowhere.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from factloom.extract.readers.base import Part, Raw, Reader
from factloom.extract.readers.streams import DAMAGED, Counted, Unpacked, buffered
from factloom.ontology.errors import InputError, Problem

# Text shrinks to a twentieth at best; what grows more than this when unpacked is a trap.
MAX_GROWTH = 200
# Small archives may grow more.
_FREE_BYTES = 16 << 20
MAX_MEMBERS = 200_000
_REMEDY = "unpack it with another program and name the folder"
_OPENERS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}


def _read_zip(raw: Raw) -> Iterator[Part | Problem]:
    stream = raw.stream if raw.stream.seekable() else io.BytesIO(raw.read_binary())
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size < 10 and not stream.read().strip(b"\xef\xbb\xbf \t\r\n"):
        raise _empty(raw)
    try:
        archive = zipfile.ZipFile(stream)
        members = archive.infolist()
    except DAMAGED as error:
        raise _refusal(raw, error) from error
    if len(members) > MAX_MEMBERS:
        raise InputError(raw.source, f"has more than {MAX_MEMBERS:,} files in it", _REMEDY)
    if sum(info.compress_size for info in members) > size:
        raise InputError(raw.source, "has files in it that overlap, which no packing program makes", _REMEDY)
    left = max(_FREE_BYTES, size * MAX_GROWTH)
    for info in sorted(members, key=lambda info: info.filename):
        if info.is_dir() or _is_hidden(info.filename):
            continue
        place = f"{raw.source}/{info.filename}"
        if info.flag_bits & 1:
            yield Problem(place, "is encrypted", _REMEDY)
        elif info.file_size > left:
            yield _trap(place).problem
        else:
            left -= info.file_size
            yield from _zipped(archive, info, place)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: str) -> Iterator[Part | Problem]:
    try:
        opened = cast("BinaryIO", archive.open(info))
    except DAMAGED as error:
        yield Problem(place, f"is damaged ({error})", _REMEDY)
        return
    with opened:
        yield Part(info.filename, place, buffered(_bounded(opened, place, lambda: info.file_size)))


def _read_tar(raw: Raw) -> Iterator[Part | Problem]:
    unpacked, _ = _unpacked(raw)
    found = 0
    try:
        with tarfile.open(fileobj=unpacked, mode="r|") as archive:
            for info in archive:
                found += 1
                if info.isfile() and not _is_hidden(info.name):
                    yield _tarred(archive, info, f"{raw.source}/{info.name}")
    except DAMAGED as error:
        if not found:
            raise _refusal(raw, error) from error
        yield Problem(raw.source, f"is damaged, and the rest of it is not read ({error})", _REMEDY)
    if not found:
        raise _empty(raw)


def _tarred(archive: tarfile.TarFile, info: tarfile.TarInfo, place: str) -> Part:
    stream = archive.extractfile(info)
    assert stream is not None  # It is a file.
    bounded = _bounded(cast("BinaryIO", stream), place, lambda: info.size)
    return Part(info.name, place, buffered(bounded))


def _read_compressed(raw: Raw) -> Iterator[Part]:
    unpacked, packed = _unpacked(raw)
    if not packed:
        raise InputError(
            raw.source, "is no gzip, bzip2 or xz file", "remove its last suffix, if it is no such file"
        )
    yield Part(PurePosixPath(raw.source).stem, raw.source, unpacked, alone=True)


def _unpacked(raw: Raw) -> tuple[BinaryIO, bool]:
    """The bytes behind a compression, told by the first bytes, and whether there is one."""
    start = raw.stream.read(512)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise _empty(raw)
    counted = Counted(start, raw.stream)
    opener = next((o for magic, o in _OPENERS.items() if start.startswith(magic)), None)
    if opener is None:
        return buffered(counted), False
    stream = cast("BinaryIO", opener(cast("BinaryIO", counted)))
    limit = lambda: max(_FREE_BYTES, counted.count * MAX_GROWTH)  # noqa: E731
    return buffered(_bounded(stream, raw.source, limit)), True


def _bounded(stream: BinaryIO, place: str, limit: Callable[[], int]) -> Unpacked:
    return Unpacked(stream, place, _REMEDY, limit=limit, excess=_trap(place))


def _is_hidden(name: str) -> bool:
    """Files that programs add: `__MACOSX/._a.txt`, `.DS_Store`."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in parts)


def _empty(raw: Raw) -> InputError:
    return InputError(raw.source, "is empty", "remove it, or pack it again")


def _refusal(raw: Raw, error: Exception) -> InputError:
    return InputError(
        raw.source, f"is no archive that can be read ({' '.join(str(error).split())[:80]})", _REMEDY
    )


def _trap(place: str) -> InputError:
    return InputError(
        place, f"grows more than {MAX_GROWTH} times when unpacked, which no text does", "leave it out"
    )


ZIP = Reader((".zip",), _read_zip)
TAR = Reader((".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"), _read_tar)
COMPRESSED = Reader((".gz", ".bz2", ".xz"), _read_compressed)
