"""Streams of bytes over other streams: with bytes read before, counted, or unpacked within limits."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from factloom.ontology.errors import InputError

# What the libraries for archives raise on damaged files.
DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Counted(io.RawIOBase):
    """`start`, then the bytes of `stream`; `count` says how many were given."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start, self._stream, self.count = start, stream, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As `io.RawIOBase.readinto`."""
        data = self._start[: len(buffer)] or self._stream.read(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class Unpacked(io.RawIOBase):
    """The bytes that a decompressor gives, with damage told as an `InputError` of `source`.

    Raises the error `excess` makes when more than `limit()` bytes come.
    """

    def __init__(
        self, stream: BinaryIO, source: str, remedy: str, *, limit: Callable[[], int], excess: InputError
    ) -> None:
        self._stream, self._source, self._remedy = stream, source, remedy
        self._limit, self._excess, self._count = limit, excess, 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """As `io.RawIOBase.readinto`."""
        try:
            data = self._stream.read(len(buffer))
        except DAMAGED as error:
            reason = f"is damaged ({' '.join(str(error).split())[:80]})"
            raise InputError(self._source, reason, self._remedy) from error
        self._count += len(data)
        if self._count > self._limit():
            raise self._excess
        buffer[: len(data)] = data
        return len(data)


def buffered(stream: io.RawIOBase) -> BinaryIO:
    """The stream with a buffer, for reading by lines."""
    return cast("BinaryIO", io.BufferedReader(stream, 1 << 16))
