"""What stands still on the drawing of a network, whatever its numbers are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gradviz.core.network_parts import LossPart, Target, Unit
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.network.diagram_edges import CENTRE
from gradviz.views.network.diagram_layout import CAPTION, DiagramLayout, Node
from gradviz.views.network.diagram_looks import SMALL_PIXELS, SMALLEST_TYPE, DiagramLooks, on_screen

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


class FrameItem(QGraphicsItem):
    """What stands still: the names over the columns, and the lines from outputs over targets to the loss."""

    def __init__(self, layout: DiagramLayout, bounds: QRectF, looks: DiagramLooks) -> None:
        super().__init__()
        self._captions, self._lines = _captions(layout), _loss_lines(layout)
        self._bounds, self._looks = bounds, looks
        self.setZValue(0)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        painter.setPen(QPen(self._looks.line, on_screen(painter), Qt.PenStyle.DotLine))
        painter.drawLines(self._lines)
        if painter.worldTransform().m11() * SMALL_PIXELS < SMALLEST_TYPE:
            return
        painter.setFont(self._looks.small)
        painter.setPen(self._looks.faint)
        metrics = QFontMetricsF(self._looks.small)
        for box, text in self._captions:
            painter.drawText(box, CENTRE, metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()))


def _captions(layout: DiagramLayout) -> list[tuple[QRectF, str]]:
    """Over each column its name, in the width that it has."""
    titles = [translate("NetworkDiagram", "inputs"), *(in_words(each.activation.title) for each in layout.shape.layers)]
    titles += [translate("NetworkDiagram", "targets"), translate("NetworkDiagram", "loss")]
    room = min(b - a for a, b in zip(layout.captions, layout.captions[1:], strict=False)) - 6
    return [
        (QRectF(x - room / 2, CAPTION - 20, room, 16), title) for x, title in zip(layout.captions, titles, strict=True)
    ]


def _loss_lines(layout: DiagramLayout) -> list[QLineF]:
    """From every output past its target to the loss."""
    loss = layout.node_of(LossPart())
    assert loss is not None  # every drawing has one
    lines = []
    for node in layout.nodes:
        if isinstance(node.part, Target):
            output = _output_of(layout, node)
            lines.append(QLineF(output.x + output.width / 2, output.y, node.x - node.width / 2, node.y))
            lines.append(QLineF(node.x + node.width / 2, node.y, loss.x - loss.width / 2, loss.y))
    return lines


def _output_of(layout: DiagramLayout, target: Node) -> Node:
    assert isinstance(target.part, Target)
    found = layout.node_of(Unit(len(layout.shape.layers) - 1, target.part.number))
    assert found is not None  # a target is drawn where its output is
    return found
