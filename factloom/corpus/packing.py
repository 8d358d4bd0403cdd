"""Records as bytes, for files and for other processes; a file can bring nothing to life but records.

The format is Python's pickle, which keeps shared parts shared and knows every field of a record. Loading
looks up classes in a short list alone, as "Restricting Globals" in the manual of `pickle` has it, so that
a file from elsewhere can call no other code. A change of a record's fields changes the key under which
packed records are kept, see `factloom.corpus.versions`.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from factloom.corrections import apply
from factloom.extract.namesakes import Profile
from factloom.extract.readers.base import Draft
from factloom.ledger import Silent
from factloom.ontology import records
from factloom.ontology.errors import FactloomError, Problem

_CLASSES: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Draft,
        Profile,
        Problem,
        Silent,
        *(kind for room in (records, apply) for kind in vars(room).values() if isinstance(kind, type)),
    )
    if kind.__module__.startswith("factloom.")
}


def _as_call(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    """How a record is pickled: as a call of its class with its fields. What dataclasses with slots do by
    themselves goes through the list of fields in Python each time and takes three times as long."""
    names = [f.name for f in fields(kind)]
    values = attrgetter(*names)
    if len(names) == 1:
        return lambda record: (kind, (values(record),))
    return lambda record: (kind, values(record))


for _kind in _CLASSES.values():
    if is_dataclass(_kind) and fields(_kind):
        copyreg.pickle(_kind, _as_call(_kind))


class DamagedError(FactloomError):
    """Bytes that are no packed records."""


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _CLASSES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no record") from None


def pack(value: Any) -> bytes:
    """Records, and tuples, lists and dictionaries of them, as bytes."""
    return pickle.dumps(value, protocol=5)


def unpack(data: bytes) -> Any:
    """What was packed. Raises `DamagedError` for anything else."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except (
        pickle.UnpicklingError,
        EOFError,
        AttributeError,
        TypeError,
        ValueError,
        IndexError,
        KeyError,
    ) as e:
        raise DamagedError(f"packed records are damaged: {e}") from e
