"""Runs a spaCy pipeline over texts: the `Doc`s that `Language.pipe` gives, in about half of the time.

Four of its parts are run in another way, each with the same models and the same arithmetic, so that nothing
comes out differently:

- A transition-based parser (spaCy has one for dependencies, one for names) lets the GIL go for its loop
  and takes it again for almost every question whether a move is allowed: most of its time (measured with
  spaCy 3.8). Here the loop keeps it.
- An attribute ruler tries all its patterns at each token. What a pattern for a single token says depends
  on a few attributes of it, and is remembered for them.
- The vectors of tokens without their neighbours depend on a few attributes: they are worked out once for
  all tokens of a batch that are alike.
- The rule lemmatizer looks for forms in lists of thousands; here they are sets.

A component of another kind, and one that is set up otherwise, runs as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Texts that go through the pipeline together, and docs whose parser takes its steps together: so many
# that a step of the loop costs little, and so few that what it looks at stays near.
_BATCH, _TOGETHER = 256, 64

Step = Callable[[list["Doc"]], Iterable["Doc"]]


class Pipe:
    """A pipeline made ready to be run in one process; it is changed and can't be trained any more."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        for _, component in nlp.pipeline:
            _share_vectors(component)
        self._steps = [_step(component) for _, component in nlp.pipeline]

    def docs(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The parsed `Doc` of each text, in order; some texts are drawn ahead."""
        rest = iter(texts)
        while batch := list(islice(rest, _BATCH)):
            yield from self.run([self._nlp.make_doc(text) for text in batch])

    def run(self, docs: list[Doc]) -> list[Doc]:
        """The docs of some words with what the pipeline says of them."""
        for step in self._steps:
            docs = list(step(docs))
        return docs


def _step(component: Any) -> Step:
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.pipeline.transition_parser import Parser

    if isinstance(component, Parser) and component.cfg["beam_width"] == 1:
        return lambda docs: _parsed(component, docs)
    if type(component) is AttributeRuler:
        return _Ruler(component).rule
    if isinstance(component, Lemmatizer):
        _quicken(component)
    if hasattr(component, "pipe"):
        return lambda docs: component.pipe(docs, batch_size=_TOGETHER)
    return lambda docs: map(component, docs)


# --- Parsers


def _parsed(parser: Any, docs: list[Doc]) -> list[Doc]:
    """The docs with what the parser says, those of like length together."""
    by_length = sorted(docs, key=len)
    for start in range(0, len(docs), _TOGETHER):
        some = by_length[start : start + _TOGETHER]
        parser.set_annotations(some, _final_states(parser, some))
    return docs


def _final_states(parser: Any, docs: Sequence[Doc]) -> Any:
    """What `Parser.greedy_parse` does: the best move of each state until all are final."""
    if not any(map(len, docs)):
        return parser.predict(docs)
    parser._ensure_labels_are_added(docs)
    states = parser.moves.init_batch(docs)
    model = parser.model.predict(docs)
    moving = [state for state in states if not state.is_final()]
    while moving:
        moving = parser.transition_states(moving, model.predict(moving))
    model.clear_memory()
    return states


# --- Vectors of tokens


def _share_vectors(component: Any) -> None:
    """Let the embedding layers (`spacy.MultiHashEmbed`) of a component look at each kind of token once."""
    from thinc.api import Model

    if not isinstance(getattr(component, "model", None), Model):
        return
    for node in list(component.model.walk()):
        names = [layer.name for layer in node.layers]
        ends = (*names[:2], *names[-1:])
        if ends == ("extract_features", "list2ragged", "ragged2list") and all(
            name.startswith("with_array(") for name in names[2:-1]
        ):
            shared: Any = Model("distinct_rows", _embedded, layers=[node])
            component.model.replace_node(node, shared)


def _embedded(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Any], None]:
    """The rows of each doc's tokens by the layers of an embedding, each kind of token once."""
    import numpy

    assert not is_train, "a pipeline that was made ready to be run can't be trained"
    extract, _, *arrays, _ = model.layers[0].layers
    features = extract.predict(docs)
    kinds, which = _distinct(numpy.concatenate(features))
    for layer in arrays:
        kinds = layer.predict(kinds)
    ends = numpy.cumsum([len(some) for some in features])
    return numpy.split(kinds[which], ends[:-1]), None


def _distinct(rows: Any) -> tuple[Any, Any]:
    """The different rows of a table, and which of them each row is."""
    import numpy

    order = numpy.lexsort(rows.T)
    ordered = rows[order]
    first = numpy.ones(len(rows), bool)
    first[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    which = numpy.empty(len(rows), int)
    which[order] = numpy.cumsum(first) - 1
    return ordered[first], which


# --- The attribute ruler

_LOWER = "LOWER"
# What a single token's pattern may ask for to be remembered.
_ASKED = ("TAG", "DEP", "IS_SPACE", _LOWER)


class _Ruler:
    """An attribute ruler that remembers which patterns a token meets.

    Words that no pattern names are all alike to them, so there are few kinds of tokens.
    """

    def __init__(self, ruler: Any) -> None:
        from spacy import attrs
        from spacy.matcher import Matcher

        self._ruler = ruler
        self._single, self._other = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._columns = [getattr(attrs, name) for name in _ASKED]
        named: set[str] = set()
        for number, entry in enumerate(ruler.patterns):
            for pattern in entry["patterns"]:
                words = _words_of_single(pattern)
                named.update(words or ())
                matcher = self._other if words is None else self._single
                matcher.add(str(number), [pattern])
        self._named = {ruler.vocab.strings.add(word) for word in named}
        self._met: dict[tuple[int, ...], tuple[tuple[int, int], ...]] = {}

    def rule(self, docs: list[Doc]) -> list[Doc]:
        for doc in docs:
            matches = [*self._single_matches(doc), *self._matches(self._other, doc)]
            self._ruler.set_annotations(doc, sorted(matches))
        return docs

    def _single_matches(self, doc: Doc) -> Iterator[tuple[int, int, int, int]]:
        named, met = self._named, self._met
        for i, (tag, dep, space, lower) in enumerate(doc.to_array(self._columns).tolist()):
            kind = (tag, dep, space, lower if lower in named else 0)
            found = met.get(kind)
            if found is None:
                matches = self._matches(self._single, doc[i : i + 1])
                found = met[kind] = tuple((number, match) for number, match, *_ in matches)
            for number, match in found:
                yield number, match, i, i + 1

    def _matches(self, matcher: Any, part: Any) -> list[tuple[int, int, int, int]]:
        """Number of the rule, id of the match, start and end (tokens of the part)."""
        names = self._ruler.vocab.strings
        found = matcher(part, allow_missing=True, as_spans=False)
        return [(int(names[match]), match, start, end) for match, start, end in found]


def _words_of_single(pattern: Sequence[dict[str, Any]]) -> set[str] | None:
    """The words that a pattern for one token names; None for a pattern of another kind."""
    if len(pattern) != 1 or not pattern[0].keys() <= set(_ASKED):
        return None
    asked = pattern[0].get(_LOWER, {"IN": []})
    if isinstance(asked, str):
        return {asked}
    return set(asked["IN"]) if asked.keys() == {"IN"} else None


# --- The lemmatizer


def _quicken(lemmatizer: Any) -> None:
    if "lemma_index" in lemmatizer.lookups:
        table = lemmatizer.lookups.get_table("lemma_index")
        for kind, forms in list(table.items()):
            table[kind] = frozenset(forms)
