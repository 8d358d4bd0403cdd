"""The server's pages in Chromium: nothing breaks the policy, nothing is asked of another host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from server_client import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """A page that must stay on this server and have nothing to complain of."""
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []


def in_editor(page: Any, text: str) -> bool:
    """Whether the editor holds the text within 300 frames.

    Playwright's own waiting needs eval, which the page's policy forbids.
    """
    return bool(
        page.evaluate(
            """async text => {
                const editor = () => document.querySelector('.CodeMirror')?.CodeMirror;
                const holds = () => Boolean(editor()?.getValue().includes(text));
                for (let i = 0; i < 300 && !holds(); i++) await new Promise(requestAnimationFrame);
                return holds();
            }""",
            text,
        )
    )


def test_the_editor_runs_a_named_query(page: Any, server: Server) -> None:
    page.goto(f"{server.address}/query")
    page.get_by_test_id("named").select_option("about")
    page.get_by_test_id("about-entity").fill("WeChat")
    page.get_by_role("button", name="Show its SPARQL").click()
    assert in_editor(page, "id/WeChat")
    page.locator(".yasqe_queryButton").click()
    page.get_by_text("WeChat blocks the Doubao agent.").first.wait_for()


def test_another_named_query(page: Any, server: Server) -> None:
    page.goto(f"{server.address}/query")
    page.get_by_test_id("named").select_option("status")
    page.get_by_test_id("status-status").fill("denied")
    page.get_by_role("button", name="Show its SPARQL").click()
    assert in_editor(page, "fl:")


def test_from_the_graph_to_a_sentence(page: Any, server: Server) -> None:
    page.goto(server.address)
    page.get_by_test_id("graph").wait_for()
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="A tale of agents").click()
    page.get_by_role("link", name="WeChat blocks Doubao agent").click()
    assert page.locator("mark.relation").first.inner_text() == "blocks"
