"""The drawing of the graph: to look at, to zoom and pan, and to walk through with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gradviz.core.chain_picture import LINE, ChainPicture, partial_name
from gradviz.core.drawing_room import Room
from gradviz.views.chain_rule.graph_items import EdgeItem, NodeItem
from gradviz.views.chain_rule.graph_marks import GraphMarks, GraphNumbers, graph_looks
from gradviz.views.chain_rule.graph_walk import WALK_KEYS, Selection, edge_beside, node_beside
from gradviz.views.common.drawing_view import MARGIN, DrawingView

STEP = 24  # pixels


class GraphView(DrawingView):
    """Shows one picture at a time. Setters never emit.

    Signals:
        selected(object): the Selection that the person clicked or walked to; an empty one for none.
        room_changed(object): the Room for a picture, while what is there fits and goes on fitting.
    """

    selected = Signal(object)
    room_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chain_rule.graph", self.tr("click a node or an edge; arrow keys walk on"), parent)
        self.setAccessibleName(self.tr("Graph of values and local derivatives"))
        self.picture: ChainPicture | None = None
        self.selection = Selection()
        self.looks = graph_looks()
        self._nodes: list[NodeItem] = []
        self._edges: list[EdgeItem] = []
        self.pressed.connect(lambda item: self.select(_selection_of(item)))

    @property
    def room_now(self) -> Room:
        """What a picture is laid out for; in steps, since a view that is resized by a pixel has the same picture."""
        room = self.room
        width, height = (max(STEP * (size // STEP), STEP) for size in (room.width(), room.height()))
        return Room(width, height, MARGIN, self.largest_fit)

    def fit(self) -> None:
        """All of it, laid out for the view as it is now."""
        super().fit()
        if self.isVisible():
            self.room_changed.emit(self.room_now)

    # -- what is shown

    def show_picture(self, picture: ChainPicture) -> None:
        """Another graph; nothing is selected and no number known."""
        for item in (*self._nodes, *self._edges, *(edge.label for edge in self._edges)):
            self.scene().removeItem(item)
        self.picture, self.selection = picture, Selection()
        self._nodes = [NodeItem(picture, place, self.looks) for place in range(len(picture.graph.nodes))]
        self._edges = [EdgeItem(picture, number, self.looks) for number in range(len(picture.graph.edges))]
        for item in (*self._edges, *self._nodes, *(edge.label for edge in self._edges)):
            self.scene().addItem(item)
        for edge, item, local in zip(picture.graph.edges, self._edges, picture.locals, strict=True):
            tip = f"{picture.names[edge.source]} → {picture.names[edge.target]}"
            slope = partial_name(picture.graph, edge.target, edge.source)
            item.setToolTip(tip if local is None else f"{tip}\n{slope} = {local}")  # all of it, where it is elided
        self.set_size(picture.layout.width, picture.layout.height + LINE)  # beneath a node a sum may stand

    def show_numbers(self, numbers: GraphNumbers) -> None:
        for place, item in enumerate(self._nodes):
            texts = numbers.values[place], numbers.gradient_names[place], numbers.gradients[place]
            item.show_texts(*texts, numbers.sums.get(place, ""))
        for number, edge in enumerate(self._edges):
            edge.show_texts(numbers.locals[number], numbers.products.get(number, ""))

    def show_marks(self, marks: GraphMarks) -> None:
        self.selection = Selection(marks.node, marks.edge)
        for place, item in enumerate(self._nodes):
            item.show_marks(place in marks.stage_nodes, place in marks.path_nodes, place == marks.node)
        for number, edge in enumerate(self._edges):
            lit = number in marks.stage_edges, number in marks.path_edges
            edge.show_marks(*lit, number == marks.edge, number in marks.closed_edges)

    # -- hands

    def select(self, selection: Selection) -> None:
        """As a click there would."""
        self.show_hint(False)
        self.selected.emit(selection)
        if selection.node is not None:
            self.bring_into_view(self._nodes[selection.node])
        elif selection.edge is not None:
            self.bring_into_view(self._edges[selection.edge])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, picture = Qt.Key(event.key()), self.picture
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shifted = modifiers == Qt.KeyboardModifier.ShiftModifier
        if picture is None or key not in WALK_KEYS or not (shifted or modifiers == Qt.KeyboardModifier.NoModifier):
            event.ignore()  # the tab's own keys; a view would scroll
            return
        beside = edge_beside if shifted else node_beside
        found = beside(picture, self.selection, key)
        if found != self.selection:
            self.select(found)


def _selection_of(item: object) -> Selection:
    if isinstance(item, NodeItem):
        return Selection(node=item.place)
    return Selection(edge=item.number) if isinstance(item, EdgeItem) else Selection()
