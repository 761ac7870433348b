"""The record of a training as plain data of a bounded size, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from gradviz.core.training import MOST_STEPS
from gradviz.core.training_record import Rows, TrainingRecord

MOST_ROWS = 600  # of each kind: twice as many as the plots have pixels


def record_state(record: TrainingRecord, steps: int) -> dict[str, Any]:
    """The record up to so many steps: at most MOST_ROWS rows of each kind, the first and the last among them."""
    return {
        "steps": steps,
        "first": record.first,
        "overflow": record.overflow if record.overflow is not None and record.overflow <= steps else None,
        "changes": [[change.step, dict(change.values)] for change in record.changes if change.step < steps],
        "rows": _some(record.step_rows(steps)),
        "judged": _some(record.evaluation_rows(steps)),
    }


def record_from_state(state: Mapping[str, Any], layers: int) -> TrainingRecord:
    """The record that `record_state` wrote, of a network of so many layers.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    steps, first, overflow = int(state["steps"]), int(state["first"]), state["overflow"]
    if not 1 <= steps <= MOST_STEPS or not 0 <= first <= steps or overflow not in (None, steps):
        raise ValueError(f"{steps} steps, from {first} on, overflow {overflow}")
    record = TrainingRecord(layers, first)
    for step, loss, *norms in _checked(state["rows"], 2 + layers, steps):
        record.add_step(loss, norms, step=int(step))
    if record.steps != steps:
        raise ValueError(f"{steps} steps, the last row is of step {record.steps}")
    for step, train, right, test, test_right in _checked(state["judged"], 5, steps):
        record.add_evaluation(int(step), (train, right), (test, test_right))
    record.note_changes([(int(step), _values(values)) for step, values in state["changes"]])
    record.overflow = overflow
    return record


def _values(values: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): float(value) for name, value in dict(values).items()}


def _some(rows: Rows) -> list[list[float | None]]:
    kept = range(0, len(rows), math.ceil(max(len(rows), 1) / (MOST_ROWS - 1)))
    places = sorted({*kept, len(rows) - 1} if len(rows) else ())
    return [[number if math.isfinite(number) else None for number in row] for row in rows[places].tolist()]


def _checked(rows: Any, width: int, last: int) -> list[list[float]]:
    """Rows of numbers whose first, the step, rises up to `last`."""
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise ValueError(f"more than {MOST_ROWS} rows, or none at all")
    found = [[math.nan if number is None else float(number) for number in row] for row in rows]
    steps = np.array([row[0] for row in found])
    if any(len(row) != width for row in found) or not np.all(np.diff(steps) > 0):
        raise ValueError(f"rows that are not of {width} numbers, or steps that do not rise")
    if len(steps) and (steps[0] < 0 or steps[-1] > last):
        raise ValueError(f"steps from {steps[0]} to {steps[-1]}; they must lie between 0 and {last}")
    return found
