from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QSlider, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from gradviz.core.activation import Activation, activation_of
from gradviz.core.activations import activation_record
from gradviz.core.depth import run_depth
from gradviz.core.initialisation import INITIALISATIONS
from gradviz.views.activations.depth_panel import DepthPanel
from tests.conftest import WAIT_MS
from tests.views.hands import LEFT, child, show_window


def chosen(key: str) -> Activation:
    return activation_of(activation_record(key))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[DepthPanel]:
    panel = DepthPanel()
    qtbot.addWidget(panel)
    panel.resize(680, 320)
    panel.set_activation(chosen("sigmoid"))
    show_window(qtbot, panel)
    computed(qtbot, panel, panel.torch_is_ready)
    yield panel
    panel.shutdown()


def computed(qtbot: QtBot, panel: DepthPanel, action: Callable[[], object]) -> None:
    with qtbot.waitSignal(panel.computed, timeout=WAIT_MS):
        action()


def verdict(panel: DepthPanel) -> str:
    return child(panel, QLabel, "activations.depth_verdict").text()


def test_nothing_is_computed_before_torch_is_there(qtbot: QtBot) -> None:
    panel = DepthPanel()
    qtbot.addWidget(panel)
    panel.set_activation(chosen("tanh"))
    assert panel.request is not None
    assert panel.result is None
    panel.shutdown()


def test_what_is_shown_is_what_the_network_has(panel: DepthPanel) -> None:
    expected = run_depth(panel.request)
    np.testing.assert_array_equal(panel.result.norms, expected.norms)
    path = panel.norms._lines[0].path()
    drawn = [(path.elementAt(k).x, path.elementAt(k).y) for k in range(path.elementCount())]
    np.testing.assert_allclose(drawn, list(zip(range(1, 21), np.log10(expected.norms), strict=True)), rtol=1e-12)


def test_a_deep_sigmoid_is_said_to_vanish_and_two_sliders_make_it_explode(panel: DepthPanel, qtbot: QtBot) -> None:
    assert "The gradient vanishes (梯度弥散)" in verdict(panel)
    layers, scale = (child(panel, QSlider, f"activations.depth_{name}_slider") for name in ("layers", "scale"))
    computed(qtbot, panel, lambda: panel.set_activation(chosen("tanh")))
    computed(qtbot, panel, lambda: layers.setValue(40))
    computed(qtbot, panel, lambda: scale.setValue(scale.maximum()))
    assert child(panel, QSpinBox, "activations.depth_layers").value() == 40
    assert child(panel, QDoubleSpinBox, "activations.depth_scale").value() == 10.0
    assert panel.result.factor > 1.4
    assert "The gradient explodes (梯度爆炸)" in verdict(panel)


def test_the_sliders_follow_their_fields(panel: DepthPanel) -> None:
    child(panel, QSpinBox, "activations.depth_layers").setValue(7)
    child(panel, QDoubleSpinBox, "activations.depth_scale").setValue(1.0)
    assert child(panel, QSlider, "activations.depth_layers_slider").value() == 7
    scale = child(panel, QSlider, "activations.depth_scale_slider")
    assert scale.value() == (scale.minimum() + scale.maximum()) // 2
    assert child(panel, QDoubleSpinBox, "activations.depth_scale").value() == 1.0


def test_numbers_that_overflow_are_told(panel: DepthPanel, qtbot: QtBot) -> None:
    computed(qtbot, panel, lambda: panel.set_activation(chosen("relu")))
    child(panel, QSpinBox, "activations.depth_layers").setValue(50)
    computed(qtbot, panel, lambda: child(panel, QDoubleSpinBox, "activations.depth_scale").setValue(500.0))
    assert verdict(panel).startswith("The numbers overflow at layer ")
    assert str(panel.result.lost) in verdict(panel)


def test_every_initialisation_can_be_chosen(panel: DepthPanel, qtbot: QtBot) -> None:
    combo = child(panel, QComboBox, "activations.depth_initialisation")
    assert [combo.itemData(row) for row in range(combo.count())] == [entry.key for entry in INITIALISATIONS]
    for row in range(combo.count()):
        if row != combo.currentIndex():
            computed(qtbot, panel, lambda row=row: combo.setCurrentIndex(row))
        assert panel.result.request.initialisation == combo.itemData(row)


def test_another_seed_is_another_network(panel: DepthPanel, qtbot: QtBot) -> None:
    before = panel.result.norms
    computed(qtbot, panel, lambda: qtbot.mouseClick(child(panel, QToolButton, "activations.depth_new_seed"), LEFT))
    assert not np.array_equal(panel.result.norms, before)


@pytest.mark.parametrize("view", ["activations", "gradients", "shares"])
def test_every_view_draws_its_numbers(view: str, panel: DepthPanel) -> None:
    combo = child(panel, QComboBox, "activations.depth_view")
    combo.setCurrentIndex(combo.findData(view))
    path = panel.ribbons._lines[0].path()
    drawn = [path.elementAt(k).y for k in range(path.elementCount())]
    expected = {
        "activations": panel.result.activations[:, 3],
        "gradients": panel.result.gradients[:, 3],
        "shares": 100 * panel.result.saturated,
    }[view]
    np.testing.assert_allclose(drawn, expected, rtol=1e-12)


def test_a_layer_under_the_mouse_tells_its_numbers(panel: DepthPanel) -> None:
    before = verdict(panel)
    box = panel.norms.getPlotItem().getViewBox()
    panel.norms.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(3.1, -5.0)))
    result = panel.result
    assert verdict(panel).startswith("Layer 3: ")
    for number in (result.norms[2], result.weight_norms[2], result.activations[2, 1]):
        assert f"{number:.3g}" in verdict(panel)
    panel.norms.scene().sigMouseMoved.emit(QPointF(-5.0, -5.0))
    assert verdict(panel) == before


def test_the_layers_are_walked_through_by_keys_too(panel: DepthPanel) -> None:
    before, result = verdict(panel), panel.result
    for key, layer in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Right, 2), (Qt.Key.Key_End, 20), (Qt.Key.Key_Left, 19)):
        QTest.keyClick(panel.norms, key)
        assert verdict(panel).startswith(f"Layer {layer}: ")
        assert f"{result.norms[layer - 1]:.3g}" in verdict(panel)
        assert panel.ribbons._mark.value() == panel.norms._mark.value() == layer
    panel.norms.clearFocus()
    panel.norms.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert verdict(panel) == before


def test_a_red_field_costs_the_session_nothing_else(panel: DepthPanel) -> None:
    child(panel, QSpinBox, "activations.depth_width").setValue(33)
    layers = child(panel, QSpinBox, "activations.depth_layers")
    layers.lineEdit().selectAll()
    QTest.keyClicks(layers.lineEdit(), "999")
    assert panel.request is None
    kept = panel.state()["request"]
    assert (kept["width"], kept["layers"]) == (33, 20)


def test_only_the_newest_request_is_shown(panel: DepthPanel, qtbot: QtBot) -> None:
    field = child(panel, QSpinBox, "activations.depth_layers")
    with qtbot.waitSignal(panel.computed, timeout=WAIT_MS):
        for layers in range(2, 12):
            field.setValue(layers)
    qtbot.waitUntil(lambda: panel.result.request.layers == 11, timeout=WAIT_MS)


def test_an_error_is_handed_on(panel: DepthPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.failed, timeout=WAIT_MS):
        panel.set_activation(chosen("hardtanh").with_value("min_val", 9.0))


def test_what_state_gives_comes_back(panel: DepthPanel, qtbot: QtBot) -> None:
    child(panel, QSpinBox, "activations.depth_width").setValue(33)
    child(panel, QDoubleSpinBox, "activations.depth_bias").setValue(-0.5)
    child(panel, QComboBox, "activations.depth_view").setCurrentIndex(2)
    other = DepthPanel()
    qtbot.addWidget(other)
    other.set_activation(chosen("sigmoid"))
    assert other.restore(panel.state()) == []
    assert other.request == panel.request
    assert other.state() == panel.state()
    other.shutdown()
