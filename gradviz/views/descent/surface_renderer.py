"""Draws a surface and the trails on it with OpenGL, off the screen, into a QImage.

Not into a QOpenGLWidget: the first one in a window makes Qt build the native window anew (it flashes), and from then
on every repaint of anything in the window is composed by OpenGL, which costs most where there is no GPU. An image is
painted like everything else, and costs a millisecond to fetch. pyqtgraph's GLViewWidget is such a widget, and keeps
its shader programs by class instead of by context (0.14), so a second window draws with the first one's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QImage, QMatrix4x4, QOffscreenSurface, QOpenGLContext, QSurfaceFormat
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLFramebufferObjectFormat,
    QOpenGLShader,
    QOpenGLShaderProgram,
    QOpenGLTexture,
)
from shiboken6 import VoidPtr

from gradviz.core.camera import Camera
from gradviz.core.surface import Surface
from gradviz.views.descent.surface_shaders import LINE_FRAGMENT, LINE_VERTEX, MESH_FRAGMENT, MESH_VERTEX

# of OpenGL's header
_TRIANGLES, _UNSIGNED_INT, _FLOAT = 0x0004, 0x1405, 0x1406
_DEPTH_TEST, _BLEND, _LEQUAL, _GREATER, _ONE, _ONE_MINUS_SRC_ALPHA = 0x0B71, 0x0BE2, 0x0203, 0x0204, 1, 0x0303
_STENCIL_TEST, _NOTEQUAL, _KEEP, _REPLACE = 0x0B90, 0x0205, 0x1E00, 0x1E01
_EVERY_BUFFER, _RENDERER = 0x4000 | 0x0400 | 0x0100, 0x1F01

SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "software", "gdi generic", "basic render")
SAMPLES = 4  # a pixel, where they are to be had
TRAIL_WIDTH = 2.4  # pixels of the screen
BEHIND = 0.3  # opacity of what a hill hides
LIFT = 0.0016  # of the depth: a trail lies this much before the surface, each lane a little more than the one before
_FLOATS_A_CORNER = 9
_FIRST_ROOM = 512  # pieces of a trail


class NoOpenGLError(Exception):
    """There is no OpenGL here, or it does not do what a surface needs; the text says which."""


@dataclass(frozen=True, slots=True)
class TrailStyle:
    """How a trail is drawn: a colour's name and a dash pattern in widths of the line, empty for a solid one."""

    colour: str
    dash: tuple[float, ...] = ()


class _LaneBuffer:
    """The pieces of one trail: as many of them in video memory, and how many of those the picture already shows."""

    def __init__(self, style: TrailStyle) -> None:
        self.style = style
        self.is_shown = True
        self.opacity = 1.0
        self.vertices = np.empty((_FIRST_ROOM, 4, _FLOATS_A_CORNER), np.float32)
        self.count = self.uploaded = self.drawn = 0
        self.buffer = _new_buffer(QOpenGLBuffer.Type.VertexBuffer)
        self.room = 0

    def append(self, pieces: NDArray[np.float32]) -> None:
        """Adds pieces as `DrapedTrail.pieces` gives them."""
        needed = self.count + len(pieces)
        if needed > len(self.vertices):
            grown = np.empty((max(needed, 2 * len(self.vertices)), 4, _FLOATS_A_CORNER), np.float32)
            grown[: self.count] = self.vertices[: self.count]
            self.vertices = grown
        new = self.vertices[self.count : needed]
        new[:, :, :6] = pieces[:, None, :6]
        for corner, (end, side) in enumerate(((0, -1), (0, 1), (1, 1), (1, -1))):
            new[:, corner, 6:8] = (end, side)
            new[:, corner, 8] = pieces[:, 6 + end]
        self.count = needed

    def upload(self) -> None:
        """Brings video memory up to what was appended. The context must be current."""
        if self.uploaded == self.count:
            return
        self.buffer.bind()
        if self.room < self.count:
            self.room = len(self.vertices)
            self.buffer.allocate(self.room * self.vertices[0].nbytes)
            self.uploaded = 0
        # PySide's types say int where it takes, and C++ reads, an array
        new: Any = self.vertices[self.uploaded : self.count]
        self.buffer.write(self.uploaded * self.vertices[0].nbytes, new, new.nbytes)
        self.buffer.release()
        self.uploaded = self.count


class SurfaceRenderer:
    """One OpenGL context with what it needs; all calls from the GUI thread.

    Raises:
        NoOpenGLError: when made, if there is no OpenGL that can do it.
    """

    def __init__(self, colour_map: NDArray[np.uint8]) -> None:
        self._context, self._target = _make_context()
        self._gl = self._context.functions()
        self._gl.initializeOpenGLFunctions()
        renderer = str(self._gl.glGetString(_RENDERER) or "")
        self.is_software = any(name in renderer.lower() for name in SOFTWARE)
        self._mesh = _program(MESH_VERTEX, MESH_FRAGMENT)
        self._line = _program(LINE_VERTEX, LINE_FRAGMENT)
        table = np.ascontiguousarray(colour_map[None, :, :3])
        image = QImage(table.data, table.shape[1], 1, 3 * table.shape[1], QImage.Format.Format_RGB888)
        self._colours = QOpenGLTexture(image, QOpenGLTexture.MipMapGeneration.DontGenerateMipMaps)
        self._colours.setMinMagFilters(QOpenGLTexture.Filter.Linear, QOpenGLTexture.Filter.Linear)
        self._colours.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
        self._vertices = _new_buffer(QOpenGLBuffer.Type.VertexBuffer)
        self._triangles = _new_buffer(QOpenGLBuffer.Type.IndexBuffer)
        self._corners = _new_buffer(QOpenGLBuffer.Type.IndexBuffer)
        self._corner_room = 0
        self._corner_count = 0
        self._level_count = 0
        self._lanes: list[_LaneBuffer] = []
        self._picture: QOpenGLFramebufferObject | None = None
        self._shows: tuple[object, ...] | None = None  # what the picture was drawn of

    # -- what is to be drawn

    def set_surface(self, surface: Surface, triangles: NDArray[np.uint32]) -> None:
        """Another surface, with its field's triangles; the trails on the old one are forgotten."""
        self._make_current()
        field = surface.field
        rows, columns = field.z.shape
        vertices = np.empty((rows, columns, 5), np.float32)
        vertices[..., 0] = np.linspace(field.left, field.right, columns)
        vertices[..., 1] = np.linspace(field.bottom, field.top, rows)[:, None]
        vertices[..., 2] = np.nan_to_num(field.z)
        vertices[..., 3] = surface.shares
        vertices[..., 4] = surface.light
        for buffer, data in ((self._vertices, vertices), (self._triangles, triangles)):
            buffer.bind()
            buffer.allocate(data.tobytes(), data.nbytes)
            buffer.release()
        self._corner_count = triangles.size
        self._level_count = surface.level_count
        self._shows = None

    def set_trails(self, styles: list[TrailStyle]) -> None:
        """Forgets all trails; from now on there are as many as there are styles, without a piece."""
        self._make_current()
        for lane in self._lanes:
            lane.buffer.destroy()
        self._lanes = [_LaneBuffer(style) for style in styles]
        self._shows = None

    def extend_trail(self, number: int, pieces: NDArray[np.float32]) -> None:
        self._lanes[number].append(pieces)

    def show_trail(self, number: int, visible: bool, opacity: float) -> None:
        lane = self._lanes[number]
        if (lane.is_shown, lane.opacity) != (visible, opacity):
            lane.is_shown, lane.opacity = visible, opacity
            self._shows = None

    # -- drawing

    def render(self, camera: Camera, width: int, height: int, ratio: float, fine: bool) -> QImage:
        """The picture, so many device pixels large, with nothing but transparency behind surface and trails.

        Where camera and surface are those of the last picture, only the new pieces of the trails are drawn. `fine`
        asks for smooth edges, which without a GPU take three times as long.
        """
        self._make_current()
        samples = SAMPLES if fine else 0
        shows = (camera, width, height, ratio, samples)
        anew = shows != self._shows or self._picture is None
        if anew and (self._picture is None or self._shows is None or self._shows[1:] != shows[1:]):
            self._picture = _picture(width, height, samples)
        self._shows = shows
        assert self._picture is not None
        self._picture.bind()
        self._gl.glViewport(0, 0, width, height)
        matrix = camera.matrix(width / height)
        self._gl.glEnable(_DEPTH_TEST)
        self._gl.glDepthFunc(_LEQUAL)
        if anew:
            self._draw_mesh(matrix)
        self._draw_trails(matrix, camera, width, height, ratio, anew)
        self._gl.glDisable(_BLEND)
        self._gl.glDisable(_DEPTH_TEST)
        image = self._picture.toImage()
        image.setDevicePixelRatio(ratio)
        return image

    def shutdown(self) -> None:
        """Gives everything back to OpenGL; the renderer can't be used any more."""
        if self._context.isValid() and self._context.makeCurrent(self._target):
            for lane in self._lanes:
                lane.buffer.destroy()
            self._lanes = []
            for buffer in (self._vertices, self._triangles, self._corners):
                buffer.destroy()
            self._colours.destroy()
            self._picture = None
            self._mesh.removeAllShaders()
            self._line.removeAllShaders()
            del self._mesh, self._line
            self._context.doneCurrent()
        self._target.destroy()

    def _make_current(self) -> None:
        if not self._context.makeCurrent(self._target):
            raise NoOpenGLError("the context was lost")

    def _draw_mesh(self, matrix: NDArray[np.float64]) -> None:
        gl, program = self._gl, self._mesh
        gl.glDisable(_BLEND)
        gl.glDepthMask(True)
        gl.glClearColor(0.0, 0.0, 0.0, 0.0)
        gl.glClear(_EVERY_BUFFER)
        program.bind()
        program.setUniformValue(program.uniformLocation("matrix"), _qt_matrix(matrix))
        program.setUniformValue1f(program.uniformLocation("levels"), float(self._level_count))
        self._colours.bind()
        self._vertices.bind()
        _attribute(program, "position", 0, 3, 20)
        _attribute(program, "share", 12, 1, 20)
        _attribute(program, "light", 16, 1, 20)
        self._vertices.release()
        self._triangles.bind()
        gl.glDrawElements(_TRIANGLES, self._corner_count, _UNSIGNED_INT, _at(0))
        self._triangles.release()
        _disable(program, "position", "share", "light")
        self._colours.release()
        program.release()

    def _draw_trails(
        self, matrix: NDArray[np.float64], camera: Camera, width: int, height: int, ratio: float, anew: bool
    ) -> None:
        gl, program = self._gl, self._line
        gl.glEnable(_BLEND)
        gl.glBlendFunc(_ONE, _ONE_MINUS_SRC_ALPHA)
        program.bind()
        program.setUniformValue(program.uniformLocation("matrix"), _qt_matrix(matrix))
        program.setUniformValue(program.uniformLocation("picture"), float(width), float(height))
        program.setUniformValue1f(program.uniformLocation("width"), TRAIL_WIDTH * ratio)
        program.setUniformValue1f(program.uniformLocation("pixel"), camera.size_of_pixel(height) * ratio)
        self._reserve_corners(max((lane.count for lane in self._lanes), default=0))
        for hidden in (True, False):
            gl.glDepthFunc(_GREATER if hidden else _LEQUAL)
            gl.glDepthMask(not hidden)
            for number, lane in enumerate(self._lanes):
                lane.upload()
                first = 0 if anew else lane.drawn
                if not lane.is_shown or first == lane.count:
                    continue
                opacity = lane.opacity * (BEHIND if hidden else 1.0)
                if opacity < 1.0:  # pieces lie over each other at their joints: what is pale takes each pixel once
                    gl.glEnable(_STENCIL_TEST)
                    gl.glStencilFunc(_NOTEQUAL, 1 + (2 * number + hidden) % 255, 255)
                    gl.glStencilOp(_KEEP, _KEEP, _REPLACE)
                self._draw_trail(lane, first, number, opacity)
                gl.glDisable(_STENCIL_TEST)
        for lane in self._lanes:
            lane.drawn = lane.count
        gl.glDepthMask(True)
        program.release()

    def _draw_trail(self, lane: _LaneBuffer, first: int, number: int, opacity: float) -> None:
        program = self._line
        colour = QColor(lane.style.colour)
        colour.setAlphaF(opacity)
        program.setUniformValue(program.uniformLocation("colour"), colour)
        program.setUniformValue1f(program.uniformLocation("lift"), LIFT * (1.0 + 0.15 * number))
        dash = (*lane.style.dash, 0.0, 0.0, 0.0, 0.0)[:4]
        program.setUniformValue(program.uniformLocation("dash"), *(TRAIL_WIDTH * length for length in dash))
        lane.buffer.bind()
        stride = 4 * _FLOATS_A_CORNER
        for name, offset, size in (("begin", 0, 3), ("end", 12, 3), ("corner", 24, 2), ("along", 32, 1)):
            _attribute(program, name, offset, size, stride)
        lane.buffer.release()
        self._corners.bind()
        self._gl.glDrawElements(_TRIANGLES, 6 * (lane.count - first), _UNSIGNED_INT, _at(24 * first))
        self._corners.release()
        _disable(program, "begin", "end", "corner", "along")

    def _reserve_corners(self, pieces: int) -> None:
        """Sees to it that so many pieces, of four vertices each, can be drawn as pairs of triangles."""
        if pieces <= self._corner_room:
            return
        self._corner_room = max(2 * pieces, _FIRST_ROOM)
        first = 4 * np.arange(self._corner_room, dtype=np.uint32)[:, None]
        corners = first + np.array([0, 1, 2, 0, 2, 3], dtype=np.uint32)
        self._corners.bind()
        self._corners.allocate(corners.tobytes(), corners.nbytes)
        self._corners.release()


def _make_context() -> tuple[QOpenGLContext, QOffscreenSurface]:
    """A context that is current, on a surface that is never seen."""
    # 2.1 has all that is used here, and what gives it gives lines and triangles without a profile's ceremony
    wanted = QSurfaceFormat()
    wanted.setVersion(2, 1)
    context, target = QOpenGLContext(), QOffscreenSurface()
    context.setFormat(wanted)
    # a platform without OpenGL says so on the console, the person reads it in the window
    before = qInstallMessageHandler(_say_nothing)
    try:
        if not context.create():
            raise NoOpenGLError("no context can be created")
        target.setFormat(context.format())
        target.create()
        if not target.isValid() or not context.makeCurrent(target):
            raise NoOpenGLError("the context can't be used")
    finally:
        qInstallMessageHandler(before)
    if not QOpenGLFramebufferObject.hasOpenGLFramebufferObjects():
        raise NoOpenGLError("it can't draw off the screen")
    return context, target


def _say_nothing(_type: QtMsgType, _context: object, _message: str) -> None:
    pass


def _program(vertex: str, fragment: str) -> QOpenGLShaderProgram:
    program = QOpenGLShaderProgram()
    kind = QOpenGLShader.ShaderTypeBit
    for which, source in ((kind.Vertex, vertex), (kind.Fragment, fragment)):
        if not program.addShaderFromSourceCode(which, source):
            raise NoOpenGLError(program.log())
    if not program.link():
        raise NoOpenGLError(program.log())
    return program


def _new_buffer(kind: QOpenGLBuffer.Type) -> QOpenGLBuffer:
    buffer = QOpenGLBuffer(kind)
    if not buffer.create():
        raise NoOpenGLError("no buffer can be created")
    return buffer


def _picture(width: int, height: int, samples: int) -> QOpenGLFramebufferObject:
    wanted = QOpenGLFramebufferObjectFormat()
    wanted.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    wanted.setSamples(samples)
    return QOpenGLFramebufferObject(width, height, wanted)


def _qt_matrix(matrix: NDArray[np.float64]) -> QMatrix4x4:
    return QMatrix4x4(*matrix.ravel().tolist())


def _at(byte: int) -> Any:
    """A place in the bound buffer, where C++ takes a pointer and PySide's types say int."""
    return VoidPtr(byte)


def _attribute(program: QOpenGLShaderProgram, name: str, offset: int, size: int, stride: int) -> None:
    location = program.attributeLocation(name)
    program.enableAttributeArray(location)
    program.setAttributeBuffer(location, _FLOAT, offset, size, stride)


def _disable(program: QOpenGLShaderProgram, *names: str) -> None:
    for name in names:
        program.disableAttributeArray(program.attributeLocation(name))
