"""Fetches the files of others that the wheel carries, as graph/vendored/vendored.toml lists them.

    .venv/bin/python .ci/vendor.py            # fetch what is listed, check it, keep it compressed
    .venv/bin/python .ci/vendor.py --check    # check what is kept; no network

Needs npm for fetching. For a new version: change `version`, run `npm view NAME@VERSION dist.integrity` and
write the answer into `integrity`, run this; it names the SHA-256 it met where the list has another.
What is kept is committed, so that a build needs PyPI alone.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from factloom.graph.vendored import HERE, Package, packages, place

# The package a source of a bundle belongs to, as source maps name it.
_BUNDLED = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")
# The folder itself holds the list and its reader.
_OURS = (HERE.name, "__pycache__")


def main(arguments: list[str]) -> int:
    """Exit code 1 when a checksum differs or a file is missing or not listed."""
    known = packages().values()
    faults = [] if "--check" in arguments else [fault for package in known for fault in fetched(package)]
    faults += [fault for package in known for fault in checked(package)] + strangers()
    print("\n".join(faults or [f"{len(known)} package(s) as listed"]))
    return 1 if faults else 0


def fetched(package: Package) -> list[str]:
    """Bring a package's files; what is wrong with them is told and nothing is written then."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{package.name}@{package.version}"
        subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        archive = next(Path(folder).glob("*.tgz"))
        met = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if met != package.integrity:
            return [f"{name}: the list has the integrity {package.integrity}, the registry gave {met}"]
        with tarfile.open(archive) as tar:
            contents = {file: _member(tar, file) for file in package.files}
            maps = [_member(tar, f"{file}.map") for file in package.files]
    faults = [f for source_map in maps if source_map for f in unnamed(source_map)]
    faults += [f for file, content in contents.items() for f in differing(package, file, content)]
    for file, content in () if faults else contents.items():
        keep(place(package.name, file), content)
    return faults


def unnamed(source_map: bytes) -> list[str]:
    """A line for each package that a bundle's source map names and NOTICE.md doesn't."""
    notice = (HERE / "NOTICE.md").read_text(encoding="utf-8")
    held = {name for source in json.loads(source_map)["sources"] for name in _BUNDLED.findall(source)[-1:]}
    return [f"NOTICE.md does not name {name}" for name in sorted(held) if not _named(name, notice)]


def _named(package: str, notice: str) -> bool:
    return re.search(rf"(^\| |, ){re.escape(package)}(,| \|)", notice, re.MULTILINE) is not None


def _member(tar: tarfile.TarFile, file: str) -> bytes:
    """A file of the package; nothing where there is none, which its checksum tells."""
    try:
        found = tar.extractfile(f"package/{file}")
    except KeyError:
        return b""
    return found.read() if found else b""


def keep(path: Path, content: bytes) -> None:
    """Compressed, unless the same content is there already: compressors differ in their bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or gzip.decompress(path.read_bytes()) != content:
        path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0))


def checked(package: Package) -> list[str]:
    """What is wrong with a package's files as they are kept."""
    faults = []
    for file in package.files:
        path = place(package.name, file)
        if path.is_file():
            faults += differing(package, file, gzip.decompress(path.read_bytes()))
        else:
            faults.append(f"{path.relative_to(HERE)} is missing: run .ci/vendor.py")
    return faults


def differing(package: Package, file: str, content: bytes) -> list[str]:
    """A line when a file's content is not what the list says."""
    met, listed = hashlib.sha256(content).hexdigest(), package.files[file]
    return [] if met == listed else [f"{package.name}/{file}: the list has {listed or 'nothing'}, met {met}"]


def strangers() -> list[str]:
    """Files that no line of the list accounts for."""
    listed = {place(p.name, file) for p in packages().values() for file in p.files}
    kept = {path for path in HERE.rglob("*") if path.is_file() and path.parent.name not in _OURS}
    return [f"{path.relative_to(HERE)} is not in the list" for path in sorted(kept - listed)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
