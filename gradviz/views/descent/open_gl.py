"""OpenGL by way of Qt: a context off the screen, and its programs, buffers and pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QMatrix4x4, QOffscreenSurface, QOpenGLContext, QSurfaceFormat
from PySide6.QtOpenGL import (
    QOpenGLBuffer,
    QOpenGLFramebufferObject,
    QOpenGLFramebufferObjectFormat,
    QOpenGLShader,
    QOpenGLShaderProgram,
)
from shiboken6 import VoidPtr

_FLOAT = 0x1406  # of OpenGL's header


class NoOpenGLError(Exception):
    """There is no OpenGL here, or it does not do what a surface needs; the text says which."""


def make_context() -> tuple[QOpenGLContext, QOffscreenSurface]:
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


def shader_program(vertex: str, fragment: str) -> QOpenGLShaderProgram:
    """A program of these two shaders, linked.

    Raises:
        NoOpenGLError: it does not compile; the text is the driver's.
    """
    program = QOpenGLShaderProgram()
    kind = QOpenGLShader.ShaderTypeBit
    for which, source in ((kind.Vertex, vertex), (kind.Fragment, fragment)):
        if not program.addShaderFromSourceCode(which, source):
            raise NoOpenGLError(program.log())
    if not program.link():
        raise NoOpenGLError(program.log())
    return program


def new_buffer(kind: QOpenGLBuffer.Type) -> QOpenGLBuffer:
    """A buffer without room yet. The context must be current.

    Raises:
        NoOpenGLError: there is none to be had.
    """
    buffer = QOpenGLBuffer(kind)
    if not buffer.create():
        raise NoOpenGLError("no buffer can be created")
    return buffer


def new_picture(width: int, height: int, samples: int) -> QOpenGLFramebufferObject:
    """What is drawn into: so many pixels, each of so many samples (0: plain), with depth and stencil."""
    wanted = QOpenGLFramebufferObjectFormat()
    wanted.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    wanted.setSamples(samples)
    return QOpenGLFramebufferObject(width, height, wanted)


def qt_matrix(matrix: NDArray[np.float64]) -> QMatrix4x4:
    """The same matrix of shape (4, 4) for Qt."""
    return QMatrix4x4(*matrix.ravel().tolist())


def place(byte: int) -> Any:
    """A place in the bound buffer, where C++ takes a pointer and PySide's types say int."""
    return VoidPtr(byte)


def set_attribute(program: QOpenGLShaderProgram, name: str, offset: int, size: int, stride: int) -> None:
    """Feeds an attribute from the bound buffer: `size` floats from byte `offset` on, every `stride` bytes."""
    location = program.attributeLocation(name)
    program.enableAttributeArray(location)
    program.setAttributeBuffer(location, _FLOAT, offset, size, stride)


def disable_attributes(program: QOpenGLShaderProgram, *names: str) -> None:
    """Feeds these no more: the next program may have other attributes at their places."""
    for name in names:
        program.disableAttributeArray(program.attributeLocation(name))
