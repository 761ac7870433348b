"""The first hint on a drawing has a line of its own until it goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtWidgets import QLabel

from gradviz.core.network_parts import Input, Part, Unit
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset
from gradviz.views.common.drawing_view import DrawingView
from gradviz.views.network.diagram_items import NodeItem
from gradviz.views.network.tab import NetworkTab
from tests.views.hands import child
from tests.views.network.test_tab import choose_preset


def nodes_under(view: DrawingView, place: QRect) -> list[Part | None]:
    area = QRectF(view.mapToScene(place).boundingRect())
    return [item.node.part for item in view.scene().items(area) if isinstance(item, NodeItem)]


@pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)
def test_the_hint_lies_on_no_node(tab: NetworkTab, preset: NetworkPreset) -> None:
    choose_preset(tab, preset.key)
    hint = child(tab, QLabel, "network.hint")
    assert hint.isVisible()
    assert nodes_under(tab.diagram, hint.geometry()) == []
    assert nodes_under(tab.diagram, tab.diagram.viewport().rect())  # the drawing is in sight over it


def test_the_drawing_stays_where_it_is_when_the_hint_goes(tab: NetworkTab) -> None:
    choose_preset(tab, "deep")
    before = tab.diagram.place_of(Unit(0, 0)), tab.diagram.place_of(Input(0))
    tab.diagram.show_hint(False)
    assert (tab.diagram.place_of(Unit(0, 0)), tab.diagram.place_of(Input(0))) == before
    tab.diagram.fit()
    assert tab.diagram.room == tab.diagram.viewport().size()  # its line is the drawing's from now on
