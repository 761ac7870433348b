"""The line, the forms of the loss, the check, the bench: judged by torch."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTabWidget,
    QTextBrowser,
)
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.core.autograd_bench import BenchSwitches
from gradviz.core.autograd_cases import BENCH_CASES
from gradviz.core.line_data import LineData
from gradviz.core.line_data_text import read_points_file
from gradviz.core.line_setup import LARGEST, LineSetup
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.loss.tab import LossTab
from tests.conftest import WAIT_MS
from tests.core.test_activation_script import printed
from tests.views.hands import LEFT, child, click, drag, pixel, write
from tests.views.loss.judge import ROWS, assert_all_is_torchs, form_texts, preset, shown_forms, torch_loss

NUMBER = st.floats(-1e3, 1e3, allow_nan=False)


def test_w_and_b_are_typed_and_everything_follows(tab: LossTab) -> None:
    child(tab, QDoubleSpinBox, "loss.w").setValue(1.25)
    child(tab, QDoubleSpinBox, "loss.b").setValue(-0.5)
    assert (tab.setup.w, tab.setup.b) == (1.25, -0.5)
    assert_all_is_torchs(tab)
    slider = child(tab, QSlider, "loss.w_slider")
    assert slider.value() / slider.maximum() == pytest.approx(
        (1.25 - tab.display.box.left) / tab.display.box.width, abs=0.01
    )


def test_a_slider_sets_the_line(tab: LossTab) -> None:
    slider = child(tab, QSlider, "loss.b_slider")
    slider.setValue(slider.maximum() // 4)
    assert tab.setup.b == pytest.approx(tab.display.box.bottom + tab.display.box.height / 4, rel=0.01, abs=0.05)
    assert child(tab, QDoubleSpinBox, "loss.b").value() == tab.setup.b
    assert_all_is_torchs(tab)


def test_a_click_on_the_map_sets_the_line_and_the_marker_can_be_dragged(tab: LossTab, qtbot: QtBot) -> None:
    click(qtbot, tab.map, 3.0, -1.0)
    assert tab.setup.w == pytest.approx(3.0, abs=0.1)
    assert tab.setup.b == pytest.approx(-1.0, abs=0.1)
    drag(qtbot, tab.map, pixel(tab.map, 3.0, -1.0), pixel(tab.map, 1.0, 2.0))
    assert tab.setup.w == pytest.approx(1.0, abs=0.1)
    assert tab.setup.b == pytest.approx(2.0, abs=0.1)
    assert_all_is_torchs(tab)


def test_the_arrow_points_along_minus_the_gradient(tab: LossTab) -> None:
    tab._on_line_set(0.25, 3.5)
    _, gw, gb = torch_loss(tab, "mean")
    end = tab.map.arrow_end()
    assert end is not None
    step = np.array([end[0] - 0.25, end[1] - 3.5])
    cosine = step @ np.array([-gw, -gb]) / np.linalg.norm(step) / np.hypot(gw, gb)
    assert cosine == pytest.approx(1.0, abs=1e-9)


def test_the_arrow_shrinks_on_the_way_down_and_is_gone_at_the_minimum(tab: LossTab) -> None:
    x, y = tab.setup.data.columns()
    best_w, best_b = np.polyfit(x, y, 1)
    lengths = []
    for share in (1.0, 0.25, 0.01, 1e-12):
        tab._on_line_set(best_w + 3.0 * share, best_b + 2.0 * share)
        end = tab.map.arrow_end()
        lengths.append(0.0 if end is None else np.hypot(end[0] - tab.setup.w, end[1] - tab.setup.b))
    assert lengths[1] == pytest.approx(lengths[0] / 2, rel=1e-6)  # the root of a gradient that is linear in the way
    assert lengths[1] > lengths[2] > 0.0
    assert lengths[3] == 0.0


def test_no_number_of_the_forms_is_cut_off(tab: LossTab) -> None:
    forms = tab.reading_panel.forms
    tab._on_line_set(-1.2345678e-7, 1.2345678e9)
    for width in (60, 80, 120):
        forms.horizontalHeader().setSectionResizeMode(forms.horizontalHeader().ResizeMode.Fixed)
        for column in range(1, 4):
            forms.setColumnWidth(column, width)
        texts = [forms.item(row, column).text() for row in range(4) for column in range(1, 4)]
        assert all(forms.fontMetrics().horizontalAdvance(text) <= width - 8 for text in texts)


def test_the_star_is_the_minimum_of_torchs_least_squares(tab: LossTab) -> None:
    x, y = (torch.tensor(column, dtype=torch.float64) for column in (tab.setup.data.x, tab.setup.data.y))
    best = torch.linalg.lstsq(torch.stack([x, torch.ones_like(x)], 1), y.unsqueeze(1)).solution.squeeze().tolist()
    [star] = tab.map._minima._stars.points()
    assert [star.pos().x(), star.pos().y()] == pytest.approx(best, rel=1e-9)
    line = tab.plot._drawn_best.line()
    assert line.dy() / line.dx() == pytest.approx(best[0], rel=1e-6)


def test_the_loss_is_norm_squared_and_not_norm(tab: LossTab) -> None:
    forms = shown_forms(tab)
    assert forms["squared_norm"] == forms["sum"]
    assert forms["norm"][0] ** 2 == pytest.approx(forms["sum"][0], rel=1e-3)
    assert forms["norm"][0] != pytest.approx(forms["sum"][0], rel=0.1)


@pytest.mark.parametrize("row", range(4))
def test_a_row_chooses_the_form_that_map_formula_and_check_look_at(row: int, tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "loss.pages").setCurrentIndex(1)
    child(tab, QTableWidget, "loss.forms").setCurrentCell((row + 1) % 4, 0)
    child(tab, QTableWidget, "loss.forms").setCurrentCell(row, 0)
    form = ROWS[row]
    assert tab.setup.form == form
    value, gw, gb = torch_loss(tab, form)
    table = child(tab, QTableWidget, "loss.check.table")

    def checked() -> list[list[float]]:
        assert table.columnCount() == 2
        return [[float(table.item(line, column).text()) for column in (0, 1)] for line in range(4)]

    qtbot.waitUntil(lambda: checked()[0] == pytest.approx([gw, gb], rel=1e-6), timeout=WAIT_MS)
    for line, rel in enumerate((1e-8, 1e-8, 1e-8, 1e-5)):  # closed form, autograd, backward(), differences
        assert checked()[line] == pytest.approx([gw, gb], rel=rel)
    assert table.verticalHeaderItem(2).text() == "backward()"
    assert "the four agree" in child(tab, QLabel, "loss.check.verdict").text()
    landscape = tab.map._landscape
    assert landscape is not None
    assert float(landscape.function(tab.setup.w, tab.setup.b)) == pytest.approx(value, rel=1e-12)


@settings(max_examples=25)
@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=12), NUMBER, NUMBER)
def test_any_points_and_any_line_are_shown_as_torch_has_them(
    points: list[tuple[float, float]], w: float, b: float
) -> None:
    from gradviz.core.line_data import line_data_of
    from gradviz.core.line_loss import read_loss
    from gradviz.views.loss.forms_table import FormsTable

    data = line_data_of(points)
    x, y = (torch.tensor(column, dtype=torch.float64) for column in (data.x, data.y))
    truth = torch.nn.functional.mse_loss(x * w + b, y).item()
    table = FormsTable()
    table.show_losses(data, read_loss(data, w, b), w, b)
    assert float(table.item(0, 1).text()) == pytest.approx(truth, rel=1e-4, abs=1e-300)
    table.deleteLater()


def test_the_formula_says_the_numbers_that_torch_has(tab: LossTab, qtbot: QtBot) -> None:
    preset(tab, "course")
    label = child(tab, FormulaLabel, "loss.filled.w")
    qtbot.waitUntil(lambda: label.accessibleName().endswith("= 2"), timeout=WAIT_MS)
    assert torch_loss(tab, "mean") == (1.0, 2.0, 2.0)
    assert shown_forms(tab)["mean"] == [1.0, 2.0, 2.0]


def test_what_is_out_of_range_is_refused_at_its_field(tab: LossTab, qtbot: QtBot) -> None:
    field = child(tab, QDoubleSpinBox, "loss.w")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "2e6")
    assert "out of range" in child(tab, QLabel, "loss.line_problem").text()
    assert tab.setup.w == 0.0
    field.selectAll()
    QTest.keyClicks(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert tab.setup.w == 2.0


@pytest.mark.parametrize(("w", "b"), [(2e6, 0.0), (0.0, -1e300), (math.nan, 0.0)])
def test_a_line_that_is_asked_for_beyond_all_lines_is_refused_in_words(w: float, b: float, tab: LossTab) -> None:
    tab._on_line_set(1.0, 2.0)
    tab.map._start.setPos(w, b)  # as a drag does, which tells of it
    assert (tab.setup.w, tab.setup.b) == (1.0, 2.0)
    assert tuple(tab.map._start.pos()) == (1.0, 2.0)
    assert "it must lie between -1e+06 and 1e+06" in child(tab, QLabel, "loss.line_problem").text()
    tab._on_line_set(1.5, 2.0)
    assert child(tab, QLabel, "loss.line_problem").isHidden()


def test_the_map_shows_no_lines_that_can_not_be_set(tab: LossTab) -> None:
    tab.show_whole_setup(LineSetup(LineData((1e-9, 2e-9, 3e-9), (1.0, 2.0, 4.0)), 0.5, 0.5))
    box = tab.display.box
    assert (box.left, box.right) == (-LARGEST, LARGEST)
    assert -LARGEST <= box.bottom < 0.5 < box.top <= LARGEST
    assert_all_is_torchs(tab)


def test_where_every_residual_is_0_the_norm_has_no_gradient_and_the_tab_says_so(tab: LossTab) -> None:
    tab.show_whole_setup(LineSetup(LineData((0.0, 1.0), (1.0, 3.0)), 2.0, 1.0, "norm"))
    texts = form_texts(tab)
    assert texts["norm"] == ["0", "—", "—"]
    assert texts["mean"] == ["0", "0", "0"] or texts["mean"] == ["0", "-0", "-0"]
    said = child(tab, QLabel, "loss.no_gradient")
    assert not said.isHidden()
    assert "kink" in said.text()
    assert child(tab, FormulaLabel, "loss.filled.w").isHidden()
    assert "kink" in tab.map.accessibleDescription()
    tab._on_line_set(2.0, 2.0)
    assert said.isHidden()
    assert not child(tab, FormulaLabel, "loss.filled.w").isHidden()
    assert_all_is_torchs(tab)


def test_a_verdict_goes_with_the_points_it_was_about(tab: LossTab, qtbot: QtBot) -> None:
    child(tab, QTabWidget, "loss.pages").setCurrentIndex(1)
    verdict = child(tab, QLabel, "loss.check.verdict")
    qtbot.waitUntil(lambda: "the four agree" in verdict.text(), timeout=WAIT_MS)
    tab.panel.points.clear_asked.emit()
    assert verdict.text() == ""
    assert child(tab, QTableWidget, "loss.check.table").columnCount() == 0
    tab.points.undo()
    qtbot.waitUntil(lambda: "the four agree" in verdict.text(), timeout=WAIT_MS)


@pytest.mark.parametrize(
    ("name", "kind", "label", "words"),
    [
        ("loss.bench.w", QDoubleSpinBox, "loss.bench.problem", "w is not a number; allowed: -1000000 to 1000000"),
        ("loss.recipe.noise", QDoubleSpinBox, "loss.recipe_problem", "noise σ is not a number; allowed: 0 to 1000000"),
        ("loss.recipe.count", QSpinBox, "loss.recipe_problem", "points is not a number; allowed: 1 to 10,000"),
        ("loss.batch_size", QSpinBox, "loss.descent_problem", "batch size is not a number; allowed: 1 to 10,000"),
    ],
)
def test_every_refused_text_has_its_reason_under_it(
    name: str, kind: type, label: str, words: str, tab: LossTab, qtbot: QtBot
) -> None:
    field, reason = child(tab, kind, name), child(tab, QLabel, label)
    field.setEnabled(True)
    write(qtbot, field, "much")
    assert (reason.isHidden(), reason.text()) == (False, words)
    write(qtbot, field, "7")
    assert reason.isHidden()


# -- the bench


def bench_text(tab: LossTab) -> str:
    return child(tab, QTextBrowser, "loss.bench.output").toPlainText()


def has_run(tab: LossTab, lines: Sequence[str]) -> bool:
    return [result.source for result in tab.reading_panel.bench.results] == list(lines)


def test_the_bench_shows_what_each_line_gives_in_torchs_own_words(tab: LossTab, qtbot: QtBot) -> None:
    for case in BENCH_CASES:
        tab.reading_panel.pages.setCurrentIndex(2)
        combo = child(tab, QComboBox, "loss.bench.case")
        combo.setCurrentIndex(combo.findData(case.key))
        lines = tab.reading_panel.bench.lines
        qtbot.waitUntil(partial(has_run, tab, lines), timeout=WAIT_MS)
        scope: dict[str, object] = {}
        for line in lines:  # torch is asked again, here and now
            try:
                exec(line, scope)
            except Exception as error:  # noqa: BLE001  # whatever torch raises is what shall be read
                first = str(error).splitlines()[0]
                assert first in bench_text(tab).replace("\n", " ") or first in bench_text(tab)
        assert bench_text(tab)


def test_the_courses_sample_gives_2(tab: LossTab, qtbot: QtBot) -> None:
    tab.reading_panel.pages.setCurrentIndex(2)
    qtbot.waitUntil(lambda: "(tensor([2.]),)" in bench_text(tab), timeout=WAIT_MS)


def test_the_switches_make_other_lines_and_find_their_case(tab: LossTab, qtbot: QtBot) -> None:
    tab.reading_panel.pages.setCurrentIndex(2)
    combo = child(tab, QComboBox, "loss.bench.requires")
    combo.setCurrentIndex(combo.findData("no"))
    assert child(tab, QComboBox, "loss.bench.case").currentData() == "no_gradient"
    qtbot.waitUntil(lambda: "does not require grad" in bench_text(tab), timeout=WAIT_MS)
    combo.setCurrentIndex(combo.findData("at_start"))
    child(tab, QCheckBox, "loss.bench.twice").click()
    child(tab, QCheckBox, "loss.bench.new_graph").click()
    assert child(tab, QComboBox, "loss.bench.case").currentData() == "own"
    qtbot.waitUntil(lambda: bench_text(tab).count("(tensor([2.]),)") == 2, timeout=WAIT_MS)


def test_other_numbers_give_another_gradient(tab: LossTab, qtbot: QtBot) -> None:
    tab.reading_panel.pages.setCurrentIndex(2)
    child(tab, QDoubleSpinBox, "loss.bench.x").setValue(3.0)
    qtbot.waitUntil(lambda: "(tensor([30.]),)" in bench_text(tab), timeout=WAIT_MS)  # 2·3·(3·2 − 1)


def test_the_line_that_failed_is_marked_and_the_bench_has_the_room_to_show_it(tab: LossTab, qtbot: QtBot) -> None:
    tab.reading_panel.pages.setCurrentIndex(2)
    assert not tab.reading_panel.curve.isVisible()
    combo = child(tab, QComboBox, "loss.bench.case")
    combo.setCurrentIndex(combo.findData("backward_twice"))
    qtbot.waitUntil(lambda: "second time" in bench_text(tab), timeout=WAIT_MS)
    output = child(tab, QTextBrowser, "loss.bench.output")
    assert "background-color" in output.toHtml()
    # however large the letters are: the line and all that torch says of it are seen together
    [failed] = [result for result in tab.reading_panel.bench.results if result.failed]
    document, backwards = output.document(), QTextDocument.FindFlag.FindBackward
    error = document.find(failed.error)
    last_word = document.find(failed.shown.split()[-1], document.characterCount() - 1, backwards)
    for place in (QTextCursor(error.block().previous()), error, last_word):
        assert output.viewport().rect().contains(output.cursorRect(place)), place.block().text()
    tab.reading_panel.pages.setCurrentIndex(0)
    assert tab.reading_panel.curve.isVisible()


def test_the_room_of_the_curve_comes_back_after_a_session_on_the_bench(tab: LossTab, another_tab: LossTab) -> None:
    tab.reading_panel.splitter.setSizes([300, 250])
    sizes = tab.reading_panel.kept_sizes()
    tab.reading_panel.pages.setCurrentIndex(2)
    assert tab.reading_panel.kept_sizes() == sizes
    assert another_tab.restore(json.loads(json.dumps(tab.state()))) == []
    assert another_tab.state()["reading_splitter"] == sizes
    tab.reading_panel.pages.setCurrentIndex(0)
    assert tab.reading_panel.kept_sizes() == sizes


def test_own_switches_begin_without_any_and_a_case_without_switches_says_so(tab: LossTab) -> None:
    combo = child(tab, QComboBox, "loss.bench.case")
    combo.setCurrentIndex(combo.findData("no_zero_grad"))
    combo.setCurrentIndex(combo.findData("own"))
    assert tab.reading_panel.bench.switches == BenchSwitches()
    combo.setCurrentIndex(combo.findData("not_a_scalar"))
    assert "no switches" in child(tab, QLabel, "loss.bench.shows").text()
    assert not child(tab, QDoubleSpinBox, "loss.bench.x").isEnabled()  # it stands in none of its lines
    assert child(tab, QDoubleSpinBox, "loss.bench.w").isEnabled()


# -- sessions and files


def test_what_state_gives_restore_takes(tab: LossTab, another_tab: LossTab) -> None:
    preset(tab, "outliers")
    tab._on_line_set(1.5, -0.25)
    child(tab, QTableWidget, "loss.forms").setCurrentCell(3, 0)
    tab.panel.descent.restore({"batch": "some", "size": 4, "optimizer": "adam", "steps": 77})
    tab.reading_panel.pages.setCurrentIndex(2)
    child(tab, QCheckBox, "loss.bench.twice").click()
    state = json.loads(json.dumps(tab.state()))
    assert another_tab.restore(state) == []
    again = json.loads(json.dumps(another_tab.state()))
    for seen_only in ("view",):  # of a widget that has never been laid out
        again.pop(seen_only)
        state.pop(seen_only)
    assert again == state
    assert another_tab.setup == tab.setup


def test_a_spoilt_part_is_told_and_the_rest_stays(another_tab: LossTab) -> None:
    for state in (
        {"setup": {"data": 3}},
        {"setup": {"w": 1e9}},
        {"setup": {"form": "cubes"}},
        {"setup": {"data": {"x": [1], "y": []}}},
        {"setup": {"data": {"x": [1], "y": [1]}}, "box": [1, 2]},
        {"recipe": {"count": -1}},
        {"descent": {"optimizer": "none"}},
        {"descent": {"batch": "half"}},
        {"descent": {"steps": 0}},
        {"precision": "float8"},
        {"axis": "time"},
        {"bench": {"case": "none"}},
        {"bench": {"numbers": {"x": 1e99}}},
        {"recording": {}},
        {"splitter": ["wide"]},
        [],
    ):
        assert len(another_tab.restore(state)) == 1, state


def test_the_script_prints_what_is_shown(tab: LossTab, qtbot: QtBot) -> None:
    tab._on_line_set(0.5, 1.0)
    qtbot.mouseClick(child(tab, QPushButton, "loss.copy_code"), LEFT)
    lines = printed(QGuiApplication.clipboard().text())
    value, gw, gb = torch_loss(tab, "mean")
    assert float(lines[0].rpartition(": ")[2]) == pytest.approx(value, rel=1e-8)
    autograd = next(line for line in lines if line.startswith("autograd.grad"))
    assert [float(part) for part in autograd.partition(":")[2].split(",")] == pytest.approx([gw, gb], rel=1e-8)


def test_the_data_are_written_and_can_be_opened_again(tab: LossTab, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.saved, timeout=WAIT_MS):
        tab.export_data(tmp_path / "line.csv")
    found = read_points_file(tmp_path / "line.csv")
    assert found.data == tab.setup.data
    tab.export_data(tmp_path / "nowhere" / "line.csv")
    qtbot.waitUntil(tab.banner.isVisible, timeout=WAIT_MS)
    assert "line.csv can't be written" in tab.banner.sentence.text()


def test_pictures_and_panels_answer_the_window(tab: LossTab) -> None:
    assert list(tab.pictures()) == ["Points and line", "Map of the loss", "Loss along the descent"]
    tab.fold("left")
    assert tab.folded() == ["left"]
    tab.fold("left")
    assert tab.folded() == []


def test_points_of_one_x_have_no_single_minimum_and_say_so(tab: LossTab) -> None:
    tab.show_whole_setup(LineSetup(LineData((2.0, 2.0, 2.0), (1.0, 2.0, 4.0)), 0.5, 0.5))
    assert tab.map._minima._stars.points().size == 0
    assert [name for name, _ in tab.plot.legend.rows] == ["y = xw + b"]
    assert_all_is_torchs(tab)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_in_a_small_window_the_hint_is_read_to_its_end(language: str, tab: LossTab, qtbot: QtBot) -> None:
    window = tab.window()
    assert isinstance(window, MainWindow)
    window.resize(1024, 700)
    window.choose_language(language)
    now = window.current_tab
    assert isinstance(now, LossTab)
    hint, plane = child(now, QLabel, "loss.plot_hint"), now.plot.getPlotItem().getViewBox()

    def is_whole() -> bool:
        room, place = plane.sceneBoundingRect(), hint.geometry()
        is_inside = room.left() - 1 <= place.left() and place.right() <= room.right() + 1
        return is_inside and hint.sizeHint().width() <= hint.width()

    qtbot.waitUntil(is_whole, timeout=WAIT_MS)
    assert window.width() == 1024


def test_what_is_said_on_the_map_stays_in_its_middle_beside_a_wide_colour_bar(tab: LossTab, qtbot: QtBot) -> None:
    data = LineData((-3e4, 1e4, 3e4), (-5e4, 2e4, 7e4))
    tab.show_whole_setup(LineSetup(data, 1.0, 0.0))
    hint, plane = child(tab, QLabel, "loss.hint"), tab.map.getPlotItem().getViewBox()
    tab.map.show_hint(True)

    def is_in_the_middle() -> bool:
        return abs(hint.geometry().center().x() - plane.sceneBoundingRect().center().x()) <= 2

    axis = tab.map._relief._bar._axis
    qtbot.waitUntil(lambda: axis.width() > 48 and is_in_the_middle(), timeout=WAIT_MS)
