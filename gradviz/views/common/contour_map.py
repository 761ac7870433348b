"""The contour map: heights as colours, level lines, minima, the start, and the trails of the descent."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gradviz.core.landscape import Box, Landscape
from gradviz.core.level_labels import LabelRoom
from gradviz.core.recording import Recording
from gradviz.core.relief import Relief
from gradviz.views.common.colours import colours
from gradviz.views.common.gradient_overlay import GradientOverlay
from gradviz.views.common.map_relief import MapRelief
from gradviz.views.common.map_trails import MapTrails
from gradviz.views.common.minimum_marks import MinimumMarks
from gradviz.views.common.plot_style import ON_SCREEN_ONLY, Plot

MARGIN = 0.15  # of the visible range: drawn on each side beyond it, so that a pan finds the map already there
REDRAW_DELAY_MS = 30
AT_REST_MS = 150  # after the last change by a hand: between two of its moves there are fewer
TOP_MARGIN = 7  # pixels: half of a tick's label, which may stand at the very top of an axis
PAN_STEP = 0.1  # of what is visible, by a key
ZOOM_STEP = 0.7
NARROWEST, WIDEST = 1e-9, 1e9  # beyond these, neighbouring pixels are the same number, or nothing is left to see
MOST_UNEQUAL = 4.0  # of a box's sides: in a longer one with equal scales its landscape would be a line


@dataclass(frozen=True, slots=True)
class MapWords:
    """What a map calls its plane and its heights, and what it says of its use."""

    title: str
    x: str
    y: str
    height: str
    hint: str
    start: str
    masked: str


class ContourMap(Plot):
    """A map of one landscape. Left click: start there. Drag: pan, or move the start marker. Wheel: zoom.

    `key` is that of the tab it stands in.

    Signals:
        start_picked(float, float): data coordinates of a click or of where the start marker was let go, rounded to
            less than a pixel. Not emitted for a drag that pans, nor by `set_start`.
        hovered(object): (x, y) under the mouse, None when it leaves.
        failed(object): the exception that computing the heights raised.
        drawn(): heights and level lines of what is visible are on the map, after a change of landscape or range.
    """

    start_picked = Signal(float, float)
    hovered = Signal(object)
    failed = Signal(object)
    drawn = Signal()

    def __init__(self, key: str = "descent", words: MapWords | None = None, parent: QWidget | None = None) -> None:
        self._key, self._words = key, words or self._words_of_a_function()
        super().__init__(f"{key}.map", self._words.title, parent)
        self.getPlotItem().layout.setContentsMargins(0, TOP_MARGIN, 0, 0)
        self.setLabel("bottom", self._words.x)
        self.setLabel("left", self._words.y)
        for side in ("left", "bottom"):
            # only ever wider: with the aspect locked, another width shows another range, whose numbers may ask for
            # the width before, and so on for ever
            self.getAxis(side).setStyle(autoReduceTextSpace=False)
        self._box = self.getPlotItem().getViewBox()
        self._box.setAspectLocked(True)  # only then is the gradient at a right angle to the level lines
        self._box.setLimits(minXRange=NARROWEST, minYRange=NARROWEST, maxXRange=WIDEST, maxYRange=WIDEST)
        self._landscape: Landscape | None = None
        self._is_shut_down = False
        self._pixel_size = (0.0, 0.0)
        self._labels_shown = False
        self._redraw = QTimer(self, singleShot=True)
        self._redraw.timeout.connect(self._request_relief)
        self._retrace = QTimer(self, singleShot=True, interval=REDRAW_DELAY_MS)
        self._retrace.timeout.connect(self._rebuild_trails)
        self._add_items()
        self._box.sigRangeChanged.connect(self._on_range_changed)
        self._box.sigResized.connect(self._place_hint)
        self.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        self.scene().sigMouseMoved.connect(self._on_mouse_moved)

    # -- what the tab tells it

    def set_landscape(self, landscape: Landscape) -> None:
        """Shows another landscape, whole; what was traced on the old one goes."""
        self._landscape = landscape
        self._relief.clear()
        self.set_recording(None)
        self._minima.show(landscape)
        self.field.clear()
        self.show_whole()
        self._arrange_minima()
        self._request_relief()

    def change_landscape(self, landscape: Landscape) -> None:
        """Shows a slightly different landscape in the same range, as often as a hand moves; nothing blinks.

        For one that needs no torch: its coarse relief is drawn at once.
        """
        self._landscape = landscape
        self._minima.show(landscape)
        self._arrange_minima()
        if self._has_room():
            self._relief.draw_coarsely(landscape, *self._asked(margin=0.0))
        self._redraw.start(AT_REST_MS)  # and as fine as ever then

    @property
    def has_equal_scales(self) -> bool:
        """True where a unit of x is as long as one of y: only then −∇f is at a right angle to the level lines."""
        return bool(self._box.state["aspectLocked"])

    @property
    def box(self) -> pg.ViewBox:
        """What is drawn upon, for marks of its owner."""
        return self._box

    def set_labels_shown(self, shown: bool) -> None:
        """Some level lines say how high they are."""
        self._labels_shown = shown
        self._request_relief()

    @property
    def labels_shown(self) -> bool:
        return self._labels_shown

    @property
    def lanes_shown(self) -> tuple[bool, ...]:
        """Which lanes of the recording are seen."""
        return self._trails.shown

    def set_field(self, kind: str) -> None:
        """The gradient field −∇f over the map: «none», «arrows» or «streamlines»."""
        self.field.set_kind(kind)
        self._request_relief()

    def set_start(self, x: float, y: float) -> None:
        """Moves the start marker; nothing starts."""
        if (x, y) != tuple(self._start.pos()):
            self._start.blockSignals(True)  # a setter never emits back
            self._start.setPos(x, y)
            self._start.blockSignals(False)

    def set_recording(self, recording: Recording | None) -> None:
        """The recording whose lanes are traced from now on."""
        self._trails.set_recording(recording)
        self._place_legend()

    def name_lanes(self) -> None:
        """Writes the names that the lanes have now into the legend."""
        self._trails.name_lanes()
        self._place_legend()

    def set_lanes_shown(self, shown: tuple[bool, ...]) -> None:
        """Which lanes of the recording are seen; the others are traced unseen."""
        self._trails.set_shown(shown)
        self._place_legend()

    def extend_trails(self, counts: tuple[int, ...]) -> None:
        """Draws the rows that are new, up to `counts` of each lane."""
        self._trails.extend(counts, self._pixels_per_unit())

    def show_step(self, step: int) -> None:
        """Puts each lane's marker where it was after `step` steps."""
        self._trails.show_step(step)

    def show_values(self, step: int) -> None:
        """Writes into the legend how high each lane was after `step` steps."""
        self._trails.show_values(step)

    def set_stale(self, stale: bool) -> None:
        """Marks the trails as no longer belonging to what the controls say."""
        self._trails.set_stale(stale)

    def show_hint(self, visible: bool) -> None:
        self._hint.setVisible(visible)

    @property
    def hint_is_shown(self) -> bool:
        return not self._hint.isHidden()

    def show_whole(self) -> None:
        """The landscape's own box."""
        if self._landscape is not None:
            box = self._landscape.box
            self._box.setAspectLocked(1 / MOST_UNEQUAL <= box.width / box.height <= MOST_UNEQUAL)
            self._box.setRange(QRectF(box.left, box.bottom, box.width, box.height), padding=0.0)

    def fitted(self, box: Box) -> Box:
        """The box, grown to the shape of the map where its scales will be equal: then all that is seen lies in it."""
        width, height = self._box.width(), self._box.height()
        if not 1 / MOST_UNEQUAL <= box.width / box.height <= MOST_UNEQUAL or min(width, height) < 10:
            return box
        across, up = max(box.width, box.height * width / height), max(box.height, box.width * height / width)
        dx, dy = (across - box.width) / 2, (up - box.height) / 2
        return Box(box.left - dx, box.right + dx, box.bottom - dy, box.top + dy)

    def zoom(self, steps: int) -> None:
        """In by positive, out by negative steps, around the middle."""
        self._box.scaleBy((ZOOM_STEP**steps, ZOOM_STEP**steps))

    def pan(self, right: int, up: int) -> None:
        """Looks further by so many steps."""
        box = self.visible_range()
        self._box.translateBy((right * PAN_STEP * box.width, up * PAN_STEP * box.height))

    def visible_range(self) -> Box:
        (left, right), (bottom, top) = self._box.viewRange()
        return Box(left, right, bottom, top)

    def asked_range(self) -> Box:
        """What `show_range` or the hand asked for; of another shape than the map, more than that is visible.

        This is what a session keeps: the visible range, taken back in a window of another shape, would grow each time.
        """
        (left, right), (bottom, top) = self._box.targetRange()
        return Box(left, right, bottom, top)

    def show_range(self, box: Box) -> None:
        self._box.setRange(QRectF(box.left, box.bottom, box.width, box.height), padding=0.0)

    def shutdown(self) -> None:
        self._is_shut_down = True
        self._redraw.stop()
        self._retrace.stop()
        self._relief.shutdown()
        self.field.shutdown()

    # -- Qt

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_redraw"):  # Qt resizes during the base class's constructor too
            self._redraw.start(REDRAW_DELAY_MS)
            self._retrace.start()
            self._arrange_minima()
            self._place_hint()
            self._place_legend()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    # -- the items

    def _words_of_a_function(self) -> MapWords:
        return MapWords(
            title=self.tr("Contour map of the function; a click starts a descent there"),
            x="x",
            y="y",
            height="f(x, y)",
            hint=self.tr("click anywhere to start"),
            start=self.tr("The start: drag it, or click anywhere"),
            masked=self.tr("f is not finite in the grey region"),
        )

    def _add_items(self) -> None:
        self._relief = MapRelief(self.getPlotItem(), self._words.height, self)
        self._relief.drawn.connect(self._on_relief_drawn)
        self._relief.failed.connect(self.failed)
        self._minima = MinimumMarks(self._box)
        self.field = GradientOverlay(self._box, self)
        self.field.failed.connect(self.failed)

        self._start = pg.TargetItem(
            (0.0, 0.0),
            size=17,
            symbol="o",
            pen=pg.mkPen("#ffffff", width=2),
            brush=pg.mkBrush(colours().accent),
            hoverPen=pg.mkPen("#ffffff", width=3),
            hoverBrush=pg.mkBrush(QColor(colours().accent).lighter(120)),
        )
        self._start.setZValue(60)
        self._start.setToolTip(self._words.start)
        self._start.sigPositionChangeFinished.connect(self._on_start_dropped)
        self._box.addItem(self._start, ignoreBounds=True)

        self._trails = MapTrails(self._box)
        self.legend = self._trails.legend

        self._hint = self._note("hint", self._words.hint)
        self._hint.setProperty(ON_SCREEN_ONLY, True)
        self._masked = self._note("masked", self._words.masked)

    def _note(self, name: str, text: str) -> QLabel:
        """A hidden line of text that lies on the map and lets the mouse through."""
        note = QLabel(text, self)
        note.setObjectName(f"{self._key}.{name}")
        palette = note.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(0, 0, 0, 150))
        palette.setColor(QPalette.ColorRole.WindowText, QColor("#ffffff"))
        note.setPalette(palette)
        note.setAutoFillBackground(True)
        note.setMargin(6)
        note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        note.hide()
        return note

    def _arrange_minima(self) -> None:
        if self._box.width() >= 10:
            self._minima.arrange(self.visible_range(), self._pixels_per_unit(), self._taken())

    def _taken(self) -> list[QRectF]:
        """What else no name of a minimum may lie on, in pixels from the upper left corner of the plane."""
        return []

    def _place_hint(self) -> None:
        for note, top in ((self._hint, 18), (self._masked, self.height() - self._masked.sizeHint().height() - 60)):
            note.adjustSize()
            note.move(self._left_of_centred(note), top)

    def _left_of_centred(self, note: QLabel) -> int:
        """Where a note begins that stands in the middle of the plane, which the axes beside it may move."""
        return max(round(float(self._box.sceneBoundingRect().center().x()) - note.width() / 2), 0)

    def _place_legend(self) -> None:
        """Into the corner in which it hides the fewest minima; of two alike, the lower, then the right one."""
        if not self.legend.isVisible():
            return
        minima = self._landscape.minima if self._landscape is not None else ()
        marks = [self._box.mapFromView(QPointF(minimum.x, minimum.y)) for minimum in minima]
        marks.append(self._box.mapFromView(self._start.pos()))
        self.legend.move_to_emptiest_corner(marks)

    # -- the relief, drawn off the GUI thread

    def _on_range_changed(self) -> None:
        self._redraw.start(REDRAW_DELAY_MS)
        self._place_legend()
        self._arrange_minima()
        if self._box.viewPixelSize() != self._pixel_size:  # a pan leaves the trails as they are
            self._pixel_size = self._box.viewPixelSize()
            self._retrace.start()

    def _has_room(self) -> bool:
        return not self._is_shut_down and self._box.width() >= 10

    def _request_relief(self) -> None:
        if self._landscape is None or not self._has_room():
            return
        self._redraw.stop()
        area, size, room = self._asked()
        self._relief.request(self._landscape, area, size, room)
        self.field.request(self._landscape, area, 1.0 / self._pixels_per_unit()[0])

    def _asked(self, margin: float = MARGIN) -> tuple[Box, tuple[float, float], LabelRoom | None]:
        """All that is visible and something around it, in data units and in pixels, and the room for labels there."""
        visible, scale, room = self.visible_range(), self._pixels_per_unit(), None
        if self._labels_shown:
            room = LabelRoom(visible, scale, self._relief.letter(), self._minima.taken(visible, scale))
        whole = 1 + 2 * margin
        return visible.grown(margin), (whole * self._box.width(), whole * self._box.height()), room

    def _on_relief_drawn(self, relief: Relief) -> None:
        self._masked.setVisible(relief.masked > 0.0)
        self.drawn.emit()

    # -- trails

    def _pixels_per_unit(self) -> tuple[float, float]:
        dx, dy = self._box.viewPixelSize()
        return 1.0 / (dx or 1.0), 1.0 / (dy or 1.0)  # 0 while it has no room; it is traced anew when it gets some

    def _rebuild_trails(self) -> None:
        if not self._is_shut_down:
            self._trails.rebuild(self._pixels_per_unit())

    # -- the mouse

    def _data_from_scene(self, point: QPointF) -> tuple[float, float]:
        data = self._box.mapSceneToView(point)
        return data.x(), data.y()

    def _rounded(self, x: float, y: float) -> tuple[float, float]:
        """A position of the mouse to less than a pixel: what the hand means, without digits it never chose."""
        decimals = max(0, -math.floor(math.log10(max(self._box.viewPixelSize()))))
        return round(x, decimals), round(y, decimals)

    def _on_mouse_clicked(self, event: object) -> None:
        click: pg.GraphicsScene.mouseEvents.MouseClickEvent = event
        if click.button() != Qt.MouseButton.LeftButton or click.double():
            return
        if self._box.sceneBoundingRect().contains(click.scenePos()):
            self.start_picked.emit(*self._rounded(*self._data_from_scene(click.scenePos())))

    def _on_start_dropped(self) -> None:
        position = self._start.pos()
        self.start_picked.emit(*self._rounded(position.x(), position.y()))

    def _on_mouse_moved(self, scene_position: QPointF) -> None:
        inside = self._box.sceneBoundingRect().contains(scene_position)
        self.hovered.emit(self._data_from_scene(scene_position) if inside else None)
