"""Theme, language and type size of the whole application."""

from __future__ import annotations

from PySide6.QtCore import QDir, QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QFont, QFontDatabase, QIcon
from PySide6.QtWidgets import QApplication

from gradviz.app.resources import resource_path
from gradviz.views.common.colours import DARK, LIGHT, palette_of

PRESENTATION_SCALE = 1.3

# Fusion outlines a check box in a darker shade of the window, which on a dark window is no outline at all.
DARK_INDICATORS = f"""
QCheckBox::indicator, QListView::indicator {{
    width: 12px; height: 12px; border: 1px solid {DARK.faint_text}; border-radius: 2px; background: {DARK.base};
}}
QCheckBox::indicator:checked, QListView::indicator:checked {{ image: url(icons:check_dark.svg); }}
QCheckBox::indicator:focus {{ border-color: {DARK.accent}; }}
"""


class Appearance:
    """Owns what is set on the QApplication: palette, translators, font. Widgets built afterwards follow it."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self._size = self._plain_size(application)
        application.setStyle("Fusion")
        QDir.setSearchPaths("icons", [str(resource_path("icons"))])
        application.setWindowIcon(QIcon("icons:gradviz.svg"))

    def set_theme(self, theme: str) -> None:
        """light, dark, or system: as the desktop says, light where it says nothing."""
        is_dark = theme == "dark" or (
            theme == "system" and self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        )
        self._application.setPalette(palette_of(DARK if is_dark else LIGHT))
        self._application.setStyleSheet(DARK_INDICATORS if is_dark else "")

    def set_language(self, language: str) -> None:
        """en or zh_CN: the program's own words and Qt's."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []
        if language == "en":
            return
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{language}", qt_folder), (f"gradviz_{language}", str(resource_path("i18n")))):
            translator = QTranslator(self._application)
            if translator.load(name, folder):
                self._application.installTranslator(translator)
                self._translators.append(translator)

    def set_presentation(self, presentation: bool) -> None:
        """Larger type for a projector."""
        font = QFont(self._application.font())
        font.setPointSizeF(self._size * (PRESENTATION_SCALE if presentation else 1.0))
        self._application.setFont(font)

    def undo(self) -> None:
        """Takes the translators and the type size away again: another window of the process may set its own."""
        self._application.setStyleSheet("")
        self.set_language("en")
        self.set_presentation(False)

    @staticmethod
    def _plain_size(application: QApplication) -> float:
        size = application.font().pointSizeF()
        return size if size > 0 else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
