"""pyvis's `Network` without the packages that pyvis imports and a page never uses.

`pyvis.network` imports IPython for one line of notebook output and networkx for `from_nx` and the
like: 0.7 CPU seconds, more than everything else a small page costs. While pyvis is imported for the
first time, stand-ins hold those two names, unless the real package is there already; they are
removed right after, and a stand-in fetches the real package the moment pyvis asks it for anything.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

_SPARED = ("networkx", "IPython", "IPython.display")
_SCRIPT = "templates/lib/vis-9.1.2/vis-network.min.js"


class _OnDemand(ModuleType):
    """A module that imports its namesake when somebody reads an attribute of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


def _frame(*arguments: Any, **options: Any) -> Any:
    """`IPython.display.IFrame`, imported at the call."""
    return importlib.import_module("IPython.display").IFrame(*arguments, **options)


def _stand_in(name: str) -> ModuleType:
    module = _OnDemand(name)
    if name == "IPython.display":
        module.IFrame = _frame  # type: ignore[attr-defined]
    return module


def network_class() -> Any:
    """The class `pyvis.network.Network`."""
    if "pyvis.network" not in sys.modules:
        spared = {name: _stand_in(name) for name in _SPARED if name not in sys.modules}
        sys.modules.update(spared)
        try:
            importlib.import_module("pyvis.network")
        finally:
            for name, module in spared.items():
                if sys.modules.get(name) is module:
                    del sys.modules[name]
    return sys.modules["pyvis.network"].Network


def vis_network_script() -> str:
    """The text of vis-network 9.1.2 as the installed pyvis ships it."""
    network_class()
    file = sys.modules["pyvis"].__file__
    if file is None:
        raise RuntimeError("the installed pyvis has no folder")
    return (Path(file).parent / _SCRIPT).read_text(encoding="utf-8")
