"""The page benchmark: both pages draw, and the row holds what the table's head says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from . import page


def test_without_a_browser_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert page.main([]) == 2
    assert "Chromium" in capsys.readouterr().err


@pytest.mark.browser
def test_a_row_compares_both_pages(chromium: str, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=flags)
        row = page.measure(browser, tmp_path, 30)
        browser.close()
    numbers = [float(str(value)) for value in row]
    assert numbers[0] == 30
    assert all(n > 0 for n in numbers[2:6])
