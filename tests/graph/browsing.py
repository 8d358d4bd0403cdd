"""Opening pages in Chromium with the console and the network watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Open = Callable[..., Any]


@contextmanager
def launched(chromium: str) -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def watched(browser: Any) -> Iterator[Open]:
    """Opens files; at the end the consoles must be empty and the network have been asked for nothing."""
    contexts, said, asked = [], [], []

    def open_page(
        file: Path,
        state: str = "",
        *,
        size: tuple[int, int] = (1400, 900),
        ready: bool = True,
        **options: Any,
    ) -> Any:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri() + state)
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []
    # A blob is a picture or a thread made of the page's own bytes.
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == len(contexts)


def by(page: Any, name: str) -> Any:
    """The element with this `data-testid`."""
    return page.get_by_test_id(name)


def title(page: Any) -> str:
    """The heading of the panel."""
    return str(by(page, "panel-title").inner_text())
