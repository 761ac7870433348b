"""Draws a surface and the trails on it with OpenGL, off the screen, into a QImage.

Not into a QOpenGLWidget: the first one in a window makes Qt build the native window anew (it flashes), and from then
on every repaint of anything in the window is composed by OpenGL, which costs most where there is no GPU. An image is
painted like everything else, and costs a millisecond to fetch. pyqtgraph's GLViewWidget is such a widget, and keeps
its shader programs by class instead of by context (0.14), so a second window draws with the first one's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage
from PySide6.QtOpenGL import QOpenGLBuffer, QOpenGLFramebufferObject, QOpenGLTexture

from gradviz.core.camera import Camera
from gradviz.core.surface import Surface
from gradviz.views.descent.open_gl import (
    NoOpenGLError,
    disable_attributes,
    make_context,
    new_buffer,
    new_picture,
    place,
    qt_matrix,
    set_attribute,
    shader_program,
)
from gradviz.views.descent.surface_shaders import LINE_FRAGMENT, LINE_VERTEX, MESH_FRAGMENT, MESH_VERTEX
from gradviz.views.descent.trail_buffer import FIRST_ROOM, FLOATS_A_CORNER, TrailBuffer, TrailStyle

# of OpenGL's header
_TRIANGLES, _UNSIGNED_INT = 0x0004, 0x1405
_DEPTH_TEST, _BLEND, _LEQUAL, _GREATER, _ONE, _ONE_MINUS_SRC_ALPHA = 0x0B71, 0x0BE2, 0x0203, 0x0204, 1, 0x0303
_STENCIL_TEST, _NOTEQUAL, _KEEP, _REPLACE = 0x0B90, 0x0205, 0x1E00, 0x1E01
_EVERY_BUFFER, _RENDERER = 0x4000 | 0x0400 | 0x0100, 0x1F01

SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "software", "gdi generic", "basic render")
SAMPLES = 4  # a pixel, where they are to be had
TRAIL_WIDTH = 2.4  # pixels of the screen
BEHIND = 0.3  # opacity of what a hill hides
LIFT = 0.0016  # of the depth: a trail lies this much before the surface, each lane a little more than the one before


class SurfaceRenderer:
    """One OpenGL context with what it needs; all calls from the GUI thread.

    Raises:
        NoOpenGLError: when made, if there is no OpenGL that can do it.
    """

    def __init__(self, colour_map: NDArray[np.uint8]) -> None:
        self._context, self._target = make_context()
        self._gl = self._context.functions()
        self._gl.initializeOpenGLFunctions()
        renderer = str(self._gl.glGetString(_RENDERER) or "")
        self.is_software = any(name in renderer.lower() for name in SOFTWARE)
        self._mesh = shader_program(MESH_VERTEX, MESH_FRAGMENT)
        self._line = shader_program(LINE_VERTEX, LINE_FRAGMENT)
        table = np.ascontiguousarray(colour_map[None, :, :3])
        image = QImage(table.data, table.shape[1], 1, 3 * table.shape[1], QImage.Format.Format_RGB888)
        self._colours = QOpenGLTexture(image, QOpenGLTexture.MipMapGeneration.DontGenerateMipMaps)
        self._colours.setMinMagFilters(QOpenGLTexture.Filter.Linear, QOpenGLTexture.Filter.Linear)
        self._colours.setWrapMode(QOpenGLTexture.WrapMode.ClampToEdge)
        self._vertices = new_buffer(QOpenGLBuffer.Type.VertexBuffer)
        self._triangles = new_buffer(QOpenGLBuffer.Type.IndexBuffer)
        self._corners = new_buffer(QOpenGLBuffer.Type.IndexBuffer)
        self._corner_room = 0
        self._corner_count = 0
        self._level_count = 0
        self._lanes: list[TrailBuffer] = []
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
        self._lanes = [TrailBuffer(style) for style in styles]
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
            self._picture = new_picture(width, height, samples)
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
        program.setUniformValue(program.uniformLocation("matrix"), qt_matrix(matrix))
        program.setUniformValue1f(program.uniformLocation("levels"), float(self._level_count))
        self._colours.bind()
        self._vertices.bind()
        set_attribute(program, "position", 0, 3, 20)
        set_attribute(program, "share", 12, 1, 20)
        set_attribute(program, "light", 16, 1, 20)
        self._vertices.release()
        self._triangles.bind()
        gl.glDrawElements(_TRIANGLES, self._corner_count, _UNSIGNED_INT, place(0))
        self._triangles.release()
        disable_attributes(program, "position", "share", "light")
        self._colours.release()
        program.release()

    def _draw_trails(
        self, matrix: NDArray[np.float64], camera: Camera, width: int, height: int, ratio: float, anew: bool
    ) -> None:
        gl, program = self._gl, self._line
        gl.glEnable(_BLEND)
        gl.glBlendFunc(_ONE, _ONE_MINUS_SRC_ALPHA)
        program.bind()
        program.setUniformValue(program.uniformLocation("matrix"), qt_matrix(matrix))
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

    def _draw_trail(self, lane: TrailBuffer, first: int, number: int, opacity: float) -> None:
        program = self._line
        colour = QColor(lane.style.colour)
        colour.setAlphaF(opacity)
        program.setUniformValue(program.uniformLocation("colour"), colour)
        program.setUniformValue1f(program.uniformLocation("lift"), LIFT * (1.0 + 0.15 * number))
        dash = (*lane.style.dash, 0.0, 0.0, 0.0, 0.0)[:4]
        program.setUniformValue(program.uniformLocation("dash"), *(TRAIL_WIDTH * length for length in dash))
        lane.buffer.bind()
        stride = 4 * FLOATS_A_CORNER
        for name, offset, size in (("begin", 0, 3), ("end", 12, 3), ("corner", 24, 2), ("along", 32, 1)):
            set_attribute(program, name, offset, size, stride)
        lane.buffer.release()
        self._corners.bind()
        self._gl.glDrawElements(_TRIANGLES, 6 * (lane.count - first), _UNSIGNED_INT, place(24 * first))
        self._corners.release()
        disable_attributes(program, "begin", "end", "corner", "along")

    def _reserve_corners(self, pieces: int) -> None:
        """Sees to it that so many pieces, of four vertices each, can be drawn as pairs of triangles."""
        if pieces <= self._corner_room:
            return
        self._corner_room = max(2 * pieces, FIRST_ROOM)
        first = 4 * np.arange(self._corner_room, dtype=np.uint32)[:, None]
        corners = first + np.array([0, 1, 2, 0, 2, 3], dtype=np.uint32)
        self._corners.bind()
        self._corners.allocate(corners.tobytes(), corners.nbytes)
        self._corners.release()
