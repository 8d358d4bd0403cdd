"""The page in Chromium: what a reader does with it, with the console and the network watched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page_samples
import pytest
from browsing import Open, by, launched, title, watched
from test_page import HOSTILE, hostile

from factloom.graph.page import write_page
from factloom.ontology.records import Document, Span, Statement

pytestmark = pytest.mark.browser

ALL = "#status=stated.reported.planned.possible.conditional.denied"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    with launched(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    worlds: dict[str, Any] = {
        "news": page_samples.news(),
        "many": page_samples.grown(1400),
        "hostile": hostile(HOSTILE),
        "long": hostile("‮😀 " + "x" * 10_000),
        "empty": ([], []),
        "foreign": foreign(),
    }
    for name, (documents, statements) in worlds.items():
        labels = page_samples.CLASS_LABELS
        silences = {d.id: last_sentence(d) for d in documents[:1]} if name == "news" else None
        write_page(
            folder / f"{name}.html",
            documents,
            statements,
            title=name,
            class_labels=labels,
            silences=silences,
        )
    return {name: folder / f"{name}.html" for name in worlds}


def last_sentence(document: Document) -> list[tuple[int, int, str]]:
    """The sentence after the last line break, as one from which nothing was read."""
    return [(document.text.rindex("\n") + 1, len(document.text), "nobody is <b>named</b>")]


def foreign() -> tuple[list[Document], list[Statement]]:
    """A graph that somebody else made: facts, and no sentences behind them."""
    _, statements = page_samples.news()
    nothing = Span(0, 0)
    bare = [
        replace(e, document_id="others.ttl", sentence_text="", sentence=nothing, span=nothing)
        for s in statements
        for e in s.evidence[:1]
    ]
    return [], [replace(s, evidence=(e,)) for s, e in zip(statements, bare, strict=True)]


@pytest.fixture
def opened(browser: Any, files: dict[str, Path]) -> Iterator[Open]:
    """Opens a page by name, watched."""
    with watched(browser) as open_file:
        yield lambda name="news", *state, **options: open_file(files[name], *state, **options)


def test_it_opens_and_counts(opened: Open) -> None:
    page = opened()
    assert re.fullmatch(r"\d+ entities · 51 facts · 5 documents", by(page, "counts").inner_text())
    assert page.evaluate("performance.getEntriesByName('first-draw').length") == 1
    assert page.evaluate("factloom.frames") >= 1
    assert "9 facts are hidden" in by(page, "hint").inner_text()


# Keeps the picture that is there when the page says that it has drawn.
FIRST = """
const mark = performance.mark;
performance.mark = name => {
  window.before = document.getElementById('first').toDataURL();
  window.networkThere = 'vis' in window;
  return mark.call(performance, name);
};
"""


@pytest.mark.parametrize("name", ["news", "many"])
def test_the_first_frame_is_what_stays(browser: Any, files: dict[str, Path], name: str) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.add_init_script(FIRST)
    page.goto(files[name].as_uri())
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(400)
    assert page.locator("#first").count() == 0
    assert page.evaluate("window.networkThere") is False
    differing = page.evaluate(DIFFERING)
    page.close()
    # Edges of letters and lines may fall a fraction of a pixel beside.
    assert differing["ink"] > 5000
    assert differing["share"] < 0.02


DIFFERING = """async () => {
  const image = new Image(), stage = document.querySelector('#stage canvas');
  image.src = window.before;
  await image.decode();
  const copy = document.createElement('canvas');
  Object.assign(copy, { width: stage.width, height: stage.height });
  const ctx = copy.getContext('2d'), { width, height } = stage, of = source => {
    ctx.clearRect(0, 0, width, height);
    ctx.drawImage(source, 0, 0);
    return ctx.getImageData(0, 0, width, height).data;
  };
  const before = of(image), after = of(stage);
  let ink = 0, other = 0;
  for (let i = 3; i < before.length; i += 4) {
    ink += after[i] > 60;
    other += Math.abs(before[i] - after[i]) > 60;
  }
  return { ink, share: other / ink };
}"""


def test_search_by_keyboard_opens_an_entity(opened: Open) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("nor")
    names = by(page, "search-result").all_inner_texts()
    assert names[0].startswith(("Nor", "Norland"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert title(page) == names[1].split("\n")[0]


def test_search_finds_other_names_and_sentences(opened: Open) -> None:
    page = opened()
    by(page, "search").fill("nca")
    assert "Competition Authority" in by(page, "search-result").first.inner_text()
    by(page, "search").fill("eleven days")
    by(page, "search-result").first.click()
    assert title(page).startswith("The autumn strike closed")
    by(page, "search").fill("no such thing")
    assert "Nothing found" in page.locator("#found").inner_text()


def test_what_is_not_stated_is_hidden_until_asked_for(opened: Open) -> None:
    page = opened("news", "#node=Fjordline")
    assert "violates" not in by(page, "panel").inner_text()
    page.locator(".switch").click()
    assert "60 facts" in by(page, "counts").inner_text()
    assert "hidden" not in by(page, "hint").inner_text()
    assert "violates" in by(page, "panel").inner_text()
    assert "Contested" in by(page, "panel").inner_text()
    by(page, "statuses-5").uncheck()
    assert "Contested" not in by(page, "panel").inner_text()


def test_a_line_shows_its_sentences_with_the_words_marked(opened: Open) -> None:
    page = opened("news", ALL + "&line=Fjordline~Port-Safety-Act")
    assert by(page, "evidence").count() == 2
    first = by(page, "evidence").first
    assert first.locator("blockquote").inner_text() == (
        "Mara Lindqvist, who leads the Port Workers Union, said that Fjordline broke the Port Safety Act."
    )
    assert first.locator("mark.subject").inner_text() == "Fjordline"
    assert first.locator("mark.object").inner_text() == "Port Safety Act"
    words = first.locator(".source").inner_text()
    for part in ("Union says robots are behind", "2026-03-14", "Mara Lindqvist", "Reported", "%"):
        assert part in words
    first.locator("summary").click()
    assert "verb with subject and object" in first.inner_text()
    assert "stands for Fjordline" in first.inner_text()


def test_a_click_on_a_line_opens_it(opened: Open) -> None:
    page = opened()
    at = page.evaluate(
        """() => { const ids = ['Otter', 'Halden Robotics'].map(label => factloom.find(label));
           const [a, b] = ids.map(id => factloom.network.canvasToDOM(factloom.network.getPosition(id)));
           return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } }"""
    )
    by(page, "graph").click(position=at)
    assert title(page) in ("Halden Robotics → Otter", "Otter → Halden Robotics")


def test_a_click_on_a_node_groups_its_facts_by_relation(opened: Open) -> None:
    page = opened()
    at = page.evaluate(
        "factloom.network.canvasToDOM(factloom.network.getPosition(factloom.find('Sable Motors')))"
    )
    by(page, "graph").click(position=at)
    assert title(page) == "Sable Motors"
    heads = page.locator("[data-testid=group] h3").all_inner_texts()
    assert any(h.startswith("develops →") for h in heads)
    assert any(h.startswith("← founded") for h in heads)


def test_values_stand_in_the_panel(opened: Open) -> None:
    page = opened("news", "#node=Norrvik-Bank")
    assert "2.1 million customers" in by(page, "panel").inner_text()
    assert page.locator(".value").first.get_attribute("title") == "2,100,000 customers"


@pytest.mark.parametrize(
    ("control", "gone"),
    [("offClasses-0", "Meridian Foods"), ("offRelations-2", "sparse attention"), ("offDocuments-0", "lidar")],
)
def test_filters_leave_out(opened: Open, control: str, gone: str) -> None:
    page = opened("news", "#view=table")
    assert gone in by(page, "table").inner_text()
    by(page, control).uncheck()
    assert gone not in by(page, "table").inner_text()
    by(page, "undo").click()
    assert gone in by(page, "table").inner_text()


def test_the_confidence_slider_leaves_out(opened: Open) -> None:
    page = opened()
    by(page, "confidence").fill("90")
    assert "51 facts" not in by(page, "counts").inner_text()
    by(page, "clear-filters").click()
    assert "60 facts" in by(page, "counts").inner_text()


def test_the_state_is_in_the_address(opened: Open) -> None:
    page = opened()
    page.locator(".switch").click()
    by(page, "view-table").click()
    by(page, "table-row").first.get_by_title("Show the evidence").click()
    address, shown = page.evaluate("location.hash"), title(page)
    again = opened("news", address)
    assert title(again) == shown
    assert "60 facts" in by(again, "counts").inner_text()
    page.evaluate("location.hash = 'node=Otter'")
    page.get_by_role("heading", name="Otter", exact=True).wait_for()


def test_an_address_that_names_nothing_does_no_harm(opened: Open) -> None:
    page = opened("news", "#node=Nobody&fact=a~b~c&document=none&status=x&classes=999&view=zzz")
    assert by(page, "panel").is_hidden()


def test_the_keyboard_walks_the_graph(opened: Open) -> None:
    page = opened()
    by(page, "graph").focus()
    page.keyboard.press("ArrowRight")
    first = title(page)
    walked = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        walked.add(title(page))
    assert walked - {first}
    page.keyboard.press("Escape")
    assert by(page, "panel").is_hidden()
    page.keyboard.press("Backspace")
    assert by(page, "panel").is_visible()
    page.keyboard.press("?")
    assert by(page, "help-dialog").is_visible()
    page.keyboard.press("Escape")
    assert by(page, "help-dialog").is_hidden()


def test_the_table_sorts(opened: Open) -> None:
    page = opened("news", "#view=table")
    by(page, "sort-confidence").click()
    by(page, "sort-confidence").click()
    shown = page.locator("td.figure").all_inner_texts()
    numbers = [int(text.split()[0]) for text in shown]
    assert numbers == sorted(numbers, reverse=True)
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Confidence")


def test_texts_lead_to_facts_and_back(opened: Open) -> None:
    page = opened("news", ALL + "&view=texts&document=port-strike")
    page.get_by_text("Fjordline did not break the Port Safety Act").click()
    assert "Denied" in by(page, "panel").inner_text()
    assert page.locator("a.read.chosen").count() == 1
    by(page, "view-graph").click()
    page.locator(".evidence .source .link").first.click()
    assert page.locator("a.read.chosen").is_visible()


def test_a_sentence_without_a_fact_says_why(opened: Open) -> None:
    page = opened("news", "#view=texts")
    assert re.search(r"Stated \d+", by(page, "legend").inner_text())
    assert "Nothing read 1" in by(page, "legend").inner_text()
    by(page, "silent-sentence").click()
    assert title(page).startswith("Nothing further was known")
    assert by(page, "reason").inner_text() == "Nobody is <b>named</b>."
    again = opened("news", page.evaluate("location.hash"))
    assert title(again) == title(page)
    assert again.locator(".silent.chosen").count() == 1
    page.keyboard.press("Backspace")
    assert by(page, "panel").is_hidden()


def test_a_fact_of_several_has_an_address_of_its_own(opened: Open) -> None:
    page = opened("news", "#node=Otter")
    by(page, "relation").first.click()
    assert by(page, "fact").count() == 1
    assert "fact=" in page.evaluate("location.hash")


def test_focus_and_path(opened: Open) -> None:
    page = opened("news", "#node=Otter")
    by(page, "focus").click()
    assert "36 entities" not in by(page, "counts").inner_text()
    by(page, "unfocus").click()
    by(page, "path").click()
    page.keyboard.type("priya")
    page.keyboard.press("Enter")
    assert title(page) == "Otter → Priya Anand"
    steps = by(page, "step").locator("h3").all_inner_texts()
    assert steps[0].startswith("1. Otter – ")
    assert steps[-1].endswith(" – Priya Anand")
    assert by(page, "fact").count() >= len(steps) == 3


STEPS = {
    "a node": lambda page: by(page, "graph").press("ArrowRight"),
    "a class": lambda page: by(page, "offClasses-1").uncheck(),
    "a relation": lambda page: by(page, "offRelations-2").uncheck(),
    "a document": lambda page: by(page, "offDocuments-0").uncheck(),
    "a status": lambda page: by(page, "statuses-5").check(),
    "claims and plans": lambda page: page.locator(".switch").click(),
    "confidence": lambda page: by(page, "confidence").fill("80"),
    "a date": lambda page: by(page, "date-from").fill("2026-03-20"),
    "the table": lambda page: by(page, "view-table").click(),
    "the texts": lambda page: by(page, "view-texts").click(),
    "cleared filters": lambda page: by(page, "clear-filters").click(),
    "a focus": lambda page: (by(page, "graph").press("ArrowRight"), by(page, "focus").click()),
}


@pytest.mark.parametrize("name", STEPS)
def test_every_step_can_be_undone(opened: Open, name: str) -> None:
    page = opened("news", "#classes=2")
    shown = "[location.hash, counts.innerText, panel.hidden ? '' : panel.innerText]"
    before = page.evaluate(shown)
    STEPS[name](page)
    assert page.evaluate(shown) != before
    while by(page, "undo").is_enabled():
        by(page, "undo").click()
    after = page.evaluate(shown)
    assert after == before


@pytest.mark.parametrize(("wish", "moves"), [("reduce", False), ("no-preference", True)])
def test_a_reader_who_wants_stillness_has_it(opened: Open, wish: str, moves: bool) -> None:
    page = opened("news", reduced_motion=wish)
    scales = page.evaluate(
        """async () => { const seen = new Set(), network = factloom.network, end = performance.now() + 350;
           document.getElementById('zoom-in').click();
           while (performance.now() < end) {
             await new Promise(requestAnimationFrame);
             seen.add(network.getScale().toFixed(4));
           }
           return seen.size }"""
    )
    assert (scales > 2) == moves
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.track'), '::after').transitionDuration")
        == "0s"
    ) == (not moves)


def test_at_a_narrow_width_the_panel_hides_nothing_of_a_focus(opened: Open) -> None:
    page = opened("news", "#node=Halden-Robotics", size=(1000, 700))
    by(page, "focus").click()
    page.wait_for_timeout(600)
    reach = page.evaluate(
        """Math.max(...Object.values(factloom.network.getPositions()).map(p =>
           factloom.network.canvasToDOM(p).x + stage.getBoundingClientRect().left))"""
    )
    assert reach < by(page, "panel").bounding_box()["x"] - 20


@pytest.mark.parametrize("name", ["hostile", "long"])
@pytest.mark.parametrize("view", ["graph", "table", "texts"])
def test_hostile_names_stay_text(opened: Open, name: str, view: str) -> None:
    page = opened(name, f"#view={view}")
    by(page, "search").fill("otter")
    by(page, "search-result").first.click()
    page.mouse.move(700, 450)
    assert page.locator("img:not(#printed), iframe").count() == 0
    assert page.evaluate("document.scripts.length") == 7
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_empty_graph_opens(opened: Open) -> None:
    page = opened("empty")
    assert "0 entities" in by(page, "counts").inner_text()
    page.keyboard.press("ArrowLeft")
    by(page, "view-table").click()
    assert "0 facts" in by(page, "table").inner_text()


def test_a_large_graph_brings_in_what_is_searched(opened: Open) -> None:
    page = opened("many")
    assert "300 of 1,400 entities" in by(page, "hint").inner_text()
    by(page, "search").fill("city 1")
    by(page, "search-result").last.click()
    assert by(page, "fact").count() >= 1


def test_the_theme_follows_the_system_and_can_be_changed(opened: Open) -> None:
    page = opened("news", color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('#view')).backgroundColor"
    dark = page.evaluate(ground)
    by(page, "theme").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate(ground) != dark


def test_a_phone_has_room_for_it(opened: Open) -> None:
    page = opened("news", size=(390, 844), has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert by(page, "filters").is_hidden()
    by(page, "toggle-filters").click()
    assert by(page, "filters").is_visible()
    by(page, "toggle-filters").click()
    by(page, "search").fill("halden rob")
    by(page, "search-result").first.click()
    box = by(page, "panel").bounding_box()
    assert box["y"] > 300
    by(page, "close-panel").click()
    by(page, "view-table").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_pictures_and_facts_can_be_saved(opened: Open) -> None:
    page = opened()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name in ("png", "svg"):
        by(page, "save").click()
        with page.expect_download() as got:
            by(page, f"save-{name}").click()
        assert got.value.suggested_filename == f"graph.{name}"
        assert Path(got.value.path()).stat().st_size > 5000
    by(page, "save").click()
    by(page, "save-turtle").click()
    page.get_by_text("Facts copied as Turtle").first.wait_for()
    turtle = page.evaluate("navigator.clipboard.readText()")
    import rdflib

    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 51


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["#node=Halden-Robotics", "#view=table", ALL + "&view=texts&sentence=3"])
def test_axe_finds_nothing(opened: Open, scheme: str, state: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened("news", state, color_scheme=scheme)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_a_time_leaves_out_the_documents_of_other_times(opened: Open) -> None:
    page = opened("news", "#view=table")
    by(page, "date-from").fill("2026-03-20")
    assert "2 documents" in by(page, "counts").inner_text()
    assert "lidar" not in by(page, "table").inner_text()
    by(page, "date-to").fill("2026-03-25")
    assert "1 document" in by(page, "counts").inner_text()
    again = opened("news", page.evaluate("location.hash"))
    assert by(again, "counts").inner_text() == by(page, "counts").inner_text()


def test_names_are_marked_in_the_text(opened: Open) -> None:
    page = opened("news", "#view=texts&document=port-strike")
    names = page.locator("a.read .entity").all_inner_texts()
    assert names[:3] == ["Port Workers Union", "port automation", "Osthaven Port"]


def test_a_topic_lights_up(opened: Open) -> None:
    page = opened("many")
    by(page, "topic-0").click()
    assert title(page) == by(page, "topic-0").inner_text()
    assert page.locator(".members li").count() > 3
    again = opened("many", page.evaluate("location.hash"))
    assert title(again) == title(page)


def test_a_graph_without_sentences_says_so(opened: Open) -> None:
    page = opened("foreign", "#node=Otter")
    assert "came without the sentence" in by(page, "panel").inner_text()
    assert by(page, "view-texts").is_hidden()
    by(page, "view-table").click()
    assert by(page, "table-row").count() == 51


def test_a_phone_turns_the_graph_upright(opened: Open) -> None:
    spans = []
    for size in ((1400, 900), (390, 844)):
        page = opened("news", size=size)
        places = page.evaluate("Object.values(factloom.network.getPositions())")
        wide, high = (max(p[k] for p in places) - min(p[k] for p in places) for k in ("x", "y"))
        spans.append(wide > high)
    assert spans == [True, False]


def test_print_has_a_picture_on_white(opened: Open) -> None:
    page = opened("news", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#printed").get_attribute("src").startswith("data:image/png")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("name", ["hostile", "empty", "foreign", "many"])
def test_nothing_missing_is_spelled_out(opened: Open, name: str) -> None:
    page = opened(name)
    for view in ("table", "graph"):
        by(page, f"view-{view}").click()
        words = page.locator("body").inner_text()
        assert not re.search(r"\b(null|undefined|NaN|\[object)", words)


@pytest.mark.parametrize("name", ["news", "many"])
def test_a_node_can_be_dragged(opened: Open, name: str) -> None:
    page = opened(name)
    # The live node that stands furthest from its nearest neighbour.
    node = page.evaluate(
        """() => { const all = Object.entries(factloom.network.getPositions());
           const far = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);
           const room = ([id, p]) => Math.min(...all.filter(([o]) => o !== id).map(([, q]) => far(p, q)));
           return Number(all.map(n => [room(n), n[0]]).sort((a, b) => b[0] - a[0])[0][1]) }"""
    )
    place = f"factloom.network.canvasToDOM(factloom.network.getPosition({node}))"
    before, box = page.evaluate(place), by(page, "graph").bounding_box()
    page.mouse.move(box["x"] + before["x"], box["y"] + before["y"])
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + before["x"] - 10 * step, box["y"] + before["y"] + 5 * step)
    page.mouse.up()
    page.wait_for_timeout(400)
    after = page.evaluate(place)
    assert before["x"] - after["x"] == pytest.approx(80, abs=3)
    by(page, "graph").click(position=after)
    assert by(page, "fact").count() >= 1
