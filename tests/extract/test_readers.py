"""Each format on its own: what every reader owes, and what is special to one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from reader_samples import CASES, HTML, STORY, TEXTUAL, TITLE, WITHOUT_DATE

from factloom.extract.readers import (
    READERS,
    Draft,
    Part,
    Raw,
    reader_of_name,
    reader_of_suffix,
    stem,
    suffixes,
)
from factloom.extract.readers.opening import inside
from factloom.extract.readers.sources import read_sources
from factloom.ontology.errors import InputError, Problem


def read(name: str, data: bytes | str, *, max_chars: int = 100_000) -> list[Draft | Problem]:
    stream = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    file = CASES[name][0]
    source = f"some/{file}" if name in ("compressed", "wikipedia") else f"some/name.{name}"
    raw = Raw("some/name", source, stream, max_chars)
    found: list[Draft | Problem] = []
    for result in READERS[name].read(raw):
        if isinstance(result, Part):
            found += inside(result, raw, 1)
        else:
            found.append(result)
    return found


def draft(name: str, data: bytes | str) -> Draft:
    (result,) = read(name, data)
    assert isinstance(result, Draft)
    return result


def words(found: Draft) -> list[str]:
    return [block for block in (" ".join(b.split()) for b in found.blocks) if block]


@pytest.mark.parametrize("name", READERS)
class TestEveryReader:
    @pytest.fixture
    def case(self, name: str) -> bytes:
        assert name in CASES, f"the reader {name!r} has no case"
        return CASES[name][1]

    def test_gives_the_story_in_blocks_and_no_more(self, name: str, case: bytes) -> None:
        assert [b for b in words(draft(name, case)) if b != TITLE] == list(STORY)

    def test_gives_title_and_date(self, name: str, case: bytes) -> None:
        found = draft(name, case)
        assert found.title == TITLE
        assert (found.date or found.made) == (None if name in WITHOUT_DATE else "2025-03-04")

    def test_reads_a_file_of_its_kind_the_same_way_each_time(
        self, name: str, case: bytes, tmp_path: Path
    ) -> None:
        (tmp_path / CASES[name][0]).write_bytes(case)
        problems: list[Problem] = []
        (document,) = read_sources([str(tmp_path)], on_problem=problems.append)
        assert [block for block in document.text.split("\n\n") if block != TITLE] == list(STORY)
        assert (document.title, document.language, problems) == (TITLE, "en", [])
        assert [document] == list(read_sources([str(tmp_path)], on_problem=problems.append))

    def test_reads_utf8_and_utf16_with_a_mark(self, name: str, case: bytes) -> None:
        if name not in TEXTUAL:
            return
        text = case.decode()
        assert draft(name, text.encode("utf-8-sig")) == draft(name, text)
        assert draft(name, text.encode("utf-16")) == draft(name, text)

    def test_claims_suffixes_that_no_other_claims(self, name: str, case: bytes) -> None:
        mine = READERS[name].suffixes
        assert mine
        assert all(s == s.lower() and reader_of_suffix(s.upper()) is READERS[name] for s in mine)
        assert reader_of_name(CASES[name][0]) is READERS[name]

    @pytest.mark.parametrize("data", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"])
    def test_refuses_what_is_empty(self, name: str, case: bytes, data: bytes) -> None:
        with pytest.raises(InputError, match="is empty"):
            read(name, data)

    @pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 4])
    def test_never_makes_a_document_of_binary_data(self, name: str, case: bytes, data: bytes) -> None:
        found = results_or_error(name, data)
        assert found
        assert all(isinstance(r, Problem) and r.remedy for r in found)

    @pytest.mark.parametrize("share", [0.3, 0.9])
    def test_a_file_cut_short_is_a_problem_or_less_of_the_story(
        self, name: str, case: bytes, share: float
    ) -> None:
        for result in results_or_error(name, case[: int(len(case) * share)]):
            if isinstance(result, Draft):
                assert " ".join(words(result)) in f"{TITLE} " + " ".join(STORY)
            else:
                assert result.remedy

    def test_refuses_what_is_too_long(self, name: str, case: bytes, tmp_path: Path) -> None:
        (tmp_path / CASES[name][0]).write_bytes(case)
        problems: list[Problem] = []
        assert not list(read_sources([str(tmp_path)], on_problem=problems.append, max_chars=4))
        assert problems
        # A book may be ten times as long, and is read in parts.
        assert all("at most 4 characters" in p.remedy or "at most 40 " in p.remedy for p in problems)


def results_or_error(name: str, data: bytes, *, max_chars: int = 100_000) -> list[Draft | Problem]:
    try:
        return read(name, data, max_chars=max_chars)
    except InputError as error:
        return [error.problem]


def test_suffixes_are_listed() -> None:
    assert {".docx", ".eml", ".htm", ".html", ".pdf", ".txt", ".zip"} <= set(suffixes())
    assert reader_of_suffix(".exe") is None
    assert reader_of_name("a.b.TAR.GZ") is READERS["tar"]
    assert reader_of_name("v1.2.txt") is READERS["text"]
    assert [stem(n) for n in ("x/a.tar.gz", "x.y/a", "x/a.b.txt")] == ["x/a", "x.y/a", "x/a.b"]


class TestEncodings:
    def test_latin_text_is_refused_with_a_command_that_mends_it(self) -> None:
        with pytest.raises(InputError) as caught:
            read("text", "Die Königin besuchte Zürich und kaufte ein Café.".encode("latin-1"))
        assert "not UTF-8 (it looks like WINDOWS-1252)" in caught.value.problem.reason
        remedy = caught.value.problem.remedy
        assert remedy.endswith("iconv -f WINDOWS-1252 -t UTF-8 some/name.text > some/name.utf8.text")

    def test_utf16_without_a_mark_is_told_from_binary_data(self) -> None:
        with pytest.raises(InputError, match="looks like UTF-16LE"):
            read("text", "A line without a mark.".encode("utf-16-le"))

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            (b"%PDF-1.7 ...", "a PDF document"),
            (b"{\\rtf1 x}", "an RTF document"),
            (b"PK\x03\x04\xff\x00", "a ZIP archive"),
            (b"\xff\xd8\xff\xe0", "a JPEG image"),
        ],
    )
    def test_formats_that_hide_behind_txt_are_named(self, data: bytes, what: str) -> None:
        with pytest.raises(InputError, match=f"is {what}"):
            read("text", data)

    def test_html_may_declare_its_encoding(self) -> None:
        page = HTML.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Ellis", "Éllis")
        assert draft("html", page.encode("latin-1")).blocks == draft("html", page).blocks

    def test_html_that_declares_nothing_is_refused(self) -> None:
        with pytest.raises(InputError, match="not UTF-8"):
            read("html", HTML.replace("Ellis", "Éllis").encode("latin-1"))


class TestText:
    @pytest.mark.parametrize(
        "text",
        [
            "Rain fell on Monday.\n\nIt stopped.",
            "Rain fell\nand it stopped on Monday.",
            "Rain fell, it seems:\n\nit stopped.",
            "Only a line",
            "word " * 40 + "\n\nMore text.",
        ],
    )
    def test_a_first_line_that_is_prose_is_no_title(self, text: str) -> None:
        assert draft("text", text).title is None

    def test_an_underlined_heading_is_a_title(self) -> None:
        found = draft("text", "A river dam\n===========\nIt was built in 1936.\n")
        assert (found.title, found.blocks) == ("A river dam", ("A river dam", "It was built in 1936."))


class TestMarkdown:
    def test_structure_parts_blocks_and_marks_disappear(self) -> None:
        source = """# On *rivers*
The [Orm](http://example.org/orm) flows through **Dale**
and `Westhaven`.

- It is long
- It is
  cold
  1. very

| town | people |
| --- | --- |
| Dale | 900 |

> A quotation.

```
code = 1
```

    indented = 2

![a picture](x.png)<br>
After the picture.\\
After the break[^1].

<div>markup</div>

[^1]: A note.
"""
        blocks = [b for b in draft("markdown", source).blocks if b]
        assert blocks == [
            *("On rivers", "The Orm flows through Dale and Westhaven."),
            *("It is long", "It is cold", "very", "town", "people", "Dale", "900", "A quotation."),
            *(" After the picture.", "After the break.", "A note."),
        ]

    def test_front_matter_comes_first(self) -> None:
        source = '---\nTitle: "Above: all"\ndate: 2024-05-06\nlang: fr\ntags: [a]\n---\n# Below\n\nText.\n'
        found = draft("markdown", source)
        assert (found.title, found.date, found.language) == ("Above: all", "2024-05-06", "fr")
        assert found.blocks == ("Below", "Text.")

    def test_a_rule_is_no_front_matter(self) -> None:
        assert draft("markdown", "---\n\nText.\n\nMore.\n").blocks == ("Text.", "More.")

    def test_toml_front_matter(self) -> None:
        assert draft("markdown", "+++\ntitle = 'T'\n+++\nText.\n").title == "T"


class TestHtml:
    def test_boilerplate_goes_and_blocks_stay_apart(self) -> None:
        page = HTML.replace(
            "</article>",
            "<h2>Costs</h2><ul><li>One lane</li><li>Two trams</li></ul>"
            "<table><tr><th>Year</th><td>2020</td></tr></table><p>First line<br>second line.</p></article>"
            '<div id="cookie-banner">We use cookies. <button>Accept all</button></div>',
        )
        blocks = [b for b in draft("html", page).blocks if b.strip()]
        assert blocks[-7:] == ["Costs", "One lane", "Two trams", "Year", "2020", "First line", "second line."]
        assert not {"Front page", "All rights reserved", "Accept all"} & set(blocks)

    def test_inline_markup_breaks_no_word(self) -> None:
        page = HTML.replace("Ada Lind", "<b>Ada</b> <a href='/l'>Lind</a>")
        assert STORY[1] in draft("html", page).blocks

    def test_a_page_of_a_few_words_is_read_the_same_way(self) -> None:
        page = """<html><body><nav><a href="/">Front page</a></nav><div id="cookie-banner">Cookies?</div>
            <h1>News</h1><p>Acme
            bought Beta.</p><ul><li>For cash</li></ul><footer>All rights reserved</footer></body></html>"""
        blocks = [" ".join(b.split()) for b in draft("html", page).blocks if b.strip()]
        assert blocks == ["News", "Acme bought Beta.", "For cash"]

    def test_code_in_a_sentence_is_kept_and_listings_are_not(self) -> None:
        page = HTML.replace("Ada Lind", "<code>Ada</code> Lind").replace(
            "</article>", "<pre>x = 1</pre></article>"
        )
        blocks = draft("html", page).blocks
        assert STORY[1] in blocks
        assert "x = 1" not in blocks

    def test_an_article_about_cookies_is_kept(self) -> None:
        page = HTML.replace("<article>", '<article class="fortune-cookie cookies">')
        assert STORY[1] in draft("html", page).blocks

    def test_markup_written_as_text_stays_text(self) -> None:
        page = HTML.replace("Ada Lind", "&lt;script&gt;alert(1)&lt;/script&gt;")
        assert any("<script>alert(1)</script>" in b for b in draft("html", page).blocks)

    @pytest.mark.parametrize("page", ["<html></html>", "<p>", "<!-- -->"])
    def test_a_page_without_an_article_is_refused(self, page: str) -> None:
        with pytest.raises(InputError, match="no article"):
            read("html", page)

    def test_deep_nesting_ends_in_a_result_or_a_refusal(self) -> None:
        assert results_or_error("html", b"<div>" * 6000 + b"<p>Text of the page.</p>") != []


class TestJsonLines:
    def lines(self, *lines: str) -> Iterator[Draft | Problem]:
        return iter(read("jsonl", "\n".join(lines)))

    def test_a_bad_line_is_named_and_the_rest_goes_on(self) -> None:
        bad = [
            "{",
            "[1]",
            '{"id": "x"}',
            '{"text": 3}',
            '{"text": "A.", "title": []}',
            "1" * 5000,
            "[" * 90_000,
        ]
        found = list(self.lines('{"id": "a", "text": "A."}', *bad, "", '{"id": "b", "text": "B."}'))
        problems = [r for r in found if isinstance(r, Problem)]
        assert [r.id for r in found if isinstance(r, Draft)] == ["a", "b"]
        assert [p.source for p in problems] == [f"some/name.jsonl:{n}" for n in range(2, 9)]
        assert all(p.remedy for p in problems)

    def test_one_line_in_another_encoding_is_one_problem(self) -> None:
        data = b'{"id": "a", "text": "A."}\n{"text": "Z\xfcrich ist sch\xf6n."}\n{"id": "b", "text": "B."}'
        first, problem, last = read("jsonl", data)
        assert isinstance(first, Draft)
        assert isinstance(last, Draft)
        assert isinstance(problem, Problem)
        assert problem.source == "some/name.jsonl:2"
        assert "UTF-8 some/name.jsonl > some/name.utf8.jsonl" in problem.remedy

    def test_fields(self) -> None:
        (found,) = self.lines(
            '{"id": 7, "text": "A.\\n\\nB.", "date": 2024, "source": "Wire", "language": "en", "title": null}'
        )
        assert found == Draft(("A.", "B."), title="7", date="2024", id="7", source="Wire", language="en")

    def test_without_an_id_the_content_names_the_record(self) -> None:
        one, two, again = (r for r in self.lines('{"text": "A."}', '{"text": "B."}', '{"text": "A."}'))
        assert isinstance(one, Draft)
        assert isinstance(two, Draft)
        assert isinstance(again, Draft)
        assert one.id is not None
        assert one.id.startswith("some/name-")
        assert one.id == again.id != two.id

    def test_a_line_far_too_long_is_skipped(self) -> None:
        found = read("jsonl", '{"text": "' + "a" * 100_000 + '"}\n{"id": "b", "text": "B."}', max_chars=100)
        assert isinstance(found[0], Problem)
        assert "a document may have 100 characters" in found[0].reason
        assert isinstance(found[1], Draft)
