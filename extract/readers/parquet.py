"""Parquet by pyarrow: a document for each row; the column of the text is named or found."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from factloom.extract.readers.base import Draft, Raw, Reader, missing_extra
from factloom.extract.readers.tables import SAMPLE_ROWS, columns_of, draft_of_row
from factloom.ontology.errors import InputError, Problem

_BATCH = 100


def _read(raw: Raw) -> Iterator[Draft | Problem]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing_extra(raw.source, "pyarrow", "parquet") from error
    data = raw.read_binary()
    try:
        table = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(data))
        rows = enumerate(_rows(table), 1)
        sample = [row for row, _ in zip(rows, range(SAMPLE_ROWS), strict=False)]
        columns = columns_of(table.schema_arrow.names, [row for _, row in sample], raw)
        for number, row in chain(sample, rows):
            try:
                draft = draft_of_row(row, columns, number, raw)
            except InputError as error:
                yield error.problem
            else:
                if draft is not None:
                    yield draft
    except (pyarrow.ArrowException, OSError) as error:
        reason = f"is no Parquet file that can be read ({' '.join(str(error).split())[:100]})"
        raise InputError(raw.source, reason, "write it again, or save the table as CSV") from error


def _rows(table: object) -> Iterator[dict[str, object]]:
    for batch in table.iter_batches(batch_size=_BATCH, use_threads=False):  # type: ignore[attr-defined]
        yield from batch.to_pylist()


PARQUET = Reader((".parquet",), _read, guarded=True)
