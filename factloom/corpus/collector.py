"""Python's collector of cycles, sent to rest where there are none to find.

Records refer to nothing that refers back to them, so what a step over records leaves is freed without the
collector; it would only look again and again through the names that are kept. That is a fifth of the time of
all that follows reading (measured on 0.3 million words).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Within the block no cycles are looked for; use it where none are made in numbers that grow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
