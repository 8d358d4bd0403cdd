"""What is special to mail, tables, books, archives, saved pages and Wikipedia; languages set aside."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import reader_samples as samples
from malformed import GERMAN
from reader_samples import HTML, STORY, TEXT, TITLE

from factloom.extract.readers import READERS, Draft, Raw
from factloom.extract.readers.details import language_of
from factloom.extract.readers.sources import read_sources
from factloom.ontology.errors import InputError, Problem
from factloom.ontology.records import Document


def read_file(path: Path, data: bytes, **options: str) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(data)
    problems: list[Problem] = []
    return list(read_sources([str(path)], on_problem=problems.append, **options)), problems  # type: ignore[arg-type]


def draft(name: str, data: bytes) -> Draft:
    (found,) = READERS[name].read(Raw("some/name", "name", io.BytesIO(data), 100_000))
    assert isinstance(found, Draft)
    return found


def words_of_letter(text: str, html: str | None = None) -> list[str]:
    return [b for b in draft("mail", samples.letter(text, html=html).as_bytes()).blocks if b.strip()]


class TestMail:
    @pytest.mark.parametrize(
        "quoted",
        [
            "On Mon, 3 Mar 2025 at 09:12, Bo Marsh <bo@example.org> wrote:\n> Old words.\n> More.",
            "On Mon, 3 Mar 2025 at 09:12, Bo Marsh of the Harbour Rail press office\n"
            "<bo@example.org> wrote:\n\n> Old words.",
            "-----Original Message-----\nFrom: Bo Marsh\nSent: Monday\nTo: Ada Lind\n\nOld words.",
            "From: Bo Marsh <bo@example.org>\nSent: Monday\nTo: Ada Lind\nSubject: Old\n\nOld words.",
            "---------- Forwarded message ---------\nFrom: Bo Marsh\n\nOld words.",
            "-- \nAda Lind\nHarbour Rail",
            "Sent from my iPhone",
            "You received this message because you are subscribed to the group.\nTo unsubscribe, write.",
        ],
    )
    def test_only_what_the_sender_wrote_is_kept(self, quoted: str) -> None:
        assert words_of_letter(f"Acme acquired Beta.\n\nIt paid in cash.\n\n{quoted}\n") == [
            "Acme acquired Beta.",
            "It paid in cash.",
        ]

    def test_answers_between_quotations_are_kept(self) -> None:
        assert words_of_letter("> Who acquired Beta?\nAcme acquired it.\n\n> When?\nIn March.") == [
            "Acme acquired it.",
            "In March.",
        ]

    def test_the_word_wrote_in_a_sentence_is_no_quotation(self) -> None:
        text = "On Monday the minister wrote to the board."
        assert words_of_letter(text) == [text]

    def test_html_alone_is_read_and_its_quotations_are_not(self) -> None:
        message = samples.letter("x")
        message.set_content(
            "<p>Acme <b>acquired</b> Beta.</p><blockquote>Old words.</blockquote>"
            '<div class="gmail_quote">On Monday Bo wrote:<p>Older.</p></div>',
            subtype="html",
        )
        assert draft("mail", message.as_bytes()).blocks == ("Acme acquired Beta.",)

    def test_the_subject_is_the_title_without_the_mark_of_a_reply(self) -> None:
        assert draft("mail", samples.letter(subject=f"Re: {TITLE}").as_bytes()).title == TITLE

    def test_encoded_words_and_charsets(self) -> None:
        message = samples.letter("x", subject="Königin in Zürich")
        message.set_content("The café opened in Zürich.", charset="iso-8859-1")
        found = draft("mail", message.as_bytes())
        assert (found.title, found.blocks) == ("Königin in Zürich", ("The café opened in Zürich.",))

    def test_attachments_are_read_as_files(self, tmp_path: Path) -> None:
        message = samples.letter("See the report that Acme wrote.")
        message.add_attachment(samples.story_pdf(), maintype="application", subtype="pdf", filename="a.pdf")
        message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
        documents, problems = read_file(tmp_path / "m.eml", message.as_bytes())
        assert [d.id for d in documents] == ["m", "m/a"]
        assert documents[1].locators[0].name == "page 1"
        assert documents[1].source == f"{tmp_path}/m.eml/a.pdf"
        assert not problems

    def test_messages_of_a_mailbox_are_told_apart(self, tmp_path: Path) -> None:
        letters = [samples.letter(f"Acme acquired Beta in {year}.").as_bytes() for year in (2020, 2021)]
        documents, problems = read_file(tmp_path / "in.mbox", samples.mbox(letters[0], b"junk", letters[1]))
        assert [(d.id, d.source) for d in documents] == [
            (f"in-{n}", f"{tmp_path}/in.mbox, message {n}") for n in (1, 3)
        ]
        assert [p.source for p in problems] == [f"{tmp_path}/in.mbox, message 2"]


class TestTables:
    ROWS = (
        ["Nr", "Headline", "Story", "Published At", "URL"],
        ["1", "One", TEXT, "2025-03-04", "https://example.org/1"],
        ["2", "Two", "Acme, a firm, acquired Beta.", "", ""],
    )

    def table(self, separator: str = ",") -> bytes:
        return samples.csv_table([list(row) for row in self.ROWS], separator).encode()

    @pytest.mark.parametrize(("name", "separator"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
    def test_columns_are_found_by_their_names(self, tmp_path: Path, name: str, separator: str) -> None:
        documents, problems = read_file(tmp_path / name, self.table(separator))
        assert [(d.title, d.date, d.source) for d in documents] == [
            ("One", "2025-03-04", "https://example.org/1"),
            ("Two", None, f"{tmp_path}/{name}:3"),
        ]
        assert documents[0].text == "\n\n".join(STORY)
        assert not problems

    def test_the_column_can_be_named(self, tmp_path: Path) -> None:
        documents, _ = read_file(tmp_path / "a.csv", self.table(), text_column="Headline")
        assert [d.text for d in documents] == ["One", "Two"]
        _, problems = read_file(tmp_path / "a.csv", self.table(), text_column="Body")
        assert problems[0].reason == "has no column 'Body'"
        assert "'Story'" in problems[0].remedy

    def test_the_only_column_of_prose_is_the_text(self, tmp_path: Path) -> None:
        rows = [["a", "b"], ["x1", STORY[1]], ["x2", STORY[2]]]
        documents, _ = read_file(tmp_path / "a.csv", samples.csv_table(rows).encode())
        assert [d.text for d in documents] == list(STORY[1:])

    def test_a_cell_may_hold_line_breaks_and_ragged_rows_are_named(self, tmp_path: Path) -> None:
        data = 'id,text\na1,"Two\n\nblocks, here."\na2,too,many\na3,Last words.\n'
        documents, problems = read_file(tmp_path / "a.csv", data.encode())
        assert [(d.id, d.text) for d in documents] == [("a1", "Two\n\nblocks, here."), ("a3", "Last words.")]
        assert problems[0].source == f"{tmp_path}/a.csv:3"

    def test_numbers_as_ids_get_the_name_of_their_table(self, tmp_path: Path) -> None:
        documents, _ = read_file(tmp_path / "a.parquet", samples.parquet([{"id": 7, "text": TEXT}]))
        assert documents[0].id == "a-7"

    def test_without_pyarrow_the_message_names_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        with pytest.raises(InputError, match=r"pip install 'factloom\[parquet\]'"):
            list(READERS["parquet"].read(Raw("a", "a.parquet", io.BytesIO(b"PAR1"), 100)))


def test_a_books_chapters_are_its_places(tmp_path: Path) -> None:
    pages = {
        "cover.xhtml": "<p>A cover.</p>",
        "copyright.xhtml": "<p>All rights reserved.</p>",
        "c1.xhtml": f"<h1>The line</h1><p>{STORY[0]}</p>",
        "c2.xhtml": f"<p>{STORY[1]}<br/>And <i>more</i>.</p><ul><li>One</li></ul>",
    }
    ((book,), problems) = read_file(tmp_path / "b.epub", samples.epub(pages))
    assert book.text.split("\n\n") == ["The line", STORY[0], STORY[1], "And more.", "One"]
    assert [(place.name, book.text[place.start :][:8]) for place in book.locators] == [
        ("chapter 1: The line", "The line"),
        ("chapter 2", "The comp"),
    ]
    assert "reserved" not in book.text
    assert not problems


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "b/2025-03-04-two.txt": STORY[1],
        "a.md": "# One\n\nAcme acquired Beta.",
        "inner.zip": samples.zipped({"c.docx": samples.docx()}),
        "__MACOSX/._a.txt": b"\0\0",
        "logo.png": b"\x89PNG",
        "x.pptx": b"PK",
    }
    for name, data in (("z.zip", samples.zipped(files)), ("z.tar.gz", samples.tarred(files))):
        documents, problems = read_file(tmp_path / name, data)
        found = {d.id: d for d in documents}
        assert set(found) == {"z/a", "z/b/2025-03-04-two", "z/inner/c"}
        assert found["z/b/2025-03-04-two"].date == "2025-03-04"
        assert found["z/a"].title == "One"
        assert found["z/inner/c"].source == f"{tmp_path}/{name}/inner.zip/c.docx"
        assert [p.source for p in problems] == [f"{tmp_path}/{name}/x.pptx"]


def test_a_saved_page_has_its_address_and_comes_once(tmp_path: Path) -> None:
    data = samples.warc({"https://www.example.org/a/": HTML})
    documents, problems = read_file(tmp_path / "w.warc.gz", data + data)
    assert [(d.id, d.source) for d in documents] == [("w/example.org/a", "https://www.example.org/a/")]
    assert not problems


def test_a_packed_web_archive_gives_its_pages_alone(tmp_path: Path) -> None:
    documents, problems = read_file(tmp_path / "w.wacz", samples.wacz({"https://www.example.org/a/": HTML}))
    assert [(d.id, d.source) for d in documents] == [("w/example.org/a", "https://www.example.org/a/")]
    assert not problems
    documents, (problem,) = read_file(tmp_path / "w.wacz", samples.zipped({"a.txt": "Rail runs."}))
    assert not documents
    assert "no web archive in it" in problem.reason


def test_wikipedia_as_json_and_between_marks(tmp_path: Path) -> None:
    line = '{"id": "7", "url": "https://example.org/7", "title": "Rail", "text": "Rail\\nIt runs."}'
    begin = '<doc id="8" url="u" title="Tram &amp; bus">\n'
    marked = f"{begin}Tram &amp; bus\n\nTrams (, ) run &lt;fast&gt;.\n</doc>\n"
    documents, problems = read_file(tmp_path / "wiki_03", f"{line}\n{marked}".encode())
    assert [(d.id, d.title, d.text) for d in documents] == [
        ("Rail", "Rail", "It runs."),
        ("Tram & bus", "Tram & bus", "Trams run <fast>."),
    ]
    assert not problems


class TestLanguages:
    def test_another_language_is_set_aside_and_named(self, tmp_path: Path) -> None:
        documents, (problem,) = read_file(tmp_path / "a.txt", GERMAN.encode())
        assert not documents
        assert problem.reason == "is in another language (de), and English is read"

    def test_in_doubt_it_is_read(self) -> None:
        names = ", ".join(f"München {n}, Berlin, Köln und Hamburg" for n in range(3))
        assert language_of(names) == "und"
        assert language_of("The mayor of Zürich said that the line was open. " * 3) == "en"
        assert language_of("Quarterly revenue figures 2024: Acme 12, Beta 14, Gamma 19") in ("en", "und")

    def test_a_declared_language_counts_when_the_text_is_not_plainly_english(self) -> None:
        assert language_of(GERMAN, "de-CH") == "de-CH"
        assert language_of("The mayor said that the line was open to all. " * 3, "de") == "en"
