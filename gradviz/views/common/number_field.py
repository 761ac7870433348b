"""Fields that read numbers as people write them, and say in place what they do not take.

A refused text stays as it was typed, on red; the field then has a `problem`, and keeps its last good value.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QDoubleSpinBox, QLabel, QSpinBox, QWidget

from gradviz.core.hyperparameters import Range
from gradviz.views.common.colours import colours, paint_text

translate = QCoreApplication.translate  # the name by which lupdate finds the texts

NARROWEST = 52  # pixels: room for four digits and the arrows
_ALL_DECIMALS = 323  # Qt rounds to this many decimals: all that a double can have
_GROUPED = re.compile("[+-]?[0-9]{1,3}([, \u00a0\u202f_][0-9]{3})+")  # 20,000 and 20 000, but not 1,5
_SEPARATORS = re.compile("[, \u00a0\u202f_]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as a number (None: left empty, where that is allowed) or the sentence that says why it is none."""

    value: float | None
    problem: str = ""


def read_number(text: str, allowed: Range, integral: bool = False, optional: bool = False) -> Reading:
    """Reads 0.05, 1e-3, -2.5E0; with `integral` also 20,000 and 2e4. The decimal sign is a point everywhere."""
    text = text.strip().replace("\u2212", "-")
    if not text:
        if optional:
            return Reading(None)
        return Reading(None, translate("NumberField", "is empty; {0}").format(describe(allowed, integral)))
    if integral and _GROUPED.fullmatch(text):
        text = _SEPARATORS.sub("", text)
    try:
        value = float(text) if "_" not in text else math.nan
    except ValueError:
        return Reading(None, translate("NumberField", "is not a number; {0}").format(describe(allowed, integral)))
    if not math.isfinite(value):
        return Reading(None, translate("NumberField", "must be finite; {0}").format(describe(allowed, integral)))
    if integral and value != math.floor(value):
        return Reading(
            None, translate("NumberField", "must be a whole number; {0}").format(describe(allowed, integral))
        )
    if not allowed.holds(value):
        return Reading(None, translate("NumberField", "is out of range; {0}").format(describe(allowed, integral)))
    return Reading(value)


def describe(allowed: Range, integral: bool = False) -> str:
    """The range as a phrase: «allowed: 0 to 1»."""
    low, high = written(allowed.low, integral), written(allowed.high, integral)
    if math.isinf(allowed.low) and math.isinf(allowed.high):
        return translate("NumberField", "allowed: any finite number, such as 0.05 or 1e-3")
    if not allowed.low_included:
        return translate("NumberField", "allowed: greater than {0}, up to {1}").format(low, high)
    return translate("NumberField", "allowed: {0} to {1}").format(low, high)


def written(value: float, integral: bool = False) -> str:
    """A number as the fields show it."""
    if integral:
        return f"{value:,.0f}"
    return repr(float(value)).removesuffix(".0")  # the shortest text that reads back as this very number


def next_of_series(value: float, steps: int, allowed: Range, smallest: float = 1e-12) -> float:
    """The number `steps` places further in … 0.1, 0.2, 0.5, 1, 2, 5 …; below the smallest sensible one lies 0."""
    smallest = max(allowed.low, smallest)
    for _ in range(abs(steps)):
        if value < smallest or (value == smallest and steps < 0):
            zero = allowed.low if allowed.low_included else smallest
            value = smallest if steps > 0 else zero
            continue
        exponent = math.floor(math.log10(value) + 1e-12)
        candidates = [float(f"{digit}e{e}") for e in (exponent - 1, exponent, exponent + 1) for digit in (1, 2, 5)]
        slack = 1e-9 * value
        if steps > 0:
            value = min(c for c in candidates if c > value + slack)
        else:
            value = max((c for c in candidates if c < value - slack), default=value)
    return min(max(value, allowed.low), allowed.high)


class NumberField(QDoubleSpinBox):
    """A field for a real number, or for a whole one (`integral`), or for none (`optional`, left empty).

    Signals:
        committed(): the person pressed Enter on a good number or stepped it. Not emitted by setValue.
        problem_changed(str): why the text is refused, empty when it is taken again.
    """

    committed = Signal()
    problem_changed = Signal(str)

    def __init__(
        self,
        allowed: Range,
        step: float = 0.1,
        integral: bool = False,
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.allowed, self.integral, self.optional = allowed, integral, optional
        self.problem = ""
        self._text: str | None = None  # what is shown instead of the value: a refused text, or nothing at all
        self.setLocale(QLocale.c())
        self.setDecimals(_ALL_DECIMALS)
        self.setRange(max(allowed.low, -1e300), min(allowed.high, 1e300))
        self.setSingleStep(1.0 if integral else step)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.lineEdit().textEdited.connect(self._on_text_edited)
        self.lineEdit().returnPressed.connect(self._on_return_pressed)

    def number(self) -> float | int | None:
        """The value, None where the field is optional and empty. The last good one while there is a problem."""
        if self.optional and self._text == "":
            return None
        return int(self.value()) if self.integral else self.value()

    def set_number(self, value: float | None) -> None:
        """Shows a number, or nothing where the field is optional."""
        if value is None:
            self._accept("")
            self.lineEdit().clear()
        else:
            self.setValue(value)

    # -- Qt

    def setValue(self, value: float) -> None:
        self._accept(None)
        super().setValue(value)
        self.lineEdit().setText(self.textFromValue(super().value()))

    def value(self) -> float:
        """What the field shows, entered or not; the last good number while it is refused or empty."""
        shown = self.reading_of(self.lineEdit().text()).value
        return super().value() if shown is None else shown

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # who scrolls the panel means the panel

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def stepBy(self, steps: int) -> None:
        value = self.value()
        if self.allowed.logarithmic:
            self.setValue(next_of_series(value, steps, self.allowed, smallest=1.0 if self.integral else 1e-12))
        else:
            stepped = round(value + steps * self.singleStep(), 12)
            if read_number(repr(stepped), self.allowed).problem:  # beyond an end, or on one that is not allowed
                stepped = value
            self.setValue(stepped)
        self.selectAll()
        self.committed.emit()

    def stepEnabled(self) -> QDoubleSpinBox.StepEnabledFlag:
        return self.StepEnabledFlag.StepUpEnabled | self.StepEnabledFlag.StepDownEnabled

    def fixup(self, text: str) -> str:
        return text  # Qt would make 15 of 1,5

    def textFromValue(self, value: float) -> str:
        return written(value, self.integral) if self._text is None else self._text

    def valueFromText(self, text: str) -> float:
        value = self.reading_of(text).value
        return self.value() if value is None else value

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        reading = self.reading_of(text)
        taken = not reading.problem and reading.value is not None
        return (QValidator.State.Acceptable if taken else QValidator.State.Intermediate), text, position

    # -- what was typed

    def reading_of(self, text: str) -> Reading:
        """What this field would make of a text."""
        return read_number(text, self.allowed, self.integral, self.optional)

    def _on_text_edited(self, text: str) -> None:
        reading = self.reading_of(text)
        if reading.problem:
            self._text = text
            self._show_problem(reading.problem)
        else:
            self._accept("" if reading.value is None else None)

    def _on_return_pressed(self) -> None:
        self._on_text_edited(self.lineEdit().text())
        if not self.problem:
            self.committed.emit()

    def _accept(self, text: str | None) -> None:
        self._text = text
        self._show_problem("")

    def _show_problem(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            mark_refused(self, problem)
            self.problem_changed.emit(problem)


class IntegerField(QSpinBox):
    """A field for a count: the same as NumberField for whole numbers, as the QSpinBox that tests look for.

    It steps by 1, or, where large counts are meant, through the `series` 1, 2, 5, 10, 20, 50 …

    Signals:
        committed(): the person pressed Enter on a good number or stepped it. Not emitted by setValue.
        problem_changed(str): why the text is refused, empty when it is taken again.
    """

    committed = Signal()
    problem_changed = Signal(str)

    def __init__(self, low: int, high: int, parent: QWidget | None = None, *, series: bool = False) -> None:
        super().__init__(parent)
        self.allowed = Range(low, high, logarithmic=series)
        self.problem = ""
        self._text: str | None = None
        self.setLocale(QLocale.c())
        self.setRange(low, high)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setKeyboardTracking(False)
        self.lineEdit().textEdited.connect(self._on_text_edited)
        self.lineEdit().returnPressed.connect(self._on_return_pressed)

    def setValue(self, value: int) -> None:
        self._accept()
        super().setValue(value)
        self.lineEdit().setText(self.textFromValue(super().value()))

    def value(self) -> int:
        """What the field shows, entered or not; the last good number while it is refused."""
        shown = read_number(self.lineEdit().text(), self.allowed, integral=True).value
        return super().value() if shown is None else int(shown)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # who scrolls the panel means the panel

    def stepBy(self, steps: int) -> None:
        if self.allowed.logarithmic:
            self.setValue(int(next_of_series(float(self.value()), steps, self.allowed, smallest=1.0)))
        else:
            self.setValue(self.value() + steps)  # Qt holds it between the ends
        self.selectAll()
        self.committed.emit()

    def fixup(self, text: str) -> str:
        return text  # Qt would make 15 of 1,5

    def textFromValue(self, value: int) -> str:
        return written(value, integral=True) if self._text is None else self._text

    def valueFromText(self, text: str) -> int:
        value = read_number(text, self.allowed, integral=True).value
        return self.value() if value is None else int(value)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        refused = bool(read_number(text, self.allowed, integral=True).problem)
        return (QValidator.State.Intermediate if refused else QValidator.State.Acceptable), text, position

    def _on_text_edited(self, text: str) -> None:
        problem = read_number(text, self.allowed, integral=True).problem
        if problem:
            self._text = text
            self._show_problem(problem)
        else:
            self._accept()

    def _on_return_pressed(self) -> None:
        self._on_text_edited(self.lineEdit().text())
        if not self.problem:
            self.committed.emit()

    def _accept(self) -> None:
        self._text = None
        self._show_problem("")

    def _show_problem(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            mark_refused(self, problem)
            self.problem_changed.emit(problem)


def mark_refused(field: QWidget, problem: str) -> None:
    """Red with the problem as description, or as it was."""
    palette = QPalette()
    if problem:
        palette.setColor(QPalette.ColorRole.Base, QColor(colours().refused))
    field.setPalette(palette)
    if isinstance(field, QAbstractScrollArea):
        field.viewport().setPalette(palette)  # which may have one of its own
    field.setAccessibleDescription(problem)


class ProblemLabel(QLabel):
    """The sentence under a field, there only while its text is refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        paint_text(self, colours().refused_text)
        self.hide()

    def show_problem(self, problem: str) -> None:
        self.setText(problem)
        self.setVisible(bool(problem))
