"""A home that is none."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def blocked(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home that can neither be read nor written, whoever asks: it lies below a regular file."""
    file = tmp_path / "a file"
    file.write_text("and no folder")
    monkeypatch.setenv("GRADVIZ_HOME", str(file / "home"))
    return file / "home"
