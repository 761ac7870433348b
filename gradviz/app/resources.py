"""Where the files of resources/ are: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

import gradviz

_PACKAGE = Path(gradviz.__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """The path of a resource, such as `resource_path("i18n", "gradviz_zh_CN.qm")`. It need not exist."""
    shipped = _PACKAGE / "resources"
    folder = shipped if shipped.is_dir() else _PACKAGE.parent / "resources"
    return folder.joinpath(*parts)
