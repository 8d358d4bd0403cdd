"""The options that the open statement scorers share: where the extractions come from."""

from __future__ import annotations

import argparse
from pathlib import Path

from .predictions import Reader, predictions_file, reader_named, run_factloom


def add_source(parser: argparse.ArgumentParser) -> None:
    """Adds --predictions and --reader; without either, `factloom statements --open` is run."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--predictions",
        type=Path,
        metavar="FILE.jsonl",
        help="statements that were written before, in the form of `factloom statements --open`",
    )
    either.add_argument(
        "--reader",
        metavar="MODULE:FUNCTION",
        help="takes sentences, gives for each a list of tests.bench.predictions.Extraction",
    )


def source(options: argparse.Namespace) -> Reader:
    """The reader that the options name."""
    if options.predictions is not None:
        return predictions_file(options.predictions)
    return reader_named(options.reader) if options.reader else run_factloom
