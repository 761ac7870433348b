"""The check table: closed form, autograd, backward() and finite difference of one gradient beside each other."""

from __future__ import annotations

import math

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.gradient_check import GradientCheck, Reason
from gradviz.core.round_numbers import told_apart
from gradviz.views.common.colours import colours, paint_text

# why the judges may part although none is wrong, as core has it
REASONS = (
    QT_TRANSLATE_NOOP("Check", "a jump: f is {0} on the left and {1} on the right; torch takes the slope {2}"),
    QT_TRANSLATE_NOOP("Check", "f has no value here"),
    QT_TRANSLATE_NOOP("Check", "f′ has no value here"),
    QT_TRANSLATE_NOOP("Check", "f or its slope is infinite here"),
    QT_TRANSLATE_NOOP("Check", "within the step of the difference quotient f bends too much for it"),
    QT_TRANSLATE_NOOP("Check", "a kink: from the left {0}, from the right {1}; torch takes {2}"),
    QT_TRANSLATE_NOOP("Check", "f′ has a kink: f″ is {0} from the left, {1} from the right; torch takes {2}"),
    QT_TRANSLATE_NOOP("Check", "the difference quotient reaches over the kink at {0}"),
    QT_TRANSLATE_NOOP("Check", "torch's own second derivative is no number here"),
    QT_TRANSLATE_NOOP(
        "Check", "torch holds a constant of this function in float32, so that its derivative has eight digits"
    ),
    QT_TRANSLATE_NOOP("Check", "every residual is 0: the norm has a kink there; torch takes {0} and {1}"),
    QT_TRANSLATE_NOOP(
        "Check",
        "all residuals are almost 0: so near to its kink the norm bends too soon for a difference quotient",
    ),
    QT_TRANSLATE_NOOP("Check", "a rounding of logits this large, divided by this T, moves every p"),
)

PLAIN_FROM, PLAIN_BELOW = 0.01, 1000.0  # what lies between is written without a power of ten where it must be short
FEW_COLUMNS, WIDEST_NUMBER = 3, "−0.00000000e−00"


class CheckTable(QWidget):
    """Green where the judges agree to the precision's tolerance; else it says where they part.

    There are three of them, and backward() as the fourth where the check asks for it. Each has a line; or a column,
    where there are many parts, which then go `down`.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, down: bool = False) -> None:
        super().__init__(parent)
        self._goes_down = down
        self.setObjectName(name)
        self._verdict = QLabel()
        self._verdict.setObjectName(f"{name}.verdict")
        self._verdict.setWordWrap(True)
        self._table = QTableWidget()
        self._table.setObjectName(f"{name}.table")
        self._table.setAccessibleName(self.tr("Gradient check"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)  # Tab leaves the table
        self._size(0, with_backward=False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setMinimumSectionSize(0)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.addWidget(self._verdict)
        self._layout.addWidget(self._table)

    def add_above(self, widget: QWidget) -> None:
        """Puts something over the verdict: the formula that is checked."""
        self._layout.insertWidget(0, widget)

    def show_check(self, check: GradientCheck, where: str) -> None:
        """Fills the table; `where` names the point that is checked."""
        with_backward = any(row.backward is not None for row in check.rows)
        self._fill(check, with_backward)
        theme = colours()
        if check.agrees:
            paint_text(self._verdict, theme.agreed)
            text = self.tr("✓ {0}, {1}: the three agree within {2}")
            if with_backward:
                text = self.tr("✓ {0}, {1}: the four agree within {2}")
            self._verdict.setText(text.format(where, check.precision, f"{check.tolerance:.1e}") + _reason_words(check))
        elif check.is_blunt:
            paint_text(self._verdict, theme.text)
            text = self.tr("△ {0}, {1}: nothing is judged here")
            self._verdict.setText(text.format(where, check.precision) + _reason_words(check))
        elif check.reason is not None and check.closed_form_holds and self._has_numbers(check):
            paint_text(self._verdict, theme.text)
            text = self.tr("△ {0}, {1}: they part by {2}, and must")
            largest = max(d for row in check.rows if not math.isnan(d := row.largest_difference))
            self._verdict.setText(text.format(where, check.precision, f"{largest:.1e}") + _reason_words(check))
        else:
            paint_text(self._verdict, theme.refused_text)
            self._verdict.setText(self._where_they_part(check, where))

    def show_nothing(self) -> None:
        """There is nothing to check any more."""
        self._verdict.clear()
        self._size(0, with_backward=False)

    def _fill(self, check: GradientCheck, with_backward: bool) -> None:
        digits = 9 if len(check.rows) <= 2 else 6  # as many as there is room for; the tip has all
        # of many columns some are scrolled to: no number is cut off
        is_wide = len(check.rows) > FEW_COLUMNS and not self._goes_down
        narrowest = self.fontMetrics().horizontalAdvance(WIDEST_NUMBER) if is_wide else 0
        self._table.horizontalHeader().setMinimumSectionSize(narrowest)
        self._size(len(check.rows), with_backward)
        for part, row in enumerate(check.rows):
            second = (row.backward,) if with_backward else ()
            numbers = (row.closed_form, row.autograd, *second, row.finite_difference, row.largest_difference)
            for judge, number in enumerate(numbers):
                # a difference is read for its size, the others digit by digit against each other
                is_difference = judge == len(numbers) - 1
                text = "—" if number is None else f"{number:.1e}" if is_difference else f"{number:.{digits}g}"
                if self._goes_down and number is not None:
                    text = _short(number, 1 if is_difference else 2)
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip("" if number is None else repr(number))
                self._table.setItem(*((part, judge) if self._goes_down else (judge, part)), item)
            title = QTableWidgetItem(row.name.rpartition("/")[2] if self._goes_down else row.name)
            title.setToolTip(row.name)
            if self._goes_down:
                self._table.setVerticalHeaderItem(part, title)
            else:
                self._table.setHorizontalHeaderItem(part, title)
        if self._goes_down:
            self._fit_columns()

    def _size(self, parts: int, with_backward: bool) -> None:
        """So many parts, and the names of the judges."""
        second = ["backward()"] if with_backward else []
        names = [self.tr("closed form"), self.tr("autograd"), *second, self.tr("finite diff."), self.tr("difference")]
        table = self._table
        if self._goes_down:
            table.setRowCount(parts)
            table.setColumnCount(len(names))
            table.setHorizontalHeaderLabels([name.replace(" ", "\n") for name in names])
        else:
            table.setRowCount(len(names))
            table.setColumnCount(parts)
            table.setVerticalHeaderLabels(names)

    def _fit_columns(self) -> None:
        """As wide as what is in them; what room is left is the last one's."""
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(1)
        header.setStretchLastSection(True)

    @staticmethod
    def _has_numbers(check: GradientCheck) -> bool:
        """False where f itself has no value: there is nothing that could hold."""
        known = [number for row in check.rows[:1] for number in (row.closed_form, row.autograd) if number is not None]
        return all(map(math.isfinite, known)) and not all(math.isnan(row.largest_difference) for row in check.rows)

    def _where_they_part(self, check: GradientCheck, where: str) -> str:
        parts = [row for row in check.rows if not row.largest_difference <= check.allowed(row)]
        if any(math.isnan(row.largest_difference) for row in parts):
            if check.reason is not None:
                return self.tr("✗ {0}, {1}: no number to compare").format(where, check.precision) + _reason_words(check)
            return self.tr("✗ {0}, {1}: not finite here; the numbers overflow").format(where, check.precision)
        worst = max(parts, key=lambda row: row.largest_difference / check.allowed(row))
        text = self.tr("✗ {0}, {1}: {2} differs by {3}, more than the {4} that rounding explains")
        return text.format(
            where, check.precision, worst.name, f"{worst.largest_difference:.1e}", f"{check.allowed(worst):.1e}"
        )


def _short(number: float, decimals: int) -> str:
    """A number in at most eight letters, so that four columns have room in a panel."""
    if number == 0.0 or PLAIN_FROM <= abs(number) < PLAIN_BELOW:
        return f"{number:.{decimals + 2}g}"
    return f"{number:.{decimals}e}".replace("e-0", "e-").replace("e+0", "e")


def reason_in_words(reason: Reason) -> str:
    """Why judges part, in the language of the program."""
    template, arguments = reason
    numbers = iter(told_apart([each for each in arguments if not isinstance(each, str)]))
    words = [each if isinstance(each, str) else next(numbers) for each in arguments]
    return QCoreApplication.translate("Check", template).format(*words)


def _reason_words(check: GradientCheck) -> str:
    return "" if check.reason is None else f" ({reason_in_words(check.reason)})"
