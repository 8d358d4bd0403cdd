"""From sources to documents: what is found, in which order, under which ids, and what is refused."""

from __future__ import annotations

import io
import json
import os
import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factloom.extract.readers import READERS, Draft, Raw
from factloom.extract.readers.details import date_in_name, iso_date, language_of
from factloom.extract.readers.parts import in_parts
from factloom.extract.readers.sources import read_sources
from factloom.ontology.errors import Problem, UsageError
from factloom.ontology.records import Document

GOOD = "Harbour Rail opened a line to Port Ellis on Monday, and the mayor praised it.\n"


def read(*sources: Path | str, max_chars: int = 2_000_000) -> tuple[list[Document], list[Problem]]:
    problems: list[Problem] = []
    names = [str(s) for s in sources]
    return list(read_sources(names, on_problem=problems.append, max_chars=max_chars)), problems


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_pages_begin_at_the_character_of_the_cleaned_text_that_the_reader_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = ("  First  words. ", " ", "Second \u00ad words run\non to  page two.")
    draft = Draft(blocks, locators=((0, 2, "page 1"), (2, blocks[2].index("page"), "page 2")))
    monkeypatch.setitem(READERS, "text", replace(READERS["text"], read=lambda raw: iter([draft])))
    ((document,), _) = read(write(tmp_path, {"a.txt": "x"}))
    assert document.text == "First words.\n\nSecond words run on to page two."
    assert [document.text[place.start :][:5] for place in document.locators] == ["First", "page "]
    assert [document.locator(n) for n in (0, 36, len(document.text))] == ["page 1", "page 1", "page 2"]
    assert Document("d", "Text.", "t", "s").locator(3) is None


def test_of_a_folder_with_bad_files_the_good_one_is_read_and_the_others_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "empty.txt": "",
            "latin.txt": "Die Königin kaufte Zürich.".encode("latin-1"),
            "picture.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
            "line.txt": "data " * 1_000_000,
            "good.txt": GOOD,
        },
    )
    documents, problems = read(tmp_path)
    assert [d.id for d in documents] == ["good"]
    assert {Path(p.source).name for p in problems} == {"empty.txt", "latin.txt", "picture.txt", "line.txt"}
    assert all(p.reason and p.remedy and "\n" not in str(p) for p in problems)


class TestFinding:
    def test_folders_are_read_to_the_bottom_in_the_order_of_names(self, tmp_path: Path) -> None:
        write(
            tmp_path, {"b.txt": GOOD, "a/z.md": GOOD, "a/b/c.txt": GOOD, ".git/x.txt": GOOD, ".x.txt": GOOD}
        )
        assert [d.id for d in read(tmp_path)[0]] == ["a/b/c", "a/z", "b"]

    def test_the_order_of_the_sources_changes_nothing(self, tmp_path: Path) -> None:
        write(tmp_path, {f"{i}/n{i % 3}.{'txt' if i % 2 else 'md'}": GOOD + str(i % 5) for i in range(8)})
        sources = [str(p) for p in sorted(tmp_path.iterdir())]
        first = read(*sources)
        assert len(first[0]) + len(first[1]) == 8
        for seed in range(5):
            shuffled = random.Random(seed).sample(sources, len(sources))
            assert read(*shuffled) == first

    def test_a_file_reached_twice_is_read_once(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": GOOD})
        (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
        assert len(read(tmp_path, tmp_path / "a.txt", f"{tmp_path}/*.txt")[0]) == 1

    def test_a_glob_names_documents_below_its_fixed_part(self, tmp_path: Path) -> None:
        write(tmp_path, {"x/a.txt": GOOD, "y/a.txt": GOOD, "y/b.md": GOOD, "y/deep/a.txt": GOOD})
        assert [d.id for d in read(f"{tmp_path}/*/a.txt")[0]] == ["x/a", "y/a"]
        assert [d.id for d in read(f"{tmp_path}/**/a.txt")[0]] == ["x/a", "y/a", "y/deep/a"]

    def test_standard_input_is_plain_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
        (document,), problems = read("-", "-")
        assert (document.id, document.source, document.text, problems) == ("stdin", "-", GOOD.strip(), [])

    def test_a_missing_source_is_named_and_the_rest_is_read(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": GOOD})
        documents, problems = read(tmp_path, tmp_path / "nowhere", f"{tmp_path}/*.nothing")
        assert len(documents) == 1
        assert [p.reason for p in problems] == ["does not exist"] * 2

    @pytest.mark.parametrize("sources", [[], ["no/such/file.txt"], ["no/*.txt", "neither"]])
    def test_nothing_to_read_at_all_is_wrong_use_at_once(self, sources: list[str]) -> None:
        with pytest.raises(UsageError, match="no such source"):
            read_sources(sources, on_problem=print)

    def test_unknown_kinds_are_named_unless_plainly_no_documents(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": GOOD, "b.pptx": b"PK", "logo.png": b"\x89PNG", "style.css": "x"})
        _, problems = read(tmp_path)
        assert [(Path(p.source).name, ".md" in p.remedy) for p in problems] == [("b.pptx", True)]
        _, problems = read(tmp_path / "a.txt", tmp_path / "logo.png")
        assert [Path(p.source).name for p in problems] == ["logo.png"]

    def test_a_folder_without_documents_is_named(self, tmp_path: Path) -> None:
        _, problems = read(tmp_path)
        assert [p.reason for p in problems] == ["holds no documents"]

    def test_a_link_to_nowhere_is_named(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": GOOD})
        (tmp_path / "gone.txt").symlink_to(tmp_path / "never.txt")
        documents, problems = read(tmp_path)
        assert len(documents) == len(problems) == 1

    def test_a_file_that_goes_away_is_named(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": GOOD, "b.txt": GOOD})
        problems: list[Problem] = []
        documents = read_sources([str(tmp_path)], on_problem=problems.append)
        (tmp_path / "a.txt").unlink()
        assert [d.id for d in documents] == ["b"]
        assert "can't be opened" in problems[0].reason

    def test_names_that_are_no_text_are_shown_somehow(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
        try:
            Path(os.fsdecode(path)).write_text(GOOD)
        except OSError:
            pytest.skip("this file system takes Unicode names only")
        (document,), _ = read(tmp_path)
        assert document.id.encode() == "caf\ufffd".encode()


class TestIds:
    def test_files_that_share_a_name_keep_their_suffix(self, tmp_path: Path) -> None:
        write(tmp_path, {"d/a.txt": GOOD, "d/a.md": GOOD, "d/b.txt": GOOD})
        assert [d.id for d in read(tmp_path)[0]] == ["d/a.md", "d/a.txt", "d/b"]

    def test_files_that_share_name_and_suffix_show_their_content(self, tmp_path: Path) -> None:
        write(tmp_path, {"x/a.txt": GOOD, "y/a.txt": GOOD + "More.", "z/a.txt": GOOD})
        documents, problems = read(tmp_path / "x", tmp_path / "y", tmp_path / "z")
        assert len({d.id for d in documents}) == 2
        assert all(d.id.startswith("a.txt-") for d in documents)
        assert [p.reason for p in problems] == [f"has the same content as {tmp_path}/x/a.txt"]

    def test_records_keep_their_ids_and_a_clash_shows_the_content(self, tmp_path: Path) -> None:
        records = [("r", "One."), ("r", "Two."), ("r", "One."), ("a", "Three."), ("r", "Two.")]
        lines = "\n".join(json.dumps({"id": i, "text": t}) for i, t in records)
        write(tmp_path, {"a.txt": GOOD, "w.jsonl": lines})
        documents, problems = read(tmp_path)
        ids = [d.id for d in documents]
        assert ids[:2] == ["a", "r"]
        assert ids[2].startswith("r-")
        assert ids[3].startswith("a-")
        assert len(set(ids)) == len(ids) == 4
        assert [p.reason for p in problems] == ["has the record 'r' twice"] * 2


class TestDetails:
    def test_titles_and_dates(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {
                "2025-03-04-visit.txt": GOOD,
                "headed.txt": "A line opens\n\n" + GOOD,
                "dated.md": "---\ndate: 2024-05-06T10:00:00Z\n---\n" + GOOD,
                "undated.md": "---\ndate: May 6\n---\n" + GOOD,
            },
        )
        documents, problems = read(tmp_path)
        assert {d.id: (d.title, d.date) for d in documents} == {
            "2025-03-04-visit": ("2025-03-04-visit", "2025-03-04"),
            "headed": ("A line opens", None),
            "dated": ("dated", "2024-05-06"),
            "undated": ("undated", None),
        }
        assert [p.remedy for p in problems] == ["write it as YYYY-MM-DD"]

    @pytest.mark.parametrize(
        ("text", "date"),
        [
            ("2025-03-04", "2025-03-04"),
            (" 2025-03 ", "2025-03"),
            ("1984", "1984"),
            ("2025-03-04 10:00", "2025-03-04"),
            ("2025-02-30", None),
            ("0000", None),
            ("4 March 2025", None),
            ("2025-3-4", None),
        ],
    )
    def test_iso_dates(self, text: str, date: str | None) -> None:
        assert iso_date(text) == date

    def test_a_date_in_a_name_is_a_real_one(self) -> None:
        assert date_in_name("x/1-2025-13-01-2025-02-28.b") == "2025-02-28"
        assert date_in_name("12025-01-01") is None

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            (GOOD, "en"),
            ("DeepSeek V3.2", "en"),
            ("Königin Österreichs", "und"),
            ("这家公司在北京成立。", "und"),
            ("1914 1918", "und"),
            (
                "Die Königin besuchte am Montag die Stadt und sprach mit dem Präsidenten über den Handel.",
                "und",
            ),
            ("La société a été fondée en 1990 à Paris par deux frères, qui la dirigent encore.", "und"),
            (
                "De koning bezocht maandag de stad en sprak in de ochtend met de burgemeester over handel.",
                "und",
            ),
        ],
    )
    def test_language(self, text: str, language: str) -> None:
        assert language_of(text) == language


class TestLimits:
    def test_a_long_line_of_sentences_is_read(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": GOOD.strip().replace(",", "") * 1 + (" " + GOOD.strip()) * 4000})
        assert len(read(tmp_path)[0][0].text) > 200_000

    def test_a_long_line_of_data_is_refused(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": "0.731;" * 40_000})
        (problem,) = read(tmp_path)[1]
        assert "without the ends of sentences" in problem.reason

    @pytest.mark.parametrize("suffix", ["txt", "md", "html"])
    def test_the_limit_on_characters_can_be_set(self, tmp_path: Path, suffix: str) -> None:
        body = "<p>" + GOOD * 6 + "</p>" if suffix == "html" else GOOD * 6
        write(tmp_path, {f"a.{suffix}": body})
        assert read(tmp_path, max_chars=600)[1] == []
        assert "may have 300 characters" in read(tmp_path, max_chars=300)[1][0].reason


class TestBooks:
    def test_a_text_that_is_too_long_for_a_document_is_read_in_parts(self, tmp_path: Path) -> None:
        blocks = [f"Paragraph {n} tells of the harbour." for n in range(20)]
        write(tmp_path, {"books/dam.txt": "\n\n".join(blocks)})
        documents, problems = read(tmp_path, max_chars=200)
        assert not problems
        assert [d.id for d in documents] == [f"books/dam/part-{n}" for n in range(1, 5)]
        assert [d.title for d in documents] == [f"dam, part {n}" for n in range(1, 5)]
        assert "\n\n".join(d.text for d in documents) == "\n\n".join(blocks)
        assert all(100 < len(d.text) <= 200 for d in documents)
        assert read(tmp_path, max_chars=2_000)[0][0].id == "books/dam"

    def test_a_part_ends_with_its_chapter_and_knows_where_it_stands(self) -> None:
        blocks = ("a" * 40, "b" * 40, "c" * 40, "d" * 40, "e" * 40, "f" * 40)
        chapters = ((0, 0, "one"), (2, 0, "two"), (3, 7, "page 9"))
        draft = Draft(blocks, title="The dam", id="own", locators=chapters)
        first, second, third = in_parts(draft, "name", 130)
        assert [part.blocks for part in (first, second, third)] == [blocks[:2], blocks[2:5], blocks[5:]]
        assert (second.id, second.title) == ("own/part-2", "The dam, part 2")
        assert first.locators == ((0, 0, "one"),)
        assert second.locators == ((0, 0, "two"), (1, 7, "page 9"))
        assert third.locators == ((0, 0, "page 9"),)
        assert list(in_parts(draft, "name", 300)) == [draft]

    def test_a_book_has_its_limit_too(self, tmp_path: Path) -> None:
        write(tmp_path, {"a.txt": f"{GOOD}\n\n" * 60})
        documents, (problem,) = read(tmp_path, max_chars=300)
        assert not documents
        assert "may have 3,000 characters" in problem.reason


def _is_clean(text: str) -> bool:
    return all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") for c in text)


def _assert_well_formed(document: Document) -> None:
    blocks = document.text.split("\n\n")
    assert all(b and b == " ".join(b.split()) for b in blocks)
    assert all(map(_is_clean, (document.text, document.id, document.title, document.source)))
    assert unicodedata.is_normalized("NFC", document.text)
    assert document.id
    assert document.title


FRAGMENTS = st.one_of(
    st.sampled_from(["# ", "- ", "1. ", "\n", "\n\n", "| a | b |\n|---|---|\n", "```\n", "---\n", "[x](y)"]),
    st.sampled_from(["<p>", "</p>", "<b>", "<!--", "&#0;&amp;", "{", "\\u0000", "word ", "The end. "]),
    st.sampled_from(
        ["\r", "\f", "\x85", "\u2028", "\u00ad", "\u200b", "\ufeff", "\x01", "e\u0301", "\ud800"]
    ),
    st.sampled_from(['{"text": "A."}\n', '{"id": "\\ud800", "text": "\\u0007b"}\n']),
)
BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.lists(FRAGMENTS, max_size=25).map(lambda parts: "".join(parts).encode("utf-8", "surrogatepass")),
    st.lists(FRAGMENTS, max_size=25).map(lambda parts: "".join(parts).encode("utf-16", "surrogatepass")),
)


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bytes], Path]:
    folder = tmp_path_factory.mktemp("random")

    def make(suffix: str, data: bytes) -> Path:
        path = folder / f"file{suffix}"
        path.write_bytes(data)
        return path

    return make


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=120, deadline=None)
@given(data=BYTES)
def test_whatever_the_bytes_documents_are_well_formed_or_problems_named(
    name: str, data: bytes, one_file: Callable[[str, bytes], Path]
) -> None:
    documents, problems = read(one_file(READERS[name].suffixes[0], data))
    assert documents or problems
    for document in documents:
        _assert_well_formed(document)
    for problem in problems:
        assert _is_clean(str(problem).replace("\n", "\0"))


@given(st.text("ab ÖZ,;-\t\n\r\f\u2028", max_size=300))
def test_plain_text_keeps_every_letter_in_order(text: str) -> None:
    letters = [c for c in text if c.isalpha()]
    if letters:
        (draft,) = READERS["text"].read(Raw("n", "n", io.BytesIO(text.encode()), 1000))
        assert isinstance(draft, Draft)
        assert [c for block in draft.blocks for c in block if c.isalpha()] == letters
