"""The network as a drawing: every number on its node or its edge, to be walked through, pointed at and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainterPath, QPalette, QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QLabel, QToolTip, QWidget

from gradviz.core.drawing_room import Room
from gradviz.core.network_parts import Bias, Edge, Input, Part, Target, Unit
from gradviz.views.common.drawing_view import LARGEST, MARGIN, DrawingView
from gradviz.views.common.plot_style import IN_PICTURE
from gradviz.views.network.closer_labels import CloserLabels
from gradviz.views.network.diagram_edges import EdgesItem, Numbers
from gradviz.views.network.diagram_frame import FrameItem
from gradviz.views.network.diagram_items import Mark, MarksItem, NodeItem
from gradviz.views.network.diagram_layout import DiagramLayout, LayerEdges, diagram_layout
from gradviz.views.network.diagram_looks import TYPE_PIXELS, diagram_looks
from gradviz.views.network.diagram_marks import marks_of
from gradviz.views.network.diagram_numbers import (
    colour_numbers,
    edge_numbers,
    layer_is_lit,
    node_is_lit,
    node_texts,
)
from gradviz.views.network.diagram_walk import beside, next_edge
from gradviz.views.network.diagram_words import WEIGHT, ShownPass, tip_of
from gradviz.views.network.part_words import part_name, part_words, value_of
from gradviz.views.network.place_editor import PlaceEditor

READABLE = 7.0  # pixels of type; of smaller one it is said how it grows
EASY_TO_HIT = 6.0  # pixels to both sides of an edge
PLATE = (120.0, 90.0)  # pixels that the numbers of an edge take with the field below them, about
PLATE_FOOT = 4  # pixels from its words to the field


class NetworkDiagram(DrawingView):
    """Setters never emit.

    Signals:
        part_selected(object): the Part that was clicked or walked to, None beside all of them.
        value_edited(object, float): the Part and the number that was given to it in place.
    """

    part_selected = Signal(object)
    value_edited = Signal(object, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("network.diagram", "", parent)
        self._hint.setText(self.tr("Click: its derivation; double-click: change it"))
        self.setAccessibleName(self.tr("The network"))
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)  # a pass changes all of it
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(200, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.layout_: DiagramLayout | None = None
        self.shown: ShownPass | None = None
        self.selected: Part | None = None
        self._hovered: Part | None = None
        self._is_tiny = False  # not all of its numbers can be read at this size
        self._pointed: tuple[Part, ...] = ()
        self._looks = diagram_looks()
        self._nodes: dict[Part, NodeItem] = {}
        self._edges: list[EdgesItem] = []
        self._marks: MarksItem | None = None
        self._pictures: dict[Part, QImage] = {}
        self._closer = CloserLabels(self._in_sight, self._on_placed, self)
        self.editor = PlaceEditor(self)
        self.editor.value_given.connect(self.value_edited)
        self._legend = QLabel(self)
        self._legend.setObjectName("network.legend")
        self._legend.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._legend.move(8, 6)
        ground = self._legend.palette()
        ground.setColor(QPalette.ColorRole.Window, self._looks.base)
        self._legend.setPalette(ground)
        self._legend.setAutoFillBackground(True)  # nodes do not run through it

    # -- what is shown

    def show_pass(self, shown: ShownPass) -> None:
        """Other numbers, or another network: what has the same shape is not laid out anew."""
        before = self.shown
        self.shown = shown
        if before is None or before.network.shape != shown.network.shape:
            self._lay_out(shown)
        if before is None or before.coloured_by != shown.coloured_by:
            self._show_legend(shown.coloured_by)
        self._show_numbers(shown)
        self._describe()

    def _show_numbers(self, shown: ShownPass) -> None:
        self._show_edges(shown)
        self._show_nodes(shown)
        self._show_marks()

    def set_selected(self, part: Part | None) -> None:
        """Marks a part, and pans where nothing of it is in sight; nothing is emitted."""
        if part != self.selected:
            self._mark_selected(part)
            if part is not None and not self._is_in_sight(part):
                self._bring(part)

    def _mark_selected(self, part: Part | None) -> None:
        if part != self.selected:
            self.selected = part
            self._show_marks()
            self._describe()

    def set_pointed(self, parts: Iterable[Part]) -> None:
        """Lights the parts that a factor of a formula comes from, until the next call."""
        self._pointed = tuple(parts)
        self._show_marks()

    def set_pictures(self, pictures: Mapping[Part, QImage]) -> None:
        """A small picture of the output of each unit over the plane; units that are not named get none."""
        self._pictures = dict(pictures)
        for part, item in self._nodes.items():
            if isinstance(part, Unit):
                item.set_picture(self._pictures.get(part))

    def node_item(self, part: Part) -> NodeItem | None:
        """The item of a node, None for edges and for what is folded away."""
        return self._nodes.get(part)

    def edges_item(self, layer: int) -> EdgesItem:
        return self._edges[layer]

    @property
    def marks(self) -> tuple[Mark, ...]:
        return () if self._marks is None else self._marks.marks

    def fit(self) -> None:
        """All of it, laid out for the view as it is now."""
        self.lay_out_for_room()
        super().fit()

    def lay_out_for_room(self) -> None:
        if self.shown is not None and self.layout_ is not None:
            layout = diagram_layout(self.shown.network.shape, self._room())
            if (layout.width, layout.height) != (self.layout_.width, self.layout_.height):
                self._lay_out(self.shown, layout)
                self._show_numbers(self.shown)

    # -- where things are

    def place_of(self, part: Part) -> QPoint | None:
        """The pixel of the viewport on which a part can be clicked; None for what is folded away."""
        if self.layout_ is None:
            return None
        node = self.layout_.node_of(part)
        if node is not None:
            return self.mapFromScene(QPointF(node.x, node.y))
        found = self.layout_.place_of_edge(part)
        if found is None:
            return None
        line = QLineF(*found[0].lines[found[1]].tolist())
        for share in (0.5, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6, 0.12, 0.88):  # where no other edge is nearer
            place = self.mapFromScene(line.pointAt(share))
            if self.part_at(place) == part:
                return place
        return self.mapFromScene(line.center())

    def part_at(self, place: QPoint) -> Part | None:
        """The part at a pixel of the viewport: a node, or the nearest edge."""
        if self.layout_ is None:
            return None
        at = self.mapToScene(place)
        for node in self.layout_.nodes:
            if node.holds(at.x(), at.y()):
                return node.part
        found: tuple[float, Part] | None = None
        for edges in self.layout_.edges:
            far = _distances(edges, at.x(), at.y())
            nearest = int(np.argmin(far))
            if far[nearest] * self.scale_now <= EASY_TO_HIT and (found is None or far[nearest] < found[0]):
                found = float(far[nearest]), edges.parts[nearest]
        return None if found is None else found[1]

    def open_editor(self, part: Part | None) -> bool:
        """Opens the field on a number that can be changed; False where there is none."""
        if isinstance(part, Unit) and self.shown is not None and self.shown.network.shape.layers[part.layer].bias:
            part = Bias(part.layer, part.number)  # what can be changed of a unit: its edge says whose number it is
            self._choose(part)
        if self.shown is None or not isinstance(part, Input | Target | Edge | Bias):
            return False
        shape = self.shown.network.shape
        words = f"{part_name(shape, part)}: {part_words(shape, part)}"
        self._bring(part)
        place = self._place_of_editor(part) or self.viewport().rect().center()
        self.editor.open_at(part, value_of(self.shown.network, self.shown.found, part), words, place)
        return True

    def _place_of_editor(self, part: Part) -> QPoint | None:
        """On a node; below the numbers of an edge, which tell what is changed."""
        plate = self._plate_of(part)
        if plate is None:
            return self.place_of(part)
        foot = self.fontMetrics().height() + PLATE_FOOT  # half of its two lines, and half of the field
        return self.mapFromScene(plate) + QPoint(0, foot + self.editor.sizeHint().height() // 2)

    # -- what is in sight

    def _plate_of(self, part: Part) -> QPointF | None:
        """Where the numbers of an edge stand once it is selected; None for a node and for what is folded away."""
        found = None if self.layout_ is None else self.layout_.place_of_edge(part)
        if found is None:
            return None
        middle = QLineF(*found[0].lines[found[1]].tolist()).center()
        return self._edges[found[0].layer].place_of(found[1]) or middle

    def _is_in_sight(self, part: Part) -> bool:
        """True if a part of an edge is; a node comes whole."""
        found = None if self.layout_ is None else self.layout_.place_of_edge(part)
        if found is None:
            return False
        path = QPainterPath(QPointF(*found[0].lines[found[1], :2].tolist()))
        path.lineTo(*found[0].lines[found[1], 2:].tolist())
        return path.intersects(self._in_sight()[0])

    def _bring(self, part: Part) -> None:
        """Pans as little as shows a node, or the numbers of an edge."""
        node, plate = self._nodes.get(part), self._plate_of(part)
        if node is not None:
            self.bring_into_view(node)
        elif plate is not None:
            place = QRectF(0, 0, PLATE[0] / self.scale_now, PLATE[1] / self.scale_now)
            place.moveCenter(plate)
            self.bring_place_into_view(place)

    # -- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.part_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        part = self.part_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and part is not None:
            self._choose(part)
            self.open_editor(part)
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self.part_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return bool(super().viewportEvent(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways: dict[Qt.Key, tuple[int, int]] = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Return: lambda: self.open_editor(self.selected),
            Qt.Key.Key_Enter: lambda: self.open_editor(self.selected),
            Qt.Key.Key_F2: lambda: self.open_editor(self.selected),
            Qt.Key.Key_Escape: lambda: self._choose(None),
            Qt.Key.Key_Plus: lambda: self.zoom(1),
            Qt.Key.Key_Minus: lambda: self.zoom(-1),
            Qt.Key.Key_0: self.fit,
        }
        shifted = modifiers == Qt.KeyboardModifier.ShiftModifier
        if key in ways and self.layout_ is not None and (shifted or not modifiers):
            walk = next_edge if shifted else beside
            self._choose(walk(self.layout_, self.selected, *ways[key]))
            if self.selected is not None:
                self._bring(self.selected)
        elif key in acts and (not modifiers or key == Qt.Key.Key_Plus):
            acts[key]()
        else:
            event.ignore()  # for the tab

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.editor.isVisible() and self.editor.part is not None:
            self.editor.close_editor()

    def _choose(self, part: Part | None) -> None:
        if self.editor.isVisible():
            self.editor.close_editor()
        self._mark_selected(part)  # it does not move from under the mouse: a second click is for the same part
        self.part_selected.emit(part)

    def _hover(self, part: Part | None) -> None:
        if part != self._hovered:
            self._hovered = part
            self._show_marks()
            self.viewport().setToolTip(self._tip(part))
            if part is None:
                QToolTip.hideText()

    # -- painting

    def _room(self) -> Room:
        room = self.room
        return Room(room.width(), room.height(), MARGIN, self.largest_fit)

    def _lay_out(self, shown: ShownPass, layout: DiagramLayout | None = None) -> None:
        shape = shown.network.shape
        self.layout_ = layout = layout or diagram_layout(shape, self._room())
        self.editor.close_editor()
        self._hovered, self._pointed = None, ()
        self.scene().clear()
        bounds = QRectF(-20, -20, layout.width + 40, layout.height + 40)
        self.scene().addItem(FrameItem(layout, bounds, self._looks))
        self._edges = [EdgesItem(edges, self._looks) for edges in layout.edges]
        self._nodes = {}
        for node in layout.nodes:
            name = "" if node.part is None else part_name(shape, node.part)
            item = NodeItem(node, name, layout.has_pictures, self._looks)
            if node.part is not None:
                self._nodes[node.part] = item
            elif node.kind == "bias":
                item.show_texts(("1",), False)
            self.scene().addItem(item)
        for edges in self._edges:
            self.scene().addItem(edges)
        self._marks = MarksItem(bounds, self._looks)
        self.scene().addItem(self._marks)
        kept = self._pictures.items() if layout.has_pictures else ()
        self.set_pictures({part: image for part, image in kept if part in self._nodes})
        self.set_size(layout.width, layout.height)
        self._closer.set_items(self._edges)
        self._show_whether_tiny()

    def _show_legend(self, coloured_by: str) -> None:
        what = self.tr("weight") if coloured_by == WEIGHT else self.tr("gradient")
        text = self.tr("{0}: <b style='color:{1}'>positive</b>, <b style='color:{2}'>negative</b>; wide where large")
        values = what, self._looks.positive.name(), self._looks.negative.name()
        self._legend.setProperty(IN_PICTURE, text.format(*values))
        if self._is_tiny:
            text = self.tr("{0}: <b style='color:{1}'>positive</b>, <b style='color:{2}'>negative</b>; + shows numbers")
        self._legend.setText(text.format(*values))
        self._legend.adjustSize()

    def _set_scale(self, scale: float) -> None:
        super()._set_scale(scale)
        self._show_whether_tiny()
        self._closer.view_changed()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._closer.view_changed()

    def _in_sight(self) -> tuple[QRectF, float]:
        return self.mapToScene(self.viewport().rect()).boundingRect(), self.scale_now

    def _on_placed(self) -> None:
        """Other edges have their numbers beside them."""
        self._show_whether_tiny()
        self._show_marks()

    def _show_whether_tiny(self) -> None:
        """Says how its numbers come to be read, until all can be that are in sight."""
        seen, scale = self._in_sight()
        is_tiny = scale * TYPE_PIXELS < READABLE
        is_tiny |= scale < 0.99 * LARGEST and any(
            not i.has_all and i.boundingRect().intersects(seen) for i in self._edges
        )
        if is_tiny != self._is_tiny and self.shown is not None:
            self._is_tiny = is_tiny
            self._show_legend(self.shown.coloured_by)

    def _show_edges(self, shown: ShownPass) -> None:
        values, slopes = edge_numbers(shown, [item.edges for item in self._edges])
        coloured = colour_numbers(shown, values, slopes)
        largest = max((float(np.abs(each[np.isfinite(each)]).max(initial=0.0)) for each in coloured), default=0.0)
        for item, value, slope, colour in zip(self._edges, values, slopes, coloured, strict=True):
            item.show_numbers(colour, largest, value, slope)
            item.set_faded(not layer_is_lit(shown.phase, item.edges.layer))

    def _show_nodes(self, shown: ShownPass) -> None:
        for part, item in self._nodes.items():
            item.show_texts(node_texts(shown, part), node_is_lit(shown.phase, part))

    def _show_marks(self) -> None:
        if self._marks is None or self.layout_ is None or self.shown is None:
            return
        wanted = [(part, False) for part in (*self._pointed, self._hovered) if part is not None]
        if self.selected is not None:
            wanted.append((self.selected, True))
        self._marks.show_marks(marks_of(self.layout_, self.shown, wanted, self._plate_of))

    def _describe(self) -> None:
        """What a screen reader says of the selection."""
        self.setAccessibleDescription(self._tip(self.selected).replace("\n", ", "))

    def _tip(self, part: Part | None) -> str:
        return "" if part is None or self.shown is None else tip_of(self.shown, part)


def _distances(edges: LayerEdges, x: float, y: float) -> Numbers:
    """From a point to each line of a layer."""
    begin, along = edges.lines[:, :2], edges.lines[:, 2:] - edges.lines[:, :2]
    at = np.array([x, y])
    share = np.clip(((at - begin) * along).sum(axis=1) / (along**2).sum(axis=1), 0, 1)
    found: Numbers = np.hypot(*(begin + share[:, None] * along - at).T)
    return found
