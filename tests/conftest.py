"""What all tests share: the benchmark and seed data beside the checkout, and the browser.

Tests marked `browser` drive Chromium. Without one they are skipped and counted in one line at the end; with
FACTLOOM_REQUIRE_BROWSER=1 in the environment, as in continuous integration, they fail instead.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """The browser's program: FACTLOOM_CHROMIUM, or the first of the usual names on PATH."""
    return os.environ.get("FACTLOOM_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def browser_required() -> bool:
    """Whether a missing browser is a failure."""
    return os.environ.get("FACTLOOM_REQUIRE_BROWSER", "") not in ("", "0")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, for tests marked `browser`."""
    path = chromium_path()
    if path is None:
        pytest.skip("no Chromium")
    return path


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """`../shared` beside the checkout; the test is skipped where it is absent."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip(f"no {path} beside the checkout")
    return path


@pytest.fixture(scope="session")
def seeds_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `seeds` (a link to the project's) and `out`, built from it once for the whole session."""
    from command_line import factloom

    place = tmp_path_factory.mktemp("readme")
    for name in ("seeds", "docs"):
        (place / name).symlink_to(ROOT / name)
    ran = factloom("build", place / "seeds", "-o", place / "out")
    assert ran.code == 0, ran.err
    return place


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips or fails tests marked `browser` when there is no browser."""
    if item.get_closest_marker("browser") and chromium_path() is None:
        if browser_required():
            pytest.fail("FACTLOOM_REQUIRE_BROWSER is set and there is no Chromium", pytrace=False)
        pytest.skip("no Chromium")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in one line that browser tests were left out."""
    left_out = [r for r in terminalreporter.stats.get("skipped", []) if "no Chromium" in str(r.longrepr)]
    if left_out:
        terminalreporter.write_line(
            f"{len(left_out)} browser tests left out: no Chromium (apt-get install chromium)"
        )
