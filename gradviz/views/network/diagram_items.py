"""The nodes of a network's drawing, one item each, and one item for what is marked; `diagram_edges` has the edges."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.views.common.short_number import shorter_number
from gradviz.views.network.diagram_edges import CENTRE
from gradviz.views.network.diagram_layout import Node
from gradviz.views.network.diagram_looks import SMALLEST_TYPE, TYPE_PIXELS, DiagramLooks, on_screen

ROUND, PICTURE = 6.0, 32.0
BETWEEN = 2.0  # a letter and its number, at least
INDICES = "₀₁₂₃₄₅₆₇₈₉"
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


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
        width = (2.6 if self._is_lit else 1.1) * on_screen(painter)
        painter.setPen(QPen(looks.lit if self._is_lit else looks.line, width))
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
            painter.setPen(QPen(looks.accent, (2.6 if mark.is_selected else 2.2) * on_screen(painter), style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if isinstance(mark.shape, QLineF):
                painter.drawLine(mark.shape)
            else:
                painter.drawRoundedRect(mark.shape, ROUND, ROUND)
        for mark in self.marks:
            if mark.lines:
                self._paint_plate(painter, mark.place or mark.shape.center(), mark.lines)

    def _paint_plate(self, painter: QPainter, middle: QPointF, lines: tuple[str, ...]) -> None:
        """The numbers of an edge on a ground of their own: never too small to be read, nor larger than that by much."""
        looks, scale = self._looks, painter.worldTransform().m11()
        size = max(on_screen(painter), 1.0 / scale)
        width = max(looks.metrics.horizontalAdvance(line) for line in lines) + 10
        height = looks.metrics.height() * len(lines) + 4
        box = QRectF(-width / 2, -height / 2, width, height)
        painter.save()
        painter.translate(middle)
        painter.scale(size, size)
        painter.setPen(QPen(looks.accent, 1.0))
        painter.setBrush(looks.base)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(looks.plain)
        painter.setPen(looks.text)
        painter.drawText(box, CENTRE, "\n".join(lines))
        painter.restore()
