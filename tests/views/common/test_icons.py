from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QIcon, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication

from gradviz.app.resources import resource_path
from gradviz.views.common.colours import DARK, LIGHT, palette_of
from gradviz.views.common.icons import SIZE, icon

NAMES = ("reset", "step_back", "run", "pause", "step", "zoom_in", "zoom_out", "whole")
THEMES = {"light": LIGHT, "dark": DARK}


@pytest.fixture(autouse=True)
def resources(qapp: QApplication) -> Iterator[None]:
    """Icons are found as the application lays them out."""
    before = QPalette(QApplication.palette())
    QDir.setSearchPaths("icons", [str(resource_path("icons"))])
    QPixmapCache.clear()
    yield
    QDir.setSearchPaths("icons", [str(resource_path("icons"))])
    QApplication.setPalette(before)


def ink(drawn: QIcon, mode: QIcon.Mode) -> set[str]:
    """The colours of an icon's opaque pixels."""
    image = drawn.pixmap(SIZE, SIZE, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_in_the_colour_of_the_text(name: str, theme: str) -> None:
    QApplication.setPalette(palette_of(THEMES[theme]))
    drawn = icon(name)
    assert not drawn.isNull()
    assert ink(drawn, QIcon.Mode.Normal) == {QColor(THEMES[theme].text).name()}
    assert ink(drawn, QIcon.Mode.Disabled) == {QColor(THEMES[theme].grid).name()}


def test_an_icon_is_drawn_once_for_a_theme() -> None:
    QApplication.setPalette(palette_of(LIGHT))
    keys = [icon("run").pixmap(SIZE, SIZE).cacheKey() for _ in range(2)]
    assert keys[0] == keys[1]
    QDir.setSearchPaths("icons", [])
    assert icon("run").pixmap(SIZE, SIZE).cacheKey() == keys[0]  # no file is read for it
    QApplication.setPalette(palette_of(DARK))
    assert icon("run").isNull()  # of the other theme there is none yet


def test_an_icon_that_is_not_there_is_empty() -> None:
    assert icon("no_such_icon").isNull()
