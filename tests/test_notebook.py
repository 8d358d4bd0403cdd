"""The notebook as it lies in the repository; continuous integration also runs it from top to bottom."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

PATH = Path(__file__).resolve().parents[1] / "notebooks" / "tour.ipynb"


@pytest.fixture(scope="module")
def notebook() -> nbformat.NotebookNode:
    return nbformat.read(PATH, as_version=4)


def test_it_was_run_from_top_to_bottom(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(output.output_type != "error" for cell in cells for output in cell.outputs)


def test_its_outputs_are_small_and_name_no_machine(notebook: nbformat.NotebookNode) -> None:
    outputs = [json.dumps(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]
    assert any(outputs) and max(map(len, outputs)) < 10_000
    assert not [text for text in outputs if re.search(r"/(tmp|home|root|work|Users)/", text)]


def test_its_cells_are_python(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            compile(cell.source, cell.id, "exec")
