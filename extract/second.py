"""A second look at every sentence: how another parser, trained apart, attaches the same words.

Where two parsers that learnt the same annotation from other starting points attach words alike, they are far
likelier right than where they differ (Sagae & Lavie 2006, "Parser combination by reparsing"). The weights
lie in `data/second_parser.zip`; `data/make_second.py` makes it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from factloom.extract.piping import Pipe

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

FILE = "second_parser.zip"


class SecondParser:
    """Attaches the words of parsed `Doc`s once more, within the sentences they have."""

    def __init__(self, vocab: Vocab) -> None:
        self._pipe = Pipe(_loaded(vocab))

    def look(self, docs: Sequence[Doc]) -> list[Doc]:
        """Each doc's words in its sentences, attached by this parser."""
        return self._pipe.run([_bare(doc) for doc in docs])


def _bare(doc: Doc) -> Doc:
    from spacy.tokens import Doc

    words, spaces, starts = doc.to_array(["ORTH", "SPACY", "SENT_START"]).T
    begins: list[Any] = (starts == 1).tolist()
    return Doc(doc.vocab, words=words.tolist(), spaces=(spaces == 1).tolist(), sent_starts=begins)


def _loaded(vocab: Vocab) -> Language:
    from spacy.util import load_model_from_config

    with (files("factloom.extract") / "data" / FILE).open("rb") as file, ZipFile(file) as held:
        nlp = load_model_from_config(json.loads(held.read("config.json")), vocab=vocab, auto_fill=True)
        for name in nlp.pipe_names:
            component: Any = nlp.get_pipe(name)
            component.from_bytes(held.read(name), exclude=["vocab"])
            set_precision(component.model, "float32")
    return nlp


def set_precision(model: Any, kind: str) -> None:
    """Keep the weights of a thinc model in numbers of this kind: float16 in the file, float32 at work."""
    for node in model.walk():
        for param in filter(node.has_param, node.param_names):
            node.set_param(param, node.get_param(param).astype(kind))
