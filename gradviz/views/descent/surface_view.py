"""The surface: the landscape in three dimensions, with the same trails, heads, minima and start as the map."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gradviz.core.camera import Camera
from gradviz.core.landscape import Landscape
from gradviz.core.recording import Recording
from gradviz.core.surface import Surface, surface
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.colours import colours
from gradviz.views.common.contour_map import PAN_STEP, ZOOM_STEP
from gradviz.views.common.map_relief import COLOUR_MAP
from gradviz.views.common.minimum_marks import minimum_name
from gradviz.views.descent.surface_controls import SurfaceControls
from gradviz.views.descent.surface_hand import SurfaceHand
from gradviz.views.descent.surface_markers import Marker, head, star, start
from gradviz.views.descent.surface_overlay import View
from gradviz.views.descent.surface_picture import SurfacePicture
from gradviz.views.descent.surface_sight import FIRST_VIEW, SurfaceSight, camera_of_session
from gradviz.views.descent.surface_trails import SurfaceTrails

if TYPE_CHECKING:
    from gradviz.views.descent.surface_renderer import SurfaceRenderer

SAMPLES, SOFTWARE_SAMPLES = 220, 140  # along the longer side; 40,000 triangles turn fluently without a GPU as well
CHEAP_MS = 8.0  # a picture that costs more is not painted at every frame of a descent
FRAME_MS, SHARE_OF_TIME = 66.0, 0.25  # then 15 times a second, and never longer than this share of the time
TROUBLE_LINES = 4  # with the margins
SETTLE_MS = 250  # after which edges are smoothed where there is no GPU


class SurfaceView(QWidget):
    """Click: start there. Drag: turn. Wheel: zoom. Middle drag or Ctrl+drag: pan. Double click beside it: first view.

    While it is hidden it only remembers; OpenGL is asked for when it is first shown.

    Signals:
        start_picked(float, float): data coordinates of a click on the surface, rounded to less than a pixel. Not
            emitted for a drag, nor by `set_start`.
        hovered(object): (x, y) of the surface's point under the mouse, None beside it.
        surface_changed(): another surface is there; the next paint draws it.
        failed(object): the exception that computing the surface raised.
        trouble_found(): there is no OpenGL; `trouble` says so in a sentence, which stands in the surface's place.
    """

    start_picked = Signal(float, float)
    hovered = Signal(object)
    surface_changed = Signal()
    failed = Signal(object)
    trouble_found = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour_map: NDArray[np.uint8] = pg.colormap.get(COLOUR_MAP).getLookupTable(nPts=256)
        self._picture = SurfacePicture(self._colour_map)  # Qt tells of changes from the next line on
        self.setObjectName("descent.surface")
        self.setAccessibleName(self.tr("Surface of the function; a click starts a descent there"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 100)
        self.trouble = ""
        self._landscape: Landscape | None = None
        self._start = (0.0, 0.0)
        self._step = 0
        self._is_shut_down = False
        self._camera = FIRST_VIEW
        self._surface: Surface | None = None
        self._wanted: tuple[Landscape, bool] | None = None  # of which the surface is made or asked for
        self._renderer: SurfaceRenderer | None = None
        self._trails = SurfaceTrails()
        self._hand = SurfaceHand(self)
        self._hand.turned.connect(self.turn)
        self._hand.moved.connect(self._move)
        self._hand.zoomed.connect(lambda notches: self._zoom_by(ZOOM_STEP**notches))
        self._hand.picked.connect(self._pick)
        self._hand.pointed.connect(lambda place: self.hovered.emit(self._sight().data_at(place)))
        self._is_fine = False
        self._paint_ms = 0.0
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_surface_done)
        self._maker.failed.connect(self.failed)
        self._frame = QTimer(self, singleShot=True)
        self._frame.timeout.connect(self.update)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._controls = SurfaceControls(self)
        self._controls.height_changed.connect(self._request_surface)
        self._controls.reset_asked.connect(self.show_whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignTop)

    # -- what the tab tells it, as it tells the map

    def set_landscape(self, landscape: Landscape) -> None:
        """Shows another landscape; what was traced on the old one goes."""
        self._landscape = landscape
        self._surface = None
        self.set_recording(None)
        self._request_surface()

    def set_start(self, x: float, y: float) -> None:
        """Moves the start marker; nothing starts."""
        self._start = (x, y)
        self.update()

    def set_recording(self, recording: Recording | None) -> None:
        """The recording whose lanes are traced from now on."""
        self._step = 0
        self._trails.set_recording(recording)
        self._begin_trails()

    def set_lanes_shown(self, shown: tuple[bool, ...]) -> None:
        """Which lanes of the recording are seen; the others are traced unseen."""
        self._trails.set_shown(shown)
        self.update()

    def extend_trails(self, counts: tuple[int, ...]) -> None:
        """Draws the rows that are new, up to `counts` of each lane."""
        self._trails.extend(counts)
        if self.isVisible():
            self._trails.trace()
            self._paint_soon()

    def show_step(self, step: int) -> None:
        """Puts each lane's marker where it was after `step` steps."""
        self._step = step
        self._paint_soon()

    def set_stale(self, stale: bool) -> None:
        """Marks the trails as no longer belonging to what the controls say."""
        self._trails.set_stale(stale)
        self.update()

    def show_hint(self, visible: bool) -> None:
        self._controls.show_hint(visible and not self.trouble)

    def show_whole(self) -> None:
        """The first view again: the whole box, from where the course looks."""
        self._look_from(FIRST_VIEW)

    def zoom(self, steps: int) -> None:
        """In by positive, out by negative steps, around the middle."""
        self._zoom_by(ZOOM_STEP**steps)

    def turn(self, right: float, up: float) -> None:
        """Turns the box by so many degrees."""
        self._look_from(self._camera.turned(right, up))

    @property
    def is_drawn_by_software(self) -> bool:
        """True where OpenGL is there, and no GPU."""
        return self._renderer is not None and self._renderer.is_software

    def shutdown(self) -> None:
        """Joins its thread and gives OpenGL everything back; the picture is gone then."""
        self._is_shut_down = True
        self._frame.stop()
        self._settle.stop()
        self._maker.shutdown()
        self._trails.forget()
        if self._renderer is not None:
            self._renderer.shutdown()
            self._renderer = None

    # -- what a session keeps

    def state(self) -> dict[str, Any]:
        return self._camera.state() | {"height": self._controls.height_key}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave.

        Raises:
            LookupError, TypeError, ValueError: it is no such state.
        """
        camera = camera_of_session(state)
        self._controls.set_height(state["height"])
        self._look_from(camera)

    # -- OpenGL, and the surface made off the GUI thread

    def ask_for_open_gl(self) -> None:
        """As the first showing does; `trouble` says whether it was to be had."""
        if self._renderer is not None or self.trouble or self._is_shut_down:
            return
        try:
            # not at the top: a start that shows only the map has no use for it, and there may be no such library
            from gradviz.views.descent.open_gl import NoOpenGLError
            from gradviz.views.descent.surface_renderer import SurfaceRenderer
        except ImportError:
            self._find_trouble()
            return
        try:
            self._renderer = SurfaceRenderer(self._colour_map)
        except NoOpenGLError:
            self._find_trouble()

    def _find_trouble(self) -> None:
        self.trouble = self.tr("The surface needs OpenGL, which is not to be had here; the map shows the same descent.")
        self._controls.show_trouble(self.trouble)
        room = TROUBLE_LINES * self.fontMetrics().height()
        self.setMinimumSize(0, room)
        self.setMaximumHeight(room)
        self.trouble_found.emit()

    def _request_surface(self) -> None:
        if self._landscape is None or self._is_shut_down or self.trouble or not self.isVisible():
            return
        self._wanted = (self._landscape, self._controls.is_logarithmic)
        samples = SOFTWARE_SAMPLES if self.is_drawn_by_software else SAMPLES
        self._maker.submit(_surface_task(*self._wanted, samples))

    def _on_surface_done(self, result: object) -> None:
        assert isinstance(result, tuple)
        made, triangles = result
        if self._landscape is None or made.landscape_key != self._landscape.key or self._renderer is None:
            return
        self._surface = made
        self._renderer.set_surface(made, triangles)
        self._begin_trails()
        self.surface_changed.emit()

    def _begin_trails(self) -> None:
        """Traces the recording from its first row, on the present surface at the present zoom."""
        self.update()
        if self._renderer is not None and self._surface is not None:
            self._trails.begin(self._renderer, self._surface, self._sight().size_of_pixel())

    # -- the camera

    def _sight(self) -> SurfaceSight:
        return SurfaceSight(self._surface, self._camera, max(self.width(), 1), max(self.height(), 1))

    def _look_from(self, camera: Camera) -> None:
        self._camera = camera
        self._is_fine = False
        self._settle.start()
        self.update()

    def pan(self, right: int, up: int) -> None:
        """Looks further by so many steps."""
        self._move(-right * PAN_STEP * self.width(), up * PAN_STEP * self.height())

    def _move(self, right: float, down: float) -> None:
        self._look_from(self._sight().moved(right, down))

    def _zoom_by(self, factor: float) -> None:
        self._look_from(self._sight().zoomed(factor))

    def _on_settled(self) -> None:
        """The camera stands still: smooth edges, and trails thinned for this zoom."""
        self._is_fine = True
        if self._trails.is_too_coarse_or_fine(self._sight().size_of_pixel()):
            self._begin_trails()
        self.update()

    def _pick(self, position: QPointF) -> None:
        data = self._sight().rounded_data_at(position)
        if data is not None:
            self.start_picked.emit(*data)

    # -- Qt

    def sizeHint(self) -> QSize:
        return QSize(480, 400)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_for_open_gl()
        if self._landscape is None or self._renderer is None:
            return
        if self._wanted != (self._landscape, self._controls.is_logarithmic):
            self._request_surface()
        elif self._surface is not None and not self._trails.have_begun:
            self._begin_trails()
        else:
            self._trails.trace()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hovered.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_from(self._camera)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._picture.forget()  # the font or the palette is another

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # on the surface the first click has set the start: whoever clicks twice there means no more than that
        if event.button() == Qt.MouseButton.LeftButton and self._sight().data_at(event.position()) is None:
            self.show_whole()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hand.wheel(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._hand.key(event)

    # -- painting

    def _paint_soon(self) -> None:
        """Paints what a descent has added: at once where that is cheap, else only as often as leaves time for it."""
        if self._paint_ms <= CHEAP_MS:
            self.update()
        elif not self._frame.isActive():
            self._frame.start(round(max(FRAME_MS, self._paint_ms / SHARE_OF_TIME)))

    def paintEvent(self, event: QPaintEvent) -> None:
        begun = time.perf_counter()
        theme = colours()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.window if self.trouble else theme.base))
        if self._surface is not None and self._renderer is not None:
            fine = self._is_fine or not self._renderer.is_software
            self._paint_surface(painter, self._surface, self._renderer, self.devicePixelRatioF(), fine)
            self._paint_ms = (time.perf_counter() - begun) * 1000
        painter.end()

    def rendered_image(self, width: int) -> QImage:
        """The picture without what lies on it to be pressed, so many pixels wide, drawn for that size."""
        ratio = width / max(self.width(), 1)
        image = QImage(width, max(round(self.height() * ratio), 1), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(colours().base))
        if self._surface is not None and self._renderer is not None:
            painter = QPainter(image)
            self._paint_surface(painter, self._surface, self._renderer, ratio, True)
            painter.end()
        image.setDevicePixelRatio(1.0)
        return image

    def _paint_surface(
        self, painter: QPainter, shown: Surface, renderer: SurfaceRenderer, ratio: float, fine: bool
    ) -> None:
        view = View(shown, self._sight().placed(), self.width(), self.height(), colours(), self.font())
        self._picture.paint(painter, view, renderer, self._markers(), ratio, fine)

    def _markers(self) -> list[Marker]:
        """From the lowest to the topmost."""
        minima = self._landscape.minima if self._landscape is not None else ()
        return [
            *(star(minimum.x, minimum.y, minimum_name(number)) for number, minimum in enumerate(minima, start=1)),
            *(head(x, y, self._trails.look(i), self._trails.opacity) for i, x, y in self._trails.heads(self._step)),
            start(*self._start, colours().accent),
        ]


def _surface_task(landscape: Landscape, logarithmic: bool, samples: int) -> Callable[[], object]:
    def make() -> object:
        made = surface(landscape, samples, logarithmic)
        return made, made.field.triangles()

    return make
