"""Takes docs/demo.png: the page built from seeds/, 1400 × 900, with one edge open so that its sentences show.

Run from the checkout, with Chromium installed: `.venv/bin/python docs/make_screenshot.py [demo/graph.html]`.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
# The page's address keeps what is shown: two steps around Doubao, and the line from ByteDance to it.
SHOWN = "#focus=Doubao~2&line=ByteDance~Doubao"


def take(page_file: Path, target: Path) -> None:
    """Open the page with one edge chosen, and write the picture."""
    browser_path = os.environ.get("FACTLOOM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(page_file.resolve().as_uri() + SHOWN)
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        page.get_by_test_id("evidence").first.wait_for()
        page.wait_for_timeout(1_500)  # The view glides to what is chosen.
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "demo/graph.html"), HERE / "demo.png")
