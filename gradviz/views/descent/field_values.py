"""What fields of numbers say of their problems, and what they take from a session."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from gradviz.views.common.number_field import IntegerField, NumberField


def first_problem(fields: Iterable[NumberField | IntegerField]) -> str:
    """The first field that refuses its text, with the reason; "" if none does."""
    return next((f"{field.accessibleName()} {field.problem}" for field in fields if field.problem), "")


def take_number(field: NumberField | IntegerField, value: object) -> list[str]:
    """Shows a number of a session, nothing where it has none (None); returns a sentence if it can't be taken."""
    if value is None:
        return []
    if (
        isinstance(value, int if isinstance(field, IntegerField) else int | float)
        and not isinstance(value, bool)
        and field.allowed.low <= value <= field.allowed.high
    ):
        field.setValue(value)
        return []
    text = QCoreApplication.translate("SetupPanel", "{0} is not taken for «{1}».")
    return [text.format(value, field.accessibleName())]
