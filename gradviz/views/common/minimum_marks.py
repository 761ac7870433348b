"""The minima on a map: a star each, and their names where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from gradviz.core.landscape import Box, Landscape

STAR = 17  # pixels
GAP = 3.0  # pixels between a star and its name
SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0))  # below, above, right, left of the star; y downwards
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def minimum_name(number: int) -> str:
    """M₁, M₂, … as the map and the endings call them."""
    return "M" + str(number).translate(SUBSCRIPTS)


class MinimumMarks:
    """The items, to be added to a view box. `arrange` after every change of what is seen."""

    def __init__(self, view_box: pg.ViewBox) -> None:
        self._view_box = view_box
        self._stars = pg.ScatterPlotItem(
            symbol="star", size=STAR, pen=pg.mkPen("#000000", width=1), brush=pg.mkBrush("#ffffff")
        )
        self._stars.setZValue(10)
        view_box.addItem(self._stars, ignoreBounds=True)
        self._names: list[pg.TextItem] = []
        self._texts: list[tuple[str, str]] = []  # with and without the place
        self._shown: list[QRectF] = []  # in pixels

    def show(self, landscape: Landscape) -> None:
        """Marks the minima of another landscape."""
        for name in self._names[len(landscape.minima) :]:
            self._view_box.removeItem(name)
        kept = self._names[: len(landscape.minima)]
        self._stars.setData([m.x for m in landscape.minima], [m.y for m in landscape.minima])
        self._names, self._texts = [], []
        for number, minimum in enumerate(landscape.minima, start=1):
            short = minimum_name(number)
            self._texts.append((f"{short} ({minimum.x:.3g}, {minimum.y:.3g})", short))
            label = kept[number - 1] if number <= len(kept) else self._new_label()
            label.setPos(minimum.x, minimum.y)
            self._names.append(label)

    def _new_label(self) -> pg.TextItem:
        label = pg.TextItem("", color="#ffffff", fill=pg.mkBrush((0, 0, 0, 144)))
        label.setZValue(11)
        self._view_box.addItem(label, ignoreBounds=True)
        return label

    def arrange(self, visible: Box, pixels_per_unit: tuple[float, float], taken: Sequence[QRectF] = ()) -> None:
        """Puts every name on a side of its star where it lies on nothing, shortens it, or leaves it out.

        `taken` is what else lies on the map, in pixels from its upper left corner.
        """
        across, up = pixels_per_unit
        seen = QRectF(0.0, 0.0, visible.width * across, visible.height * up)
        points = [
            ((name.pos().x() - visible.left) * across, (visible.top - name.pos().y()) * up) for name in self._names
        ]
        stars = [QRectF(x - STAR / 2, y - STAR / 2, STAR, STAR) for x, y in points if seen.contains(x, y)]
        self._shown = [*stars, *taken]
        for name, texts, (x, y) in zip(self._names, self._texts, points, strict=True):
            name.setVisible(seen.contains(x, y) and self._place(name, texts, QPointF(x, y), seen))

    def taken(self, visible: Box, pixels_per_unit: tuple[float, float]) -> tuple[Box, ...]:
        """What stars and names cover since the last `arrange`, in data coordinates."""
        across, up = pixels_per_unit
        return tuple(
            Box(
                visible.left + rect.left() / across,
                visible.left + rect.right() / across,
                visible.top - rect.bottom() / up,
                visible.top - rect.top() / up,
            )
            for rect in self._shown
        )

    def _place(self, name: pg.TextItem, texts: tuple[str, str], star: QPointF, seen: QRectF) -> bool:
        for text in texts:
            if name.toPlainText() != text:
                name.setText(text)
            rect = QRectF(name.textItem.boundingRect())
            width, height = rect.width(), rect.height()
            for across, down in SIDES:
                away = QPointF(across * (width + STAR + GAP) / 2, down * (height + STAR + GAP) / 2)
                rect.moveCenter(star + away)
                if seen.contains(rect) and not any(rect.intersects(other) for other in self._shown):
                    anchor = (0.5 - away.x() / width, 0.5 - away.y() / height)
                    if tuple(name.anchor) != anchor:
                        name.setAnchor(anchor)
                    self._shown.append(QRectF(rect))
                    return True
        return False
