"""The drawing of a graph and the rows of its paths: nothing is covered, cut off or left out."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QLabel, QListWidget
from pytestqt.qtbot import QtBot

from gradviz.core.chain_picture import LINE
from gradviz.core.chain_presets import CHAIN_PRESETS
from gradviz.views.chain_rule.graph_items import shortest_that_fits
from gradviz.views.chain_rule.graph_marks import FAR
from gradviz.views.chain_rule.tab import ChainRuleTab
from tests.conftest import WAIT_MS
from tests.views.chain_rule.test_tab import choose, edge_items, type_lines
from tests.views.hands import child


def test_no_edge_runs_through_the_label_of_another(tab: ChainRuleTab) -> None:
    choose(tab, "preset", "himmelblau")
    edges = edge_items(tab)
    assert min(edge.label.zValue() for edge in edges) > max(edge.zValue() for edge in edges)
    [label] = [edge for edge in edges if edge.toolTip().startswith("y → a")]
    box = QRectF(0, 0, 10, 14)
    box.moveCenter(label.middle)
    others = [edge for edge in edges if edge is not label and edge.path.intersects(box)]
    assert not others


def test_the_tip_of_an_edge_has_all_of_its_derivative(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "y = where(x > 0, x^2*sin(x), max(x, w))", qtbot)
    [tip] = [edge.toolTip() for edge in edge_items(tab) if edge.toolTip().startswith("x → y\n")]
    assert tip.startswith("x → y\n∂y/∂x = ")
    assert "…" not in tip


def test_a_number_with_a_power_of_ten_keeps_it_where_there_is_little_room() -> None:
    image = QImage(200, 50, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    number = "−9.139·10⁻⁵"
    width = painter.fontMetrics().horizontalAdvance
    assert shortest_that_fits(painter, number, width(number)) == number
    assert shortest_that_fits(painter, number, width("−9.1·10⁻⁵") + 1) == "−9.1·10⁻⁵"
    painter.end()


def test_a_path_is_written_in_full_in_as_many_lines_as_it_takes(tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "detail", "operations")
    choose(tab, "preset", "softmax")
    rows = child(tab, QListWidget, "chain_rule.paths")
    qtbot.waitUntil(lambda: rows.count() == 2 and rows.isVisible(), timeout=WAIT_MS)
    metrics = rows.fontMetrics()
    for row in range(rows.count()):
        place = rows.visualItemRect(rows.item(row))
        words = metrics.boundingRect(
            QRect(0, 0, place.width() - 6, 999), Qt.TextFlag.TextWordWrap, rows.item(row).text()
        )
        assert metrics.lineSpacing() < words.height() <= place.height()
        assert words.width() <= place.width()


@pytest.mark.parametrize("lines", [2, 12, 24])
def test_all_of_a_long_program_fits(lines: int, tab: ChainRuleTab, qtbot: QtBot) -> None:
    text = "\n".join(["y1 = sin(cos(x))"] + [f"y{n} = sin(cos(tanh(y{n - 1})))" for n in range(2, lines + 1)])
    choose(tab, "detail", "operations")
    tab.take_text(text)
    qtbot.waitUntil(lambda: tab.workings.drawn_text == text, timeout=WAIT_MS)
    view, picture = tab.drawing.graph, tab.workings.picture
    assert picture is not None
    view.fit()
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(QRectF(0, 0, picture.layout.width, picture.layout.height + LINE))


def test_a_long_graph_is_laid_out_for_its_panel_and_keeps_where_one_stands(tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "preset", "himmelblau")
    choose(tab, "detail", "operations")
    view = tab.drawing.graph
    qtbot.waitUntil(lambda: view.picture.layout.bands == 2, timeout=WAIT_MS)
    assert view.scale_now > FAR  # it reads without large type
    tab.step_back()
    tab.step_back()
    position, text = tab.position, tab.drawing.phases.findChild(QLabel).text()
    tab.window().resize(1900, 600)  # wide enough for one band
    qtbot.waitUntil(lambda: view.picture.layout.bands == 1, timeout=WAIT_MS)
    assert (tab.position, tab.drawing.phases.findChild(QLabel).text()) == (position, text)
    assert view.picture is tab.workings.picture


def test_no_formula_is_cut_off_in_its_box(tab: ChainRuleTab, qtbot: QtBot) -> None:
    type_lines(tab, "y = where(x > 0, x^2*sin(x), max(x, w))", qtbot)
    picture, looks = tab.drawing.graph.picture, tab.drawing.graph.looks
    small, bold = QFontMetricsF(looks.small), QFontMetricsF(looks.bold)
    for name, (first, *others), size in zip(picture.names, picture.formula_lines, picture.sizes, strict=True):
        assert bold.horizontalAdvance(name) + small.horizontalAdvance(f" = {first}") <= size[0] - 14
        assert all(small.horizontalAdvance(line) <= size[0] - 14 for line in others)
    for lines, size in zip(picture.local_lines, picture.label_sizes, strict=True):
        assert all(small.horizontalAdvance(line) <= size[0] for line in lines)


CASES = "y = where(x > 0, x^2, -x)\nz = max(y, w) + min(y, w)\nq = abs(z) + exp(-z)"


@pytest.mark.parametrize("detail", ["values", "operations"])
@pytest.mark.parametrize("text", [CASES, *(preset.text for preset in CHAIN_PRESETS)])
def test_no_label_lies_over_another(text: str, detail: str, tab: ChainRuleTab, qtbot: QtBot) -> None:
    choose(tab, "detail", detail)
    tab.take_text(text)
    qtbot.waitUntil(lambda: tab.workings.drawn_text == text, timeout=WAIT_MS)
    boxes = [edge.text_box for edge in edge_items(tab) if edge.texts[0] is not None]
    for one, other in itertools.combinations(boxes, 2):
        assert not one.intersects(other), (one, other)


def test_the_products_that_meet_lie_apart(tab: ChainRuleTab) -> None:
    choose(tab, "detail", "values")
    choose(tab, "preset", "himmelblau")
    tab.go_to(tab.workings.phases.end, as_stage=True)
    upper, lower = (edge.text_box for edge in edge_items(tab) if edge.texts[2])
    assert not upper.intersects(lower)
