"""The parts of the drawing: a box for each node, a curve with its local derivative for each edge."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.core.chain_picture import GROUND, LINE, SMALL_LINE, ChainPicture, node_name, slants
from gradviz.core.graph_bands import Point
from gradviz.views.chain_rule.edge_path import edge_path
from gradviz.views.chain_rule.graph_marks import FAR, GraphLooks
from gradviz.views.common.short_number import DIGITS, written_number

ROUND, ROUND_INPUT = 5.0, 14.0
ARROW, BESIDE = 7.0, 7.0
EASY_TO_HIT = 12.0  # of an edge
SUM_HEIGHT = LINE
STEEP = 0.25  # how far an edge rises for its width, that is more than a label in its middle hides
NODE_LAYER, EDGE_LAYER, LIT_LAYER, LABEL_LAYER, LABEL_REACH = 3.0, 1.0, 2.0, 2.5, 90.0
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
UPRIGHT = Qt.AlignmentFlag.AlignVCenter
CENTRED = int(Qt.AlignmentFlag.AlignCenter)


class NodeItem(QGraphicsItem):
    """A node: its name and what it computes, its value, its gradient. The item stands at the node's middle."""

    def __init__(self, picture: ChainPicture, place: int, looks: GraphLooks) -> None:
        super().__init__()
        self.place, self._looks = place, looks
        self._name, self._formula = picture.names[place], picture.formulas[place]
        self._beside, *self._beneath = picture.formula_lines[place]
        self._short_name = node_name(picture.graph, place)
        width, height = picture.sizes[place]
        self._box = QRectF(-width / 2, -height / 2, width, height)
        self._is_input = picture.graph.nodes[place].tree is None
        self._texts: tuple[str | None, str, str | None, str] = (None, "", None, "")
        self._lit: tuple[bool, bool, bool] = (False, False, False)
        self.setPos(QPointF(*picture.layout.places[place]))
        self.setZValue(NODE_LAYER)
        whole = self._name if self._is_input else f"{self._name} = {self._formula}"
        self.setToolTip(whole)

    @property
    def texts(self) -> tuple[str | None, str, str | None, str]:
        """Value, the gradient's name, gradient, and what is added up, as they are drawn; None: not known yet."""
        return self._texts

    def show_texts(self, value: str | None, gradient_name: str, gradient: str | None, summed: str) -> None:
        """The numbers as they are written; None for what is not computed yet."""
        texts = (value, gradient_name, gradient, summed)
        if texts != self._texts:
            if bool(summed) != bool(self._texts[3]):
                self.prepareGeometryChange()
            self._texts = texts
            self.update()

    def show_marks(self, of_stage: bool, on_path: bool, selected: bool) -> None:
        if (of_stage, on_path, selected) != self._lit:
            self._lit = of_stage, on_path, selected
            self.setZValue(NODE_LAYER + of_stage)
            self.update()

    def boundingRect(self) -> QRectF:
        below = SUM_HEIGHT if self._texts[3] else 0.0
        beside = LABEL_REACH if self._texts[3] else 3.0
        return self._box.adjusted(-beside, -3.0, beside, 3.0 + below)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self._box)
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        looks, (of_stage, on_path, selected) = self._looks, self._lit
        colour = looks.selected if selected else looks.stage if of_stage else looks.path if on_path else looks.line
        painter.setPen(QPen(colour, 2.6 if selected or of_stage or on_path else 1.2))
        painter.setBrush(looks.input_fill if self._is_input else looks.base)
        radius = ROUND_INPUT if self._is_input else ROUND
        painter.drawRoundedRect(self._box, radius, radius)
        if of_stage:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(looks.stage_fill)
            painter.drawRoundedRect(self._box, radius, radius)
        if is_far(painter):
            self._paint_large(painter)
        else:
            self._paint_texts(painter)

    def _paint_large(self, painter: QPainter) -> None:
        """From afar: the name, the value and the gradient, in type that can be read there."""
        looks, (value, _, gradient, _) = self._looks, self._texts
        box = self._box.adjusted(6, 2, -6, -2)
        lines = box.adjusted(0, 0, 0, -box.height() / 2), box.adjusted(0, box.height() / 2, 0, 0)
        painter.setFont(looks.large)
        painter.setPen(looks.text)
        painter.drawText(lines[0], int(LEFT | UPRIGHT), self._short_name)
        room = lines[0].adjusted(painter.fontMetrics().horizontalAdvance(self._short_name) + 4, 0, 0, 0)
        for row, text, colour in ((room, value, looks.value), (lines[1], gradient, looks.gradient)):
            if text is not None:
                painter.setPen(colour)
                painter.drawText(row, int(RIGHT | UPRIGHT), shortest_that_fits(painter, text, row.width()))

    def _paint_texts(self, painter: QPainter) -> None:
        looks, (value, gradient_name, gradient, summed) = self._looks, self._texts
        row = QRectF(self._box.left() + 7, self._box.top() + 4, self._box.width() - 14, LINE)
        painter.setFont(looks.bold)
        painter.setPen(looks.text)
        painter.drawText(row, int(LEFT), self._name)
        if self._formula:
            room = row.adjusted(QFontMetricsF(looks.bold).horizontalAdvance(self._name), 1, 0, 0)
            painter.setFont(looks.small)
            painter.setPen(looks.faint)
            painter.drawText(room, int(LEFT), f" = {self._beside}".rstrip())
            for number, line in enumerate(self._beneath, start=1):
                painter.drawText(row.translated(0, number * SMALL_LINE), int(LEFT), line)
        row.translate(0, SMALL_LINE * len(self._beneath))
        painter.setFont(looks.plain)
        row.translate(0, LINE)
        if value is not None:
            painter.setPen(looks.value)
            painter.drawText(row, int(RIGHT), shortest_that_fits(painter, value, row.width()))
        row.translate(0, LINE)
        if gradient is not None:
            painter.setPen(looks.gradient)
            width = row.width() - QFontMetricsF(looks.small).horizontalAdvance(gradient_name) - 4
            painter.drawText(row, int(RIGHT), shortest_that_fits(painter, gradient, width))
            painter.setFont(looks.small)
            painter.drawText(row.adjusted(0, 1, 0, 0), int(LEFT), gradient_name)
        if summed:
            below = QRectF(-LABEL_REACH, self._box.bottom() + 1, 2 * LABEL_REACH, SUM_HEIGHT)
            _text_on(painter, below, summed, looks.base, looks.gradient)


class EdgeItem(QGraphicsItem):
    """An edge with its local derivative, as formula and as number; the product that comes back while it is lit."""

    def __init__(self, picture: ChainPicture, number: int, looks: GraphLooks) -> None:
        super().__init__()
        self.number, self._looks = number, looks
        self._formula, self._lines = picture.locals[number], picture.local_lines[number]
        self._path = edge_path(picture.layout.routes[number])
        self._tip = QPointF(*picture.layout.routes[number][-1])
        width, height = picture.label_sizes[number]
        if number in picture.bare:
            self._lines, height = (), SMALL_LINE
        middle = QPointF(*picture.labels[number])
        self._label = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        self._is_steep = _is_steep(picture.layout.routes[number], picture.labels[number])
        self._number: str | None = None
        self._product = ""
        self._lit: tuple[bool, bool, bool, bool] = (False, False, False, False)
        stroker = QPainterPathStroker()
        stroker.setWidth(EASY_TO_HIT)
        self._shape = stroker.createStroke(self._path)
        if self._formula is not None:
            self._shape.addRect(self._label)
        self._shape.setFillRule(Qt.FillRule.WindingFill)
        self._bounds = self._shape.boundingRect().adjusted(-2, -2, 2, 2)
        self.label_bounds = self._label.adjusted(-LABEL_REACH, -2, LABEL_REACH, 2 + LINE)
        self.setZValue(EDGE_LAYER)
        self.label = EdgeLabel(self)

    @property
    def texts(self) -> tuple[str | None, str | None, str]:
        """The local derivative as formula and as number, and the product, as they are drawn."""
        return self._formula, self._number, self._product

    @property
    def path(self) -> QPainterPath:
        """Its curve."""
        return self._path

    @property
    def middle(self) -> QPointF:
        """Where its label stands."""
        return self._label.center()

    @property
    def text_box(self) -> QRectF:
        """What its texts stand on, at plain type."""
        if self._product:
            texts = [*self._product.replace(" = ", "\n= ").splitlines()]
        else:
            texts = [self._number or ""] if self._number == self._formula else [*self._lines, self._number or ""]
        metrics = QFontMetricsF(self._looks.small)
        box = QRectF(0, 0, max(map(metrics.horizontalAdvance, texts)), SMALL_LINE * len(texts) - 2 * GROUND)
        box.moveCenter(self._label.center())
        return box

    @property
    def is_on_path(self) -> bool:
        return self._lit[1]

    def show_texts(self, number: str | None, product: str) -> None:
        """The local derivative's number, None before it is computed, and «incoming × local» where it is lit."""
        if (number, product) != (self._number, self._product):
            self._number, self._product = number, product
            # a product is wider than the gap: it is read over the nodes
            self.label.setZValue(NODE_LAYER + 2 if product else LABEL_LAYER)
            self.label.update()

    def show_marks(self, of_stage: bool, on_path: bool, selected: bool, closed: bool) -> None:
        if (of_stage, on_path, selected, closed) != self._lit:
            self._lit = of_stage, on_path, selected, closed
            self.setZValue(LIT_LAYER if of_stage or on_path or selected else EDGE_LAYER)
            self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return self._shape

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        looks, (of_stage, on_path, selected, closed) = self._looks, self._lit
        is_lit = of_stage or on_path or selected
        colour = looks.selected if selected else looks.stage if of_stage else looks.path if on_path else looks.line
        pen = QPen(colour, 3.0 if is_lit else 1.2)
        if self._formula is None or closed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        x, y = self._tip.x(), self._tip.y()
        painter.drawPolygon(
            QPolygonF([QPointF(x, y), QPointF(x - ARROW, y - ARROW / 2), QPointF(x - ARROW, y + ARROW / 2)])
        )

    def paint_label(self, painter: QPainter) -> None:
        """The texts, where there are any: `label` calls it, over all edges."""
        if self._formula is not None:
            self._paint_label(painter, self._formula)

    def _paint_label(self, painter: QPainter, formula: str) -> None:
        looks = self._looks
        written = self._product or self._number
        if is_far(painter):
            painter.setFont(looks.large)
            result = (written or "").rpartition("= ")[2]
            room = self._label.adjusted(-BESIDE, 0, BESIDE, 0)
            text = shortest_that_fits(painter, result, room.width() - 1)
            _text_on(painter, room, text, looks.base, looks.gradient if self._product else looks.text)
            return
        painter.setFont(looks.small)
        if self._product:
            self._paint_product(painter)
        elif written == formula:  # 1 is 1 in letters too
            _text_on(painter, self._label, written, looks.base, looks.text)
        else:
            self._paint_local(painter, written)

    def _paint_product(self, painter: QPainter) -> None:
        """Where formula and number stand else, so that the products of two edges that meet lie apart as those do."""
        factors, _, result = self._product.partition(" = ")
        lines = QRectF(0, 0, self._label.width() + 2 * LABEL_REACH, 2 * SMALL_LINE)
        lines.moveCenter(self._label.center())
        upper, lower = lines.adjusted(0, 0, 0, -SMALL_LINE), lines.adjusted(0, SMALL_LINE, 0, 0)
        for row, text in ((upper, factors), (lower, f"= {result}")):  # in one line it would be wider than the gap
            _text_on(painter, row, text, self._looks.base, self._looks.gradient)

    def _paint_local(self, painter: QPainter, number: str | None) -> None:
        """The formula, a line each, and the number beneath it."""
        looks = self._looks
        row = QRectF(self._label.left(), self._label.top(), self._label.width(), SMALL_LINE)
        if not number:
            row.translate(0, SMALL_LINE / 2)
        if self._is_steep:
            self._cover_between(painter, row, [*self._lines, number] if number else self._lines)
        for line in self._lines:
            _text_on(painter, row, line, looks.base, looks.faint)
            row.translate(0, SMALL_LINE)
        if number:
            text = shortest_that_fits(painter, number, row.width() + 2 * BESIDE)
            _text_on(painter, row.adjusted(-BESIDE, 0, BESIDE, 0), text, looks.base, looks.text)

    def _cover_between(self, painter: QPainter, row: QRectF, texts: Sequence[str]) -> None:
        """So that no speck of the edge shows between the lines of its label."""
        width = painter.fontMetrics().horizontalAdvance
        for number, pair in enumerate(itertools.pairwise(texts)):
            between = QRectF(0, 0, min(map(width, pair)) + 6, SMALL_LINE)
            between.moveCenter(row.center() + QPointF(0, SMALL_LINE * (number + 0.5)))
            painter.fillRect(between, self._looks.base)


class EdgeLabel(QGraphicsItem):
    """The texts of an edge, which no other edge runs through; what points at them points at the edge beneath."""

    def __init__(self, edge: EdgeItem) -> None:
        super().__init__()
        self._edge = edge
        self.setZValue(LABEL_LAYER)

    def boundingRect(self) -> QRectF:
        return self._edge.label_bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self._edge.paint_label(painter)


def _is_steep(route: tuple[Point, ...], at: Point) -> bool:
    """Whether an edge runs across the rows of its label, not along between them."""
    for (left, upper), (right, lower) in slants(route):
        if min(left, right) <= at[0] <= max(left, right) and min(upper, lower) <= at[1] <= max(upper, lower):
            return abs(lower - upper) > STEEP * abs(right - left)
    return False


def is_far(painter: QPainter) -> bool:
    """Whether the drawing is so small that its plain type can't be read."""
    return painter.worldTransform().m11() < FAR


def shortest_that_fits(painter: QPainter, number: str, width: float) -> str:
    """A number of `written_number`, rounded to as many digits as there is room for."""
    metrics = painter.fontMetrics()
    text = number
    digits, dot, power = number.partition("·")
    if "." in digits:
        value = float(digits.replace("−", "-"))
        shorter = (f"{written_number(value, most)}{dot}{power}" for most in range(DIGITS, 0, -1))
        text = next((each for each in shorter if metrics.horizontalAdvance(each) <= width), text)
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


def _text_on(painter: QPainter, box: QRectF, text: str, ground: QColor, colour: QColor) -> None:
    """A text in the middle of a box, on a ground of its own that covers what lies beneath it."""
    around = QFontMetricsF(painter.font()).boundingRect(text)
    behind = QRectF(0, 0, around.width() + 6, min(around.height(), box.height()))
    behind.moveCenter(box.center())
    painter.fillRect(behind, ground)
    painter.setPen(colour)
    painter.drawText(box, CENTRED, text)
