"""Columns of numbers as text that JSON takes: little-endian float64 in base64, so that no bit is lost."""

from __future__ import annotations

import base64

import numpy as np
from numpy.typing import NDArray


def encoded(column: NDArray[np.float64]) -> str:
    """The column as text."""
    return base64.b64encode(np.ascontiguousarray(column, dtype="<f8").tobytes()).decode("ascii")


def decoded(text: str) -> NDArray[np.float64]:
    """The column that `encoded` wrote, read-only.

    Raises:
        ValueError: the text is none.
    """
    return np.frombuffer(base64.b64decode(text, validate=True), dtype="<f8")
