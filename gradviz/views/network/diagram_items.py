"""What the drawing of a network is painted by: one item for the edges of a layer, one a node, one for what is marked.

A network of six layers of twelve units has 936 edges: an item each would take longer to paint than to compute.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.views.common.short_number import shorter_number
from gradviz.views.network.diagram_layout import LABEL_HEIGHT, LABEL_WIDTH, LayerEdges, Node
from gradviz.views.network.diagram_looks import LEVELS, SMALL_PIXELS, SMALLEST_TYPE, TYPE_PIXELS, DiagramLooks

Numbers = NDArray[np.float64]

LOST = -1  # the place of what is no number
ROUND, PICTURE = 6.0, 32.0
BETWEEN = 2.0  # a letter and its number, at least
INDICES = "₀₁₂₃₄₅₆₇₈₉"
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Label:
    """The numbers of an edge: each in its box and colour, on a ground that is no larger than they are."""

    ground: QRectF
    lines: tuple[tuple[QRectF, str, QColor], ...]


class EdgesItem(QGraphicsItem):
    """All edges into one layer: coloured by the sign of a number, wide by its size; its labels where there is room."""

    def __init__(self, edges: LayerEdges, looks: DiagramLooks) -> None:
        super().__init__()
        self.edges, self._looks = edges, looks
        self._lines = [QLineF(*line) for line in edges.lines.tolist()]
        x, y = edges.lines[:, (0, 2)], edges.lines[:, (1, 3)]
        self._bounds = QRectF(QPointF(x.min(), y.min()), QPointF(x.max(), y.max())).adjusted(-6, -20, 6, 20)
        self._buckets: list[tuple[int, list[QLineF]]] = []
        self._texts: list[Label] = []
        self._is_faded = False
        self.setZValue(1)

    def show_numbers(self, coloured: Numbers, largest: float, upper: list[str], lower: list[str] | None) -> None:
        """What colour and width tell, (k,), relative to `largest`; the texts of the edges that have a label."""
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
        seconds = [""] * len(upper) if lower is None else lower
        middles = self.edges.labels.values()
        self._texts = [self._label(*each) for each in zip(middles, upper, seconds, strict=True)]
        self.update()

    def _label(self, middle: tuple[float, float], first: str, second: str) -> Label:
        """The number in the colour of its edge, the gradient below it, on a ground no larger than they are."""
        looks, height = self._looks, LABEL_HEIGHT / 2
        widths = [min(looks.small_metrics.horizontalAdvance(text) + 4, LABEL_WIDTH) for text in (first, second)]
        lines = 2 if second else 1
        box = QRectF(middle[0] - LABEL_WIDTH / 2, middle[1] - height * lines / 2, LABEL_WIDTH, height)
        width = max(widths[:lines])
        ground = QRectF(middle[0] - width / 2, box.top(), width, height * lines)
        below = box.translated(0, height)
        return Label(ground, ((box, first, looks.of_sign(first)), (below, second, looks.of_sign(second)))[:lines])

    def set_faded(self, is_faded: bool) -> None:
        if is_faded != self._is_faded:
            self._is_faded = is_faded
            self.update()

    @property
    def is_faded(self) -> bool:
        return self._is_faded

    def pen_of(self, number: int) -> QPen:
        """With what an edge is drawn now."""
        return self._pen(next(place for place, lines in self._buckets if self._lines[number] in lines))

    def _pen(self, place: int) -> QPen:
        looks = self._looks
        return looks.lost if place == LOST else (looks.faded_pens if self._is_faded else looks.pens)[place]

    def labels(self) -> list[tuple[str, str]]:
        """The texts that are drawn, in the order of the labels of the layout."""
        return [(label.lines[0][1], label.lines[-1][1] if len(label.lines) > 1 else "") for label in self._texts]

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        for place, lines in self._buckets:
            painter.setPen(self._pen(place))
            painter.drawLines(lines)
        if painter.worldTransform().m11() * SMALL_PIXELS < SMALLEST_TYPE:
            return
        looks = self._looks
        painter.setFont(looks.small)
        for label in self._texts:
            painter.fillRect(label.ground, looks.plate)
            for box, text, colour in label.lines:
                painter.setPen(looks.faint if self._is_faded else colour)
                painter.drawText(box, CENTRE, text)


class NodeItem(QGraphicsItem):
    """A node with its numbers, and a small picture of its output over the plane where there is one."""

    def __init__(self, node: Node, name: str, with_picture: bool, looks: DiagramLooks) -> None:
        super().__init__()
        self.node, self._name, self._looks = node, name, looks
        self._with_picture = with_picture and node.kind == "unit"
        self._is_stacked = node.height > 2 * PICTURE
        self._index = name[len(name.rstrip(INDICES)) :]
        self._box = QRectF(-node.width / 2, -node.height / 2, node.width, node.height)
        self._texts: tuple[str, ...] = ()
        self._lines: list[tuple[str, str]] = []  # names and numbers of the texts
        self._picture: QImage | None = None
        self._is_lit = False
        self.setPos(node.x, node.y)
        self.setZValue(3)

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in it, line by line."""
        return self._texts

    @property
    def names(self) -> tuple[str, ...]:
        """What its numbers are called, line by line."""
        return tuple(name for name, _ in self._lines)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers as they are drawn, line by line."""
        return tuple(number for _, number in self._lines)

    def free_width(self) -> float:
        """What is left between letter and number in the narrowest of its lines."""
        metrics, room = self._looks.metrics, self._text_box().width()
        lines = [room - metrics.horizontalAdvance(name) - metrics.horizontalAdvance(n) for name, n in self._lines]
        return min(lines, default=room)

    @property
    def is_lit(self) -> bool:
        return self._is_lit

    @property
    def picture(self) -> QImage | None:
        return self._picture

    def show_texts(self, texts: tuple[str, ...], is_lit: bool) -> None:
        """The lines with their letters: «O 0.65», «δ −0.12»; without those that are not known yet."""
        if (texts, is_lit) != (self._texts, self._is_lit):
            self._texts, self._is_lit = texts, is_lit
            split = [text.partition(" ") for text in texts]
            self._lines = [self._fitted(letter, number) for letter, _, number in split]
            self.update()

    def set_picture(self, picture: QImage | None) -> None:
        """Its output over the plane of the inputs, None for none."""
        self._picture = picture
        self.update()

    def picture_box(self) -> QRectF:
        """Where its picture lies: beside the numbers, or over them where the drawing has more height than width."""
        if self._is_stacked:
            return QRectF(-PICTURE / 2, self._box.top() + 4, PICTURE, PICTURE)
        return QRectF(self._box.left() + 3, -PICTURE / 2, PICTURE, PICTURE)

    def boundingRect(self) -> QRectF:
        return self._box.adjusted(-3, -3, 3, 3)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        looks, node = self._looks, self.node
        if node.kind == "fold":
            painter.setPen(looks.faint)
            painter.setFont(looks.plain)
            painter.drawText(self._box, CENTRE, "⋮\n…")
            return
        painter.setPen(QPen(looks.lit if self._is_lit else looks.line, 2.6 if self._is_lit else 1.1))
        painter.setBrush(looks.fill if node.kind in ("input", "bias", "target") else looks.base)
        radius = node.height / 2 if node.kind == "bias" else ROUND
        painter.drawRoundedRect(self._box, radius, radius)
        if self._is_lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(looks.lit_fill)
            painter.drawRoundedRect(self._box, radius, radius)
        readable = painter.worldTransform().m11() * TYPE_PIXELS >= SMALLEST_TYPE
        if self._with_picture and self._picture is not None:
            painter.drawImage(self.picture_box(), self._picture)
        elif self._with_picture and readable:
            painter.setFont(looks.small)
            painter.setPen(looks.faint)
            painter.drawText(self.picture_box(), CENTRE, self._name)
        if readable:
            self._paint_texts(painter)

    def _text_box(self) -> QRectF:
        """Where its lines stand: all of it, but for the picture."""
        box = self._box.adjusted(3, 2, -3, -2)
        if self._with_picture and self._is_stacked:
            box.setTop(self.picture_box().bottom() + 1)
        elif self._with_picture:
            box.setLeft(self.picture_box().right() + 3)
        return box

    def _fitted(self, letter: str, number: str) -> tuple[str, str]:
        """The letter with its index where both have room beside the number; the number shorter where it has none."""
        metrics, room = self._looks.metrics, self._text_box().width() - BETWEEN
        if not metrics.horizontalAdvance(letter) + metrics.horizontalAdvance(number) <= room:
            number = shorter_number(number)
        name = f"{letter}{self._index}"
        has_room = metrics.horizontalAdvance(name) + metrics.horizontalAdvance(number) <= room
        return name if has_room else letter, number

    def _paint_texts(self, painter: QPainter) -> None:
        looks, box = self._looks, self._text_box()
        painter.setFont(looks.plain)
        height = box.height() / max(len(self._lines), 1)
        for line, (name, number) in enumerate(self._lines):
            row = QRectF(box.left(), box.top() + line * height, box.width(), height)
            painter.setPen(looks.faint)
            painter.drawText(row, LEFT if number else CENTRE, name)
            if number:
                painter.setPen(looks.of_sign(number) if name.startswith("δ") else looks.text)
                painter.drawText(row, RIGHT, number)


@dataclass(frozen=True, slots=True)
class Mark:
    """A node's box or an edge's line that is selected or pointed at; an edge, or what is folded, with its numbers."""

    shape: QRectF | QLineF
    is_selected: bool
    lines: tuple[str, ...] = ()
    place: QPointF | None = None  # of the lines; the middle of the shape if None


class MarksItem(QGraphicsItem):
    """What is selected, solid, and what is pointed at, dashed; over everything else."""

    def __init__(self, bounds: QRectF, looks: DiagramLooks) -> None:
        super().__init__()
        self._bounds, self._looks = bounds, looks
        self.marks: tuple[Mark, ...] = ()
        self.setZValue(10)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        if marks != self.marks:
            self.marks = marks
            self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        looks = self._looks
        for mark in self.marks:
            style = Qt.PenStyle.SolidLine if mark.is_selected else Qt.PenStyle.DashLine
            painter.setPen(QPen(looks.accent, 2.6 if mark.is_selected else 2.2, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if isinstance(mark.shape, QLineF):
                painter.drawLine(mark.shape)
            else:
                painter.drawRoundedRect(mark.shape, ROUND, ROUND)
        for mark in self.marks:
            if mark.lines:
                self._paint_plate(painter, mark.place or mark.shape.center(), mark.lines)

    def _paint_plate(self, painter: QPainter, middle: QPointF, lines: tuple[str, ...]) -> None:
        """The numbers of an edge on a ground of their own, at least as large as they can be read."""
        looks = self._looks
        scale = painter.worldTransform().m11()
        font = QFont(looks.plain)
        font.setPixelSize(max(round(TYPE_PIXELS / min(scale, 1.0)), 1))
        metrics = QFontMetricsF(font)
        width = max(metrics.horizontalAdvance(line) for line in lines) + 10
        height = metrics.height() * len(lines) + 4
        box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        painter.setPen(QPen(looks.accent, 1.0))
        painter.setBrush(looks.base)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(looks.text)
        painter.drawText(box, CENTRE, "\n".join(lines))
