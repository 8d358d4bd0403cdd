"""Files of others are what the list says: names, checksums, licences; and what is off is told."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from factloom.graph import vendored
from factloom.ontology.errors import UnknownNameError

# Licences that may be carried, each sufficient by itself.
ALLOWED = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC"}


@pytest.fixture(scope="module")
def vendor(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("vendor", root / ".ci" / "vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_file_has_the_checksum_of_the_list(vendor: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert vendor.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("package", vendored.packages().values(), ids=lambda package: package.name)
def test_every_package_is_pinned_and_may_be_carried(package: vendored.Package) -> None:
    assert package.integrity.startswith("sha512-")
    assert set(package.licence.split(" OR ")) & ALLOWED
    assert package.files
    assert package.homepage.startswith("https://")
    assert package.used


def test_a_changed_file_is_told(vendor: Any) -> None:
    package = vendored.packages()["oxigraph"]
    assert vendor.differing(package, "web.js", b"something else") != []
    assert vendor.differing(package, "web.js", vendored.whole("oxigraph", "web.js")) == []


def test_what_a_bundle_holds_must_be_named(vendor: Any) -> None:
    sources = [
        "../node_modules/jquery/dist/jquery.js",
        "../src/own.ts",
        "../node_modules/@json2csv/plainjs/src/a.js",
    ]
    assert vendor.unnamed(json.dumps({"sources": sources}).encode()) == []
    sources.append("../node_modules/jquery/node_modules/que/index.js")
    assert vendor.unnamed(json.dumps({"sources": sources}).encode()) == ["NOTICE.md does not name que"]


def test_a_file_that_is_kept_is_not_compressed_anew(vendor: Any, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.gz"
    vendor.keep(path, b"content")
    path.write_bytes(gzip.compress(b"content", compresslevel=1, mtime=0))
    before = path.read_bytes()
    vendor.keep(path, b"content")
    assert path.read_bytes() == before
    vendor.keep(path, b"other")
    assert gzip.decompress(path.read_bytes()) == b"other"


def test_an_unknown_file_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"oxigraph/web\.js"):
        vendored.packed("oxigraph", "none.js")
