"""The edges of a network's drawing: one item for all of a layer, with the numbers of those that have room for them.

A network of six layers of twelve units has 936 edges: an item each would take longer to paint than to compute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.views.common.short_number import short_number
from gradviz.views.network.diagram_layout import LayerEdges
from gradviz.views.network.diagram_looks import LEVELS, SMALL_PIXELS, SMALLEST_TYPE, DiagramLooks, on_screen, with_width
from gradviz.views.network.label_places import LABEL_HEIGHT, LABEL_WIDTH, Places

Numbers = NDArray[np.float64]

LOST = -1  # the place of what is no number
CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Label:
    """The numbers of an edge around (0, 0): each in its box and colour, on a ground that is no larger than they are."""

    ground: QRectF
    lines: tuple[tuple[QRectF, str, QColor], ...]


class EdgesItem(QGraphicsItem):
    """All edges into one layer: coloured by the sign of a number, wide by its size; its labels where there is room.

    Beside the labels of the layout it has closer ones, in smaller type, for a view that has been zoomed in so far that
    these can be read.
    """

    def __init__(self, edges: LayerEdges, looks: DiagramLooks) -> None:
        super().__init__()
        self.edges, self._looks = edges, looks
        self._lines = [QLineF(*line) for line in edges.lines.tolist()]
        x, y = edges.lines[:, (0, 2)], edges.lines[:, (1, 3)]
        self._bounds = QRectF(QPointF(x.min(), y.min()), QPointF(x.max(), y.max())).adjusted(-6, -20, 6, 20)
        self._buckets: list[tuple[int, list[QLineF]]] = []
        self._values: Numbers = np.zeros(len(edges.lines))
        self._slopes: Numbers | None = None
        self._labels: dict[int, Label] = {}  # made when they are asked for
        self._closer: Places = {}
        self._share = 1.0
        self._is_faded = False
        self.setZValue(1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # what of it is in sight

    def show_numbers(self, coloured: Numbers, largest: float, values: Numbers, slopes: Numbers | None) -> None:
        """What colour and width tell, relative to `largest`; the numbers of the edges and, if known, their gradients.

        (k,) each.
        """
        with np.errstate(all="ignore"):
            levels = np.rint(np.clip(coloured / largest, -1, 1) * LEVELS) if largest > 0 else np.zeros(len(coloured))
        places = np.where(np.isfinite(levels), levels + LEVELS, -1).astype(int)
        buckets: list[list[QLineF]] = [[] for _ in range(2 * LEVELS + 2)]
        for line, place in zip(self._lines, places.tolist(), strict=True):
            buckets[place].append(line)
        order = sorted(range(2 * LEVELS + 1), key=lambda place: abs(place - LEVELS))  # the strongest on top
        self._buckets = [(place, buckets[place]) for place in order if buckets[place]]
        if buckets[-1]:
            self._buckets.append((LOST, buckets[-1]))
        self._values, self._slopes, self._labels = values, slopes, {}
        self.update()

    def show_closer(self, places: Places, share: float) -> None:
        """Labels in type of a share of its usual size on the screen; none where it has those of the layout."""
        if (places, share) != (self._closer, self._share):
            self._closer, self._share = places, share
            self.update()

    def set_faded(self, is_faded: bool) -> None:
        if is_faded != self._is_faded:
            self._is_faded = is_faded
            self.update()

    @property
    def is_faded(self) -> bool:
        return self._is_faded

    @property
    def has_all(self) -> bool:
        """Whether every edge has its numbers beside it."""
        return len(self._closer or self.edges.labels) == len(self.edges.parts)

    def place_of(self, number: int) -> QPointF | None:
        """The middle of an edge's numbers on the screen, None for one that has none."""
        found = (self._closer or self.edges.labels).get(number)
        return None if found is None else QPointF(*found)

    def pen_of(self, number: int) -> QPen:
        """With what an edge is drawn now."""
        return self._pen(next(place for place, lines in self._buckets if self._lines[number] in lines))

    def _pen(self, place: int) -> QPen:
        looks = self._looks
        return looks.lost if place == LOST else (looks.faded_pens if self._is_faded else looks.pens)[place]

    def labels(self, closer: bool = False) -> list[tuple[str, str]]:
        """The texts that are drawn, in the order of the labels of the layout or of the closer ones."""
        found = [self._label(number) for number in (self._closer if closer else self.edges.labels)]
        return [(label.lines[0][1], label.lines[-1][1] if len(label.lines) > 1 else "") for label in found]

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        share = on_screen(painter)
        for place, lines in self._buckets:
            painter.setPen(with_width(self._pen(place), share))
            painter.drawLines(lines)
        if self._closer and widget is not None:  # without a widget it is painted for a file, all of it
            reach = QPointF(LABEL_WIDTH, LABEL_HEIGHT) * self._share
            seen: QRectF = option.exposedRect.adjusted(-reach.x(), -reach.y(), reach.x(), reach.y())
            places = {number: at for number, at in self._closer.items() if seen.contains(*at)}
            self._paint_labels(painter, places.items(), self._share)
        elif painter.worldTransform().m11() * SMALL_PIXELS >= SMALLEST_TYPE:
            self._paint_labels(painter, self.edges.labels.items(), 1.0)

    def _paint_labels(self, painter: QPainter, places: Iterable[tuple[int, tuple[float, float]]], share: float) -> None:
        looks, before = self._looks, painter.worldTransform()
        painter.setFont(looks.small)
        for number, (x, y) in places:
            label = self._label(number)
            painter.translate(x, y)
            painter.scale(share, share)
            painter.fillRect(label.ground, looks.plate)
            for box, text, colour in label.lines:
                painter.setPen(looks.faint if self._is_faded else colour)
                painter.drawText(box, CENTRE, text)
            painter.setWorldTransform(before)

    def _label(self, number: int) -> Label:
        """The number in the colour of its edge, the gradient below it, on a ground no larger than they are."""
        if number not in self._labels:
            texts = [short_number(float(self._values[number]))]
            texts += [] if self._slopes is None else [short_number(float(self._slopes[number]))]
            looks, height = self._looks, LABEL_HEIGHT / 2
            width = min(max(map(looks.small_metrics.horizontalAdvance, texts)) + 4, LABEL_WIDTH)
            top = -height * len(texts) / 2
            boxes = [QRectF(-LABEL_WIDTH / 2, top + height * row, LABEL_WIDTH, height) for row in range(len(texts))]
            ground = QRectF(-width / 2, top, width, height * len(texts))
            lines = tuple((box, text, looks.of_sign(text)) for box, text in zip(boxes, texts, strict=True))
            self._labels[number] = Label(ground, lines)
        return self._labels[number]
