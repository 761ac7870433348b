"""A program whose first tab is this one."""

from __future__ import annotations

from tests.app.conftest import begin

__all__ = ["begin"]
