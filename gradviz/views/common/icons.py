"""Icons from resources/icons, drawn in the theme's text colour; each is read and drawn once for a theme."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QFile, QIODevice, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from gradviz.views.common.colours import colours

SIZE = 20
SCALES = (1, 2)  # pixels for one of a plain screen
_SEARCH_PATH = "icons"  # the application adds the folder under this name: QDir.setSearchPaths


def icon(name: str) -> QIcon:
    """The icon `name`.svg with every `currentColor` replaced by the text colour; empty if there is no such file."""
    theme, result = colours(), QIcon()
    for mode, colour in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.grid)):
        for pixmap in _pixmaps(name, colour):
            result.addPixmap(pixmap, mode)
    return result


def _pixmaps(name: str, colour: str) -> list[QPixmap]:
    """The icon in one colour, a pixmap a scale; none if there is no such file.

    They are kept in Qt's own cache, which goes with the application: a pixmap must not outlive it.
    """
    keys = [f"gradviz.icon/{name}/{colour}/{scale}" for scale in SCALES]
    kept = [_kept(key) for key in keys]
    if all(not pixmap.isNull() for pixmap in kept):
        return kept
    file = QFile(f"{_SEARCH_PATH}:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        return []
    data = bytes(file.readAll().data()).replace(b"currentColor", colour.encode())
    renderer = QSvgRenderer(QByteArray(data))
    drawn = [_drawn(renderer, scale) for scale in SCALES]
    for key, pixmap in zip(keys, drawn, strict=True):
        QPixmapCache.insert(key, pixmap)
    return drawn


def _kept(key: str) -> QPixmap:
    pixmap = QPixmap()
    QPixmapCache.find(key, pixmap)
    return pixmap


def _drawn(renderer: QSvgRenderer, scale: int) -> QPixmap:
    pixmap = QPixmap(QSize(SIZE, SIZE) * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
