from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import ziamath
from PySide6.QtCore import QByteArray, QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.formula_breaks import latex_in_lines
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.line_data import line_data_of
from gradviz.core.line_loss_formulas import filled_gradient
from gradviz.core.line_loss_formulas import filled_loss as filled_line_loss
from gradviz.core.softmax import SoftmaxSetup, softmax
from gradviz.core.softmax_formulas import (
    filled_cell,
    filled_loss,
    filled_loss_gradient,
    filled_ratio,
    filled_weighted_error,
)
from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_label import INDENT, FormulaLabel, Typeset, em_in, is_in_reach, typeset, typeset_lines
from tests.conftest import WAIT_MS

MALFORMED = (r"\frac{", r"\begin{pmatrix} 1 \\", "x^", r"\left( x", "a & b", "{", "")
WIDEST_FORMULA = 340  # pixels as set: the panel is 280 wide, and letters a fifth smaller still read well
GOOD = r"\frac{\partial f}{\partial x} = \frac{1}{2}"


@pytest.fixture
def typesetter() -> Iterator[LatestTask]:
    task = LatestTask(keep_all=True)
    yield task
    task.shutdown()


class LosesRequests(QObject):
    """Keeps requests for a new layout from who it watches, and counts them."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_request = event.type() == QEvent.Type.LayoutRequest
        self.count += is_request
        return is_request


def new_label(qtbot: QtBot, typesetter: LatestTask) -> FormulaLabel:
    label = FormulaLabel(typesetter)
    qtbot.addWidget(label)
    label.resize(300, 60)
    return label


def set_formulas(qtbot: QtBot, typesetter: LatestTask, label: FormulaLabel, *formulas: tuple[str, str]) -> QImage:
    """Sets one formula after the other and waits until all are typeset; the label's picture right after the last."""
    last = Typeset(("the last task",), None)
    with qtbot.waitSignal(typesetter.done, timeout=WAIT_MS, check_params_cb=lambda result: result is last):
        for latex, plain in formulas:
            label.set_formula(latex, plain)
        typesetter.submit(lambda: last)
        return picture(label)


def picture(label: FormulaLabel) -> QImage:
    return label.grab().toImage()


def rows_with_ink(image: QImage) -> int:
    ground = image.pixel(0, 0)
    return sum(any(image.pixel(x, y) != ground for x in range(image.width())) for y in range(image.height()))


@pytest.mark.parametrize("entry", LANDSCAPES, ids=lambda entry: entry.key)
def test_the_formulas_of_every_landscape_can_be_typeset(entry: object) -> None:
    formula = typeset(entry.latex, "#000000", 15.0)
    assert formula is not None
    assert QSvgRenderer(QByteArray(formula)).defaultSize().width() <= WIDEST_FORMULA
    if entry.gradient_latex:
        assert typeset(entry.gradient_latex, "#000000", 15.0) is not None


@pytest.mark.parametrize("latex", MALFORMED)
def test_malformed_latex_gives_no_picture_and_no_error(latex: str) -> None:
    assert typeset(latex, "#000000", 15.0) is None


def test_two_threads_never_typeset_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    both_inside = threading.Barrier(2)
    set_alone = ziamath.Math.fromlatex
    met = []

    def meet(*arguments: object, **options: object) -> object:
        try:
            both_inside.wait(timeout=0.3)
            met.append(True)
        except threading.BrokenBarrierError:
            both_inside.reset()
        return set_alone(*arguments, **options)

    monkeypatch.setattr(ziamath.Math, "fromlatex", meet)
    with ThreadPoolExecutor(2) as threads:
        pictures = list(threads.map(lambda number: typeset(f"q_{{{number}}}", "#123456", 15.0), (71, 82)))
    assert all(pictures)
    assert not met


@pytest.mark.parametrize("depth", [9, 30, 3000])
def test_a_formula_that_is_nested_too_deep_is_left_as_plain_text_at_once(depth: int) -> None:
    assert typeset(r"\frac{x}{1+" * depth + "y" + "}" * depth, "#000000", 15.0) is None
    assert typeset(r"\left(1+" * depth + "y" + r"\right)" * depth, "#000000", 15.0) is None


def test_depth_is_that_of_groups_in_each_other_not_beside_each_other() -> None:
    assert is_in_reach(r"\frac{x}{y} + " * 50 + r"\left(x\right)" * 20)
    assert not is_in_reach("x + " * 1000)


def test_the_plain_text_stands_there_until_the_formula_is_typeset(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    plain = set_formulas(qtbot, typesetter, label, (GOOD, "df/dx = 1/2"))
    assert rows_with_ink(plain)
    assert picture(label) != plain


def test_a_formula_that_is_typeset_takes_the_room_it_needs(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    set_formulas(qtbot, typesetter, label, (GOOD, "df/dx = 1/2"))
    assert label.sizeHint().height() > label.fontMetrics().height() + 8
    assert label.toolTip() == "df/dx = 1/2"


@pytest.mark.parametrize("latex", MALFORMED)
def test_the_plain_text_stays_where_the_latex_is_malformed(latex: str, qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    plain = set_formulas(qtbot, typesetter, label, (latex, "f = plain words"))
    assert picture(label) == plain
    assert rows_with_ink(plain)


def test_the_latex_is_the_accessible_text(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    set_formulas(qtbot, typesetter, label, (GOOD, "df/dx"))
    assert label.accessibleName() == GOOD


def test_a_formula_that_was_replaced_meanwhile_does_not_come_back(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    plain = set_formulas(qtbot, typesetter, label, (GOOD, "the first"), (r"\frac{", "the second"))
    assert picture(label) == plain


def test_a_formula_is_never_drawn_wider_than_the_widget(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    set_formulas(qtbot, typesetter, label, (" + ".join([GOOD] * 6), "f"))
    natural = label.sizeHint().width()
    label.resize(natural, 60)
    rows = rows_with_ink(picture(label))
    label.resize(natural // 2, 60)
    assert rows_with_ink(picture(label)) == pytest.approx(rows / 2, abs=2)  # scaled, not cut off


def test_a_formula_that_is_typed_keeps_the_one_before_until_it_is_set_itself(
    qtbot: QtBot, typesetter: LatestTask
) -> None:
    label = new_label(qtbot, typesetter)
    set_formulas(qtbot, typesetter, label, (GOOD, "df/dx = 1/2"))
    before = picture(label)
    with qtbot.waitSignal(typesetter.done, timeout=WAIT_MS) as set_:
        label.set_formula_later("x^2", "x^2", 50)
        label.set_formula_later("x^3", "x^3", 50)
        assert label.accessibleName() == "x^3"
        assert picture(label) == before
    assert set_.args[0].lines == ("x^3",)  # only the last one was set
    qtbot.waitUntil(lambda: picture(label) != before, timeout=WAIT_MS)


def test_a_typed_formula_that_cannot_be_set_is_shown_as_plain_text(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    set_formulas(qtbot, typesetter, label, (GOOD, "df/dx = 1/2"))
    with qtbot.waitSignal(typesetter.done, timeout=WAIT_MS):
        label.set_formula_later(r"\frac{", "f = plain words", 1)
    qtbot.waitUntil(lambda: label.sizeHint().height() == label.fontMetrics().height() + 8, timeout=WAIT_MS)


def test_nothing_is_set_after_the_shutdown(qtbot: QtBot, typesetter: LatestTask) -> None:
    label = new_label(qtbot, typesetter)
    with qtbot.assertNotEmitted(typesetter.done, wait=50):
        label.set_formula_later("x^2", "x^2", 10)
        label.shutdown()


def test_a_formula_whose_request_for_room_was_lost_asks_again_when_it_is_painted(
    qtbot: QtBot, typesetter: LatestTask
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    label = FormulaLabel(typesetter)
    layout.addWidget(label)
    layout.addStretch(1)
    page.resize(300, 200)
    page.show()
    lost = LosesRequests()
    page.installEventFilter(lost)
    set_formulas(qtbot, typesetter, label, (GOOD, "plain"))
    qtbot.waitUntil(lambda: lost.count > 0, timeout=WAIT_MS)
    page.removeEventFilter(lost)
    assert label.height() < label.sizeHint().height()
    label.grab()
    qtbot.waitUntil(lambda: label.height() >= label.sizeHint().height(), timeout=WAIT_MS)


@pytest.mark.parametrize("scale", [1e-5, 1e4])
@pytest.mark.parametrize("form", ["mean", "norm"])
def test_whatever_the_numbers_are_a_broken_formula_is_no_wider_than_its_column(form: str, scale: float) -> None:
    points = [(1.2345 * scale * (-1) ** k * (k + 1), -6.789e3 * scale / (k + 1)) for k in range(40)]
    for count in (3, 40):
        data = line_data_of(points[:count])
        assert_fits(filled_line_loss(data, form, 1.2345, -6.789e4), *filled_gradient(data, form, 1.2345, -6.789e4))


@pytest.mark.parametrize("temperature", [1.0, 876.5])
@pytest.mark.parametrize("logits", [(2.0, 1.0, 0.1), (-123456.7, 9999.25, 1.2e-5, 3.4e-7)])
def test_a_broken_formula_of_softmax_is_no_wider_than_its_column(logits: tuple[float, ...], temperature: float) -> None:
    found = softmax(SoftmaxSetup(logits, temperature))
    formulas = [filled_cell(found, 0, 0), filled_cell(found, 1, 2)]
    formulas += [filled_ratio(found.setup, 0, 1), filled_weighted_error(found)]
    formulas += [filled_loss(found, loss) for loss in SOFTMAX_LOSSES]
    formulas += [filled_loss_gradient(found, loss, j) for loss in SOFTMAX_LOSSES for j in range(2)]
    assert_fits(*formulas)


COLUMN, SIZE = 296, 13.0  # pixels of the panels at the right, with their margins off, and of their type


def assert_fits(*formulas: str) -> None:
    for latex in formulas:
        svg = typeset_lines(latex_in_lines(latex, em_in(COLUMN - INDENT * SIZE, SIZE)), "#000000", SIZE)
        assert svg is not None, latex
        assert QSvgRenderer(QByteArray(svg)).defaultSize().width() <= COLUMN, latex


def test_where_there_is_less_room_a_formula_goes_on_in_another_line_and_keeps_its_size(
    qtbot: QtBot, typesetter: LatestTask
) -> None:
    label = FormulaLabel(typesetter, breaks=True)
    qtbot.addWidget(label)
    label.resize(600, 60)
    set_formulas(qtbot, typesetter, label, (" = ".join(["x + y"] * 6), "plain"))
    qtbot.waitUntil(lambda: label.sizeHint().width() > 300, timeout=WAIT_MS)
    one_line = label.sizeHint().height()
    label.resize(200, 60)
    label.show()
    qtbot.waitUntil(lambda: label.sizeHint().height() > 1.8 * one_line, timeout=WAIT_MS)
    assert label.sizeHint().width() <= 200
    assert label.accessibleName().count("=") == 5


def test_lines_stand_below_each_other_and_a_malformed_one_spoils_the_formula() -> None:
    one = QSvgRenderer(QByteArray(typeset("x = 1", "#000000", 15.0))).defaultSize()
    renderer = QSvgRenderer(QByteArray(typeset_lines(("x = 1", "x = 1"), "#000000", 15.0)))
    assert renderer.isValid()
    assert renderer.defaultSize().height() >= 2 * one.height()
    assert renderer.defaultSize().width() > one.width()
    assert typeset_lines(("x = 1", r"\frac{"), "#000000", 15.0) is None
