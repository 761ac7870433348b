from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from gradviz.core.endings import Ending, EndingKind, Overflow
from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.recording import Recording
from gradviz.views.descent.picture_panel import PicturePanel
from tests.views.descent.recordings import race_of
from tests.views.hands import LEFT, child, hover, pixel, show_window, skip_without_open_gl

HIMMELBLAU = LANDSCAPES[0]
OVERFLOW = Overflow(3, "f", math.inf, -4.0, 0.0)
DIVERGED = Ending(EndingKind.DIVERGED, 3, overflow=OVERFLOW, learning_rate=0.02)


def torch_only(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Made of what only tensors take."""
    return torch.sin(x) + torch.cos(y)


TORCH_ONLY = replace(HIMMELBLAU, function=torch_only, gradient=None, operators_only=False, logarithmic=False)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[PicturePanel]:
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = PicturePanel()
    window.setCentralWidget(panel)
    window.resize(600, 600)
    panel.set_landscape(HIMMELBLAU)
    show_window(qtbot, window)
    yield panel
    panel.shutdown()


def ended(*endings: Ending) -> Recording:
    """A recording whose lanes, called «lane 0» and so on, ended so."""
    recording = race_of(*([(-4.0, 0.0), (-3.0, 1.0)] for _ in endings))
    for number, (lane, ending) in enumerate(zip(recording.lanes, endings, strict=True)):
        recording.rename(number, f"lane {number}")
        lane.ending = ending
    return recording


def readout(panel: PicturePanel) -> str:
    return child(panel, QLabel, "descent.readout").text()


def numbers_of(text: str) -> list[float]:
    for mark in "xyf∇(),":
        text = text.replace(mark, " ")
    return [float(word) for word in text.split()]


@pytest.mark.parametrize("entry", [*LANDSCAPES, TORCH_ONLY], ids=[*(e.key for e in LANDSCAPES), "torch only"])
def test_the_readout_says_what_the_function_is_under_the_mouse(
    entry: Landscape, panel: PicturePanel, qtbot: QtBot
) -> None:
    panel.set_landscape(entry)
    x, y = entry.box.left + 0.6 * entry.box.width, entry.box.bottom + 0.7 * entry.box.height
    with qtbot.waitSignal(panel.map.hovered) as hovered:
        hover(panel.map, pixel(panel.map, x, y))
    at_x, at_y = hovered.args[0]
    assert (at_x, at_y) == pytest.approx((x, y), abs=0.005 * entry.box.width)
    point = torch.tensor([at_x, at_y], dtype=torch.float64, requires_grad=True)
    value = entry.function(*point.unbind())
    gx, gy = torch.autograd.grad(value, point)[0].tolist()
    # as many digits as are shown: 3 decimals for the point, 5 and 4 digits for the others
    shown = numbers_of(readout(panel))
    assert shown[:2] == pytest.approx([at_x, at_y], abs=6e-4)
    assert shown[2:] == pytest.approx([value.item(), gx, gy], rel=6e-4)


def test_without_a_mouse_over_the_map_the_readout_says_what_it_is_for(panel: PicturePanel) -> None:
    panel.map.hovered.emit((1.0, 1.0))
    panel.map.hovered.emit(None)
    assert "Move over the map" in readout(panel)


@pytest.mark.parametrize(("name", "wider"), [("zoom_in", False), ("zoom_out", True)])
def test_the_buttons_zoom(name: str, wider: bool, panel: PicturePanel, qtbot: QtBot) -> None:
    before = panel.map.visible_range().width
    qtbot.mouseClick(child(panel, QAbstractButton, f"descent.{name}"), LEFT)
    assert (panel.map.visible_range().width > before) == wider
    qtbot.mouseClick(child(panel, QAbstractButton, "descent.whole"), LEFT)
    assert panel.map.visible_range().width == pytest.approx(before)


def test_an_ending_is_told_under_the_map(panel: PicturePanel) -> None:
    panel.show_endings(ended(Ending(EndingKind.STEP_LIMIT, 1)))
    assert child(panel, QLabel, "descent.ending").text().startswith("Step limit")
    assert child(panel, QPushButton, "descent.try_rate").isHidden()


def test_the_learning_rate_that_works_is_offered_on_a_button(panel: PicturePanel, qtbot: QtBot) -> None:
    panel.show_endings(ended(DIVERGED))
    button = child(panel, QPushButton, "descent.try_rate")
    assert button.isVisible()
    assert "0.02" in button.text()
    with qtbot.waitSignal(panel.rate_tried) as tried:
        qtbot.mouseClick(button, LEFT)
    assert tried.args == [0.02]
    assert panel.lane_to_mend == 0


def test_the_offer_goes_with_the_next_sentence(panel: PicturePanel) -> None:
    panel.show_endings(ended(DIVERGED))
    panel.say("")
    assert child(panel, QPushButton, "descent.try_rate").isHidden()
    assert child(panel, QLabel, "descent.ending").text() == ""
    assert panel.lane_to_mend is None


def test_the_endings_of_a_race_are_told_by_name(panel: PicturePanel) -> None:
    panel.show_endings(ended(Ending(EndingKind.STEP_LIMIT, 1), DIVERGED, Ending(EndingKind.STEP_LIMIT, 1)))
    told = child(panel, QLabel, "descent.ending").text()
    assert "At the step limit: lane 0, lane 2." in told
    assert "Diverged: lane 1." in told


def test_of_a_race_the_rate_is_offered_for_the_first_that_diverged_and_named(panel: PicturePanel) -> None:
    other = replace(DIVERGED, learning_rate=0.5)
    panel.show_endings(ended(Ending(EndingKind.STEP_LIMIT, 1), DIVERGED, other))
    assert panel.lane_to_mend == 1
    text = child(panel, QPushButton, "descent.try_rate").text()
    assert "0.02" in text
    assert "lane 1" in text


def test_where_no_smaller_rate_works_for_the_first_the_next_ones_is_offered(panel: PicturePanel) -> None:
    panel.show_endings(ended(replace(DIVERGED, learning_rate=None, rates_tried=True), DIVERGED))
    assert panel.lane_to_mend == 1


# -- map, surface or both


def has_surface(panel: PicturePanel) -> bool:
    panel.set_view("surface")
    return not panel.surface.trouble


def test_the_map_is_shown_first_and_open_gl_is_not_asked_for(panel: PicturePanel) -> None:
    assert panel.view == "map"
    assert panel.map.isVisible()
    assert not panel.surface.isVisible()


def test_the_choice_shows_the_map_the_surface_or_both(panel: PicturePanel) -> None:
    choice = child(panel, QComboBox, "descent.view")
    fills = not has_surface(panel)  # without OpenGL the map fills the surface's place
    seen = {}
    for key in ("surface", "both", "map"):
        choice.setCurrentIndex(choice.findData(key))
        seen[key] = (panel.map.isVisible(), panel.surface.isVisible())
    assert seen == {"surface": (fills, True), "both": (True, True), "map": (True, False)}


def test_the_choices_follow_each_other_in_a_ring(panel: PicturePanel) -> None:
    seen = []
    for _ in range(4):
        panel.next_view()
        seen.append(panel.view)
    assert seen == ["surface", "both", "map", "surface"]


def test_the_buttons_zoom_the_surface_where_it_is_alone(panel: PicturePanel, qtbot: QtBot) -> None:
    if not has_surface(panel):
        skip_without_open_gl()
    before = panel.map.visible_range()
    qtbot.mouseClick(child(panel, QAbstractButton, "descent.zoom_in"), LEFT)
    assert panel.surface.state()["distance"] < 1.0
    qtbot.mouseClick(child(panel, QAbstractButton, "descent.whole"), LEFT)
    assert panel.surface.state()["distance"] == 1.0
    assert panel.map.visible_range() == before


def test_a_start_picked_on_either_picture_is_the_panels(panel: PicturePanel, qtbot: QtBot) -> None:
    for picture in (panel.map, panel.surface):
        with qtbot.waitSignal(panel.start_picked) as picked:
            picture.start_picked.emit(1.0, 2.0)
        assert picked.args == [1.0, 2.0]


def test_the_pictures_chosen_come_back_with_the_state(panel: PicturePanel, qtbot: QtBot) -> None:
    panel.set_view("both")
    panel.surface.turn(20.0, -10.0)
    state = panel.state()
    other = PicturePanel()
    qtbot.addWidget(other)
    other.restore(state)
    assert other.view == "both"
    assert other.surface.state() == panel.surface.state()
    other.shutdown()


@pytest.mark.parametrize("bad", [{"view": "sideways"}, {"surface": None}, {"sizes": [1]}, {"sizes": [-5, 10]}], ids=str)
def test_what_is_no_state_of_the_pictures_is_refused(bad: dict[str, object], panel: PicturePanel) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        panel.restore(panel.state() | bad)


def test_one_hint_is_enough(panel: PicturePanel) -> None:
    panel.show_hint(True)
    hints = [child(panel, QLabel, name) for name in ("descent.hint", "descent.surface_hint")]
    alone = has_surface(panel)
    assert [hint.isVisible() for hint in hints] == ([False, True] if alone else [True, False])
    panel.set_view("both")
    assert [hint.isVisible() for hint in hints] == [True, False]
    panel.show_hint(False)
    assert not any(hint.isVisible() for hint in hints)
