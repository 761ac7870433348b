"""What a person's hands do, for the tests: find, click, drag, type."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QGraphicsPathItem, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.recording import Recording
from gradviz.views.common.number_field import IntegerField, NumberField
from gradviz.views.common.plot_style import Plot
from gradviz.views.descent.tab import DescentTab
from tests.conftest import WAIT_MS

LEFT = Qt.MouseButton.LeftButton
Widget = TypeVar("Widget", bound=QObject)


def child(parent: QObject, kind: type[Widget], name: str) -> Widget:
    """The one child of this type with this objectName."""
    found = parent.findChildren(kind, name)
    assert len(found) == 1, f"{len(found)} {kind.__name__} with the name {name}"
    return found[0]


def write(qtbot: QtBot, field: QAbstractSpinBox, text: str, key: Qt.Key | None = None) -> None:
    """Types a text over what a field holds, and presses a key if one is given."""
    field.selectAll()
    if text:
        qtbot.keyClicks(field, text)
    else:
        qtbot.keyClick(field, Qt.Key.Key_Delete)
    if key is not None:
        qtbot.keyClick(field, key)


def leave(field: QAbstractSpinBox) -> None:
    """Takes the focus away from a field, as far as the field can tell; needs no window manager."""
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn))
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut))


def pixel(plot: Plot, x: float, y: float) -> QPoint:
    """Where a point of the plot's data lies on its viewport."""
    return plot.mapFromScene(plot.getPlotItem().getViewBox().mapViewToScene(QPointF(x, y)))


def click(qtbot: QtBot, plot: Plot, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    """A click at a point of the plot's data."""
    qtbot.mouseClick(plot.viewport(), button, pos=pixel(plot, x, y))


def double_click(qtbot: QtBot, plot: Plot, at: QPoint) -> None:
    """Two clicks, as Qt tells them: the second press arrives as a double click."""
    qtbot.mouseClick(plot.viewport(), LEFT, pos=at)
    qtbot.mouseDClick(plot.viewport(), LEFT, pos=at)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=at)


def hover(plot: Plot, at: QPoint, button: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Moves the mouse there. QTest's own mouseMove goes through the screen's cursor, which a test must not need."""
    place, screen = QPointF(at), QPointF(plot.viewport().mapToGlobal(at))
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, screen, Qt.MouseButton.NoButton, button, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(plot.viewport(), event)


def drag(qtbot: QtBot, plot: Plot, begin: QPoint, end: QPoint) -> None:
    """A drag with the left button from pixel to pixel."""
    qtbot.mousePress(plot.viewport(), LEFT, pos=begin)
    for share in range(1, 6):
        hover(plot, begin + (end - begin) * share / 5, LEFT)
    qtbot.mouseRelease(plot.viewport(), LEFT, pos=end)


def items(plot: Plot, kind: type) -> list:
    """What of this kind is drawn in the plot's own coordinates."""
    return [item for item in plot.getPlotItem().getViewBox().childGroup.childItems() if isinstance(item, kind)]


def head(plot: Plot) -> QGraphicsPathItem:
    """The marker of the present point on a map: the one path over the trails that keeps its size at every zoom."""
    flag = QGraphicsPathItem.GraphicsItemFlag.ItemIgnoresTransformations
    [found] = [item for item in items(plot, QGraphicsPathItem) if item.flags() & flag and item.zValue() >= 20]
    return found


def show_window(qtbot: QtBot, window: QWidget) -> None:
    """Shows a window and waits until it is on the screen."""
    with qtbot.waitExposed(window):
        window.show()


def number_field(parent: QObject, name: str) -> NumberField:
    return child(parent, NumberField, name)


def set_steps(tab: DescentTab, steps: int) -> None:
    child(tab, IntegerField, "descent.steps").setValue(steps)


def run_to_the_end(qtbot: QtBot, tab: DescentTab, steps: int | None = None) -> Recording:
    """Starts a descent from what the controls say and waits until it has ended."""
    if steps is not None:
        set_steps(tab, steps)
    with qtbot.waitSignal(tab.runner.ended, timeout=WAIT_MS):
        tab.start()
    recording = tab.runner.recording
    assert recording is not None
    return recording


def run_until(qtbot: QtBot, tab: DescentTab, steps: int) -> Recording:
    """Starts a descent and waits until it has recorded so many steps; it is still running then."""
    tab.start()
    recording = tab.runner.recording
    assert recording is not None
    qtbot.waitUntil(lambda: recording.steps >= steps, timeout=WAIT_MS)
    assert tab.runner.is_running
    return recording


def end_point(recording: Recording) -> tuple[float, ...]:
    """The last row: the point, the function and its gradient. Equal only where every bit is."""
    lane = recording.lanes[0]
    return lane.row(lane.steps)


def skip_without_open_gl() -> None:
    """For a test that has found none: only the platform without a display may be without, elsewhere that is a fault."""
    platform = QGuiApplication.platformName()
    if platform != "offscreen":
        pytest.fail(f"no OpenGL on the platform {platform}")
    pytest.skip("no OpenGL off the screen")


def press(tab: QWidget, keys: str) -> None:
    """What these keys do; without a window manager no window is active, and Qt asks no shortcut."""
    [shortcut] = [found for found in tab.findChildren(QShortcut) if found.key() == QKeySequence(keys)]
    assert shortcut.isEnabled()
    shortcut.activated.emit()
