"""Numbers on edges that have no room for them while all of a network is in sight: they come as one zooms in."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRectF, QTimer

from gradviz.views.common.drawing_view import ZOOM_STEP
from gradviz.views.network.diagram_edges import EdgesItem
from gradviz.views.network.diagram_looks import SMALL_PIXELS
from gradviz.views.network.label_places import Places, label_places

REST_MS = 50  # places are looked for once the view rests, a layer at a time
ENOUGH = 0.4  # of the edges of a layer have room for their numbers before any of them is shown
LEGIBLE = 10.5  # pixels of type at least, in which they are written


class CloserLabels(QObject):
    """Keeps what edges have for labels as near as the view is zoomed.

    `in_sight` gives the part of the drawing that is seen, and pixels for one of its units; `placed` is called when the
    labels of a layer are others.
    """

    def __init__(
        self, in_sight: Callable[[], tuple[QRectF, float]], placed: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._in_sight, self._placed = in_sight, placed
        self._items: Sequence[EdgesItem] = ()
        self._found: dict[tuple[int, int], Places] = {}  # by layer and step of the zoom
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._place)

    def set_items(self, items: Sequence[EdgesItem]) -> None:
        """The edges of another drawing."""
        self._items, self._found = items, {}
        self.view_changed()

    def view_changed(self) -> None:
        """It was zoomed, moved or resized."""
        self._rest.start(REST_MS)

    def _place(self) -> None:
        seen, scale = self._in_sight()
        step = math.floor(math.log(SMALL_PIXELS * scale / LEGIBLE, ZOOM_STEP) + 1e-9)
        share = ZOOM_STEP**-step
        for layer, item in enumerate(self._items):
            if len(item.edges.labels) == len(item.edges.parts):
                continue  # the layout has found room for all of them
            if step < 1 or not item.boundingRect().intersects(seen):
                item.show_closer({}, 1.0)
            elif (layer, step) in self._found:
                item.show_closer(self._better(item, self._found[layer, step]), share)
            else:
                self._found[layer, step] = label_places(item.edges.lines, share)
                item.show_closer(self._better(item, self._found[layer, step]), share)
                self._rest.start(0)  # the next layer: a hand that goes on zooming comes first
                break
        self._placed()

    @staticmethod
    def _better(item: EdgesItem, places: Places) -> Places:
        """Those places if they are more than the layout has, and no mere handful in front of the edges."""
        is_better = len(places) > max(len(item.edges.labels), ENOUGH * len(item.edges.parts))
        return places if is_better else {}
