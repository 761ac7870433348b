from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from gradviz.app.appearance import PRESENTATION_SCALE, Appearance
from gradviz.app.settings import LANGUAGES, THEMES
from gradviz.views.common.colours import DARK, LIGHT, colours


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    before = QPalette(QApplication.palette())
    appearance = Appearance(qapp)
    yield appearance
    appearance.undo()
    QApplication.setPalette(before)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_is_a_palette_of_our_own(theme: str, appearance: Appearance, qapp: QApplication) -> None:
    appearance.set_theme(theme)
    system_is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert colours() is (DARK if theme == "dark" or (theme == "system" and system_is_dark) else LIGHT)


def test_a_theme_can_be_changed_back(appearance: Appearance) -> None:
    for theme, expected in (("dark", DARK), ("light", LIGHT), ("dark", DARK), ("light", LIGHT)):
        appearance.set_theme(theme)
        assert colours() is expected


def test_the_style_is_fusion(appearance: Appearance, qapp: QApplication) -> None:
    appearance.set_theme("light")
    assert qapp.style().name().lower() == "fusion"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_can_be_set_and_taken_back(language: str, appearance: Appearance) -> None:
    for _ in range(2):
        appearance.set_language(language)
        run_or_pause = QCoreApplication.translate("menus", "Run or pause")
        assert (run_or_pause == "Run or pause") == (language == "en")
        appearance.set_language("en")
        assert QCoreApplication.translate("menus", "Run or pause") == "Run or pause"


def test_presentation_enlarges_the_type_and_takes_it_back(appearance: Appearance, qapp: QApplication) -> None:
    plain = qapp.font().pointSizeF()
    for _ in range(2):
        appearance.set_presentation(True)
        appearance.set_presentation(True)
        assert qapp.font().pointSizeF() == pytest.approx(PRESENTATION_SCALE * plain)
        appearance.set_presentation(False)
        assert qapp.font().pointSizeF() == pytest.approx(plain)


def test_undoing_leaves_the_process_as_it_was(appearance: Appearance, qapp: QApplication) -> None:
    plain = qapp.font().pointSizeF()
    appearance.set_theme("dark")
    appearance.set_language("zh_CN")
    appearance.set_presentation(True)
    appearance.undo()
    assert qapp.font().pointSizeF() == pytest.approx(plain)
    assert qapp.styleSheet() == ""
    assert QCoreApplication.translate("menus", "Run or pause") == "Run or pause"
