"""The drawing of the graph: to look at, to zoom and pan, and to walk through with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView, QLabel, QWidget

from gradviz.core.chain_picture import ChainPicture
from gradviz.views.chain_rule.graph_items import EdgeItem, NodeItem
from gradviz.views.chain_rule.graph_marks import GraphMarks, GraphNumbers, graph_looks
from gradviz.views.chain_rule.graph_walk import WALK_KEYS, Selection, edge_beside, node_beside
from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.plot_style import ON_SCREEN_ONLY

PLAIN_POINT_SIZE = 9.0
LARGEST_FIT, SMALLEST, LARGEST = 1.35, 0.15, 8.0
ZOOM_STEP = 1.2
MARGIN, FREE = 14.0, 240.0  # around the picture when it fits; how far it can be pushed aside


class GraphView(QGraphicsView):
    """Shows one picture at a time. Setters never emit.

    Signals:
        selected(object): the Selection that the person clicked or walked to; an empty one for none.
    """

    selected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chain_rule.graph")
        self.setAccessibleName(self.tr("Graph of values and local derivatives"))
        self.picture: ChainPicture | None = None
        self.selection = Selection()
        self._looks = graph_looks()
        self._nodes: list[NodeItem] = []
        self._edges: list[EdgeItem] = []
        self._is_fitted = True
        self._pressed_at = QPoint()
        self._scene = QGraphicsScene(self)
        self._scene.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setScene(self._scene)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setBackgroundBrush(QColor(colours().base))
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self._hint = QLabel(self.tr("click a node or an edge; arrow keys walk on"), self)
        self._hint.setObjectName("chain_rule.hint")
        self._hint.setProperty(ON_SCREEN_ONLY, True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        paint_text(self._hint, colours().faint_text)

    # -- what is shown

    def show_picture(self, picture: ChainPicture) -> None:
        """Another graph; nothing is selected and no number known."""
        same_size = self.picture is not None and _size(self.picture) == _size(picture)
        for item in (*self._nodes, *self._edges):
            self._scene.removeItem(item)
        self.picture, self.selection = picture, Selection()
        self._nodes = [NodeItem(picture, place, self._looks) for place in range(len(picture.graph.nodes))]
        self._edges = [EdgeItem(picture, number, self._looks) for number in range(len(picture.graph.edges))]
        for item in (*self._edges, *self._nodes):
            self._scene.addItem(item)
        free = QRectF(0, 0, *_size(picture)).adjusted(-FREE, -FREE, FREE, FREE)
        self.setSceneRect(free)
        if self._is_fitted or not same_size:
            self.fit()

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

    def set_edge_tips(self, tips: tuple[str, ...]) -> None:
        """What is said of each edge where the mouse rests on it."""
        for edge, tip in zip(self._edges, tips, strict=True):
            edge.setToolTip(tip)

    def show_hint(self, visible: bool) -> None:
        self._hint.setVisible(visible)

    @property
    def hint_is_shown(self) -> bool:
        return not self._hint.isHidden()

    # -- zoom

    def fit(self) -> None:
        """The whole graph, no larger than it reads well; it stays so until a hand zooms."""
        self._is_fitted = True
        if self.picture is None:
            return
        width, height = _size(self.picture)
        room = self.viewport().size()
        largest = LARGEST_FIT * max(self.font().pointSizeF() / PLAIN_POINT_SIZE, 1.0)
        scale = min(room.width() / (width + 2 * MARGIN), room.height() / (height + 2 * MARGIN), largest)
        self._set_scale(max(scale, SMALLEST))
        self.centerOn(width / 2, height / 2)

    def zoom(self, steps: int) -> None:
        """In (positive) or out, around the middle."""
        anchor = self.transformationAnchor()
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self._zoom(steps)
        self.setTransformationAnchor(anchor)

    @property
    def scale_now(self) -> float:
        """Pixels for a unit of the drawing."""
        return self.transform().m11()

    def zoom_state(self) -> list[float] | None:
        """Scale and middle, None while all fits."""
        if self._is_fitted:
            return None
        middle = self.mapToScene(self.viewport().rect().center())
        return [self.scale_now, middle.x(), middle.y()]

    def restore_zoom(self, state: list[float]) -> None:
        """Raises ValueError if it is no such state."""
        scale, x, y = (float(number) for number in state)
        if not (SMALLEST <= scale <= LARGEST and abs(x) < 1e6 and abs(y) < 1e6):
            raise ValueError(f"zoom {state}")
        self._is_fitted = False
        self._set_scale(scale)
        self.centerOn(x, y)

    def _zoom(self, steps: float) -> None:
        self._is_fitted = False
        self._set_scale(min(max(self.scale_now * ZOOM_STEP**steps, SMALLEST), LARGEST))

    def _set_scale(self, scale: float) -> None:
        factor = scale / self.scale_now
        self.scale(factor, factor)

    # -- hands

    def select(self, selection: Selection) -> None:
        """As a click there would."""
        self.show_hint(False)
        self.selected.emit(selection)
        items = self._nodes if selection.node is not None else self._edges
        place = selection.node if selection.node is not None else selection.edge
        if place is not None and not self._is_fitted:
            self.ensureVisible(items[place], 20, 20)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self.select(self._at(event.position().toPoint()))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and moved >= QApplication.startDragDistance():
            self._is_fitted = False
        super().mouseMoveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom(event.angleDelta().y() / 120)
        event.accept()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        self._hint.adjustSize()
        self._hint.move((self.width() - self._hint.width()) // 2, self.height() - self._hint.height() - 8)

    def _at(self, where: QPoint) -> Selection:
        item = self.itemAt(where)
        if isinstance(item, NodeItem):
            return Selection(node=item.place)
        return Selection(edge=item.number) if isinstance(item, EdgeItem) else Selection()


def _size(picture: ChainPicture) -> tuple[float, float]:
    return picture.layout.width, picture.layout.height
