"""The house: four layers, arrows one way, no tab knows another."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "gradviz"
LAYERS = ("core", "engine", "views", "app")
FILES = sorted(PACKAGE.rglob("*.py"))
# what each layer may import beside the standard library and the layers below it
OUTSIDE = {
    "core": {"torch", "numpy", "contourpy", "sympy", "PIL"},  # PIL: the extra that writes a GIF
    "engine": {"PySide6.QtCore"},
    "views": {"PySide6", "shiboken6", "pyqtgraph", "numpy", "ziamath"},  # shiboken6 comes with PySide6
    "app": {"PySide6", "pyqtgraph", "torch"},
}
CORE_MODULES = sorted(
    ".".join(("gradviz", *path.relative_to(PACKAGE).with_suffix("").parts)) for path in (PACKAGE / "core").glob("*.py")
)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.add(node.module or "")
    return found


def layer_of(path: Path) -> str | None:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if parts[0] in LAYERS else None


def test_a_module_imports_only_what_its_layer_may() -> None:
    for path in FILES:
        layer = layer_of(path)
        if layer is None:
            assert path.name in ("__init__.py", "__main__.py"), f"{path} belongs to no layer"
            continue
        below = LAYERS[: LAYERS.index(layer) + 1]
        for module in imports(path):
            first = module.partition(".")[0]
            if first == "gradviz":
                parts = module.split(".")
                assert len(parts) == 1 or parts[1] in below, f"{path.name} of {layer} imports {module}"
            elif first not in sys.stdlib_module_names:
                allowed = OUTSIDE[layer]
                assert module in allowed or first in allowed, f"{path.name} of {layer} imports {module}"


def test_no_tab_imports_another() -> None:
    for path in sorted((PACKAGE / "views").rglob("*.py")):
        parts = path.relative_to(PACKAGE / "views").parts
        if len(parts) < 2:
            continue
        tabs = {folder.name for folder in (PACKAGE / "views").iterdir() if folder.is_dir()} - {"common", parts[0]}
        foreign = {m for m in imports(path) if m.startswith("gradviz.views.") and m.split(".")[2] in tabs}
        assert not foreign, path


def test_core_imports_without_qt_and_plots() -> None:
    block = "import sys; sys.modules['PySide6'] = sys.modules['pyqtgraph'] = None"
    code = f"{block}\n" + "\n".join(f"import {module}" for module in CORE_MODULES)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PACKAGE.parent)


def test_the_window_is_built_without_torch() -> None:
    code = "import sys, gradviz.app.application; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=PACKAGE.parent)
