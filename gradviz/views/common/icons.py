"""Icons from resources/icons, drawn in the theme's text colour."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QFile, QIODevice, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gradviz.views.common.colours import colours

SIZE = 20
_SEARCH_PATH = "icons"  # the application adds the folder under this name: QDir.setSearchPaths


def icon(name: str) -> QIcon:
    """The icon `name`.svg with every `currentColor` replaced by the text colour; empty if there is no such file."""
    file = QFile(f"{_SEARCH_PATH}:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return QIcon()
    theme = colours()
    result = QIcon()
    data = bytes(file.readAll().data())
    for mode, colour in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.grid)):
        renderer = QSvgRenderer(QByteArray(data.replace(b"currentColor", colour.encode())))
        for scale in (1, 2):
            pixmap = QPixmap(QSize(SIZE, SIZE) * scale)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter)
            painter.end()
            pixmap.setDevicePixelRatio(scale)
            result.addPixmap(pixmap, mode)
    return result
