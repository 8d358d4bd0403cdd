"""Runs a notebook from top to bottom in its folder; fails with the first cell that fails.

Takes paths of notebooks; what the cells print is not kept, so that nothing in the checkout changes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def run(path: Path) -> int:
    """Executes a notebook in a fresh kernel of this environment; gives the number of its code cells."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return sum(cell.cell_type == "code" for cell in notebook.cells)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.stdout.write(f"{name}: {run(Path(name))} cells\n")
