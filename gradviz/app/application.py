"""Builds the program: the QApplication, the window, the theme, the language."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtWidgets import QApplication

import gradviz
from gradviz.app.appearance import Appearance
from gradviz.app.command_line import parse
from gradviz.app.main_window import MainWindow
from gradviz.app.settings import Settings, load_settings
from gradviz.views.tabs import TABS


def create(arguments: Sequence[str]) -> tuple[QApplication, MainWindow]:
    """The application and its window, not yet shown and not in its event loop.

    `arguments` are those of the command line, the program's name first; bad ones exit with status 2.
    """
    options = parse(arguments, [tab.key for tab in TABS])
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(list(arguments[:1]))
    application.setApplicationName("gradviz")
    application.setApplicationDisplayName("gradviz")
    application.setApplicationVersion(gradviz.__version__)
    application.setDesktopFileName("gradviz")
    appearance = Appearance(application)
    appearance.set_language(options.language or Settings().spoken_language)  # for what reading the settings may say
    settings, problem = load_settings()
    window = MainWindow(settings, options, appearance, [problem] if problem else [])
    return application, window


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `gradviz`: opens the window and returns the exit status when it is closed."""
    application, window = create(sys.argv if arguments is None else arguments)
    collectors: list[GarbageCollector] = []
    window.torch_loader.finished.connect(lambda: collectors.append(collect_garbage()))
    window.show()
    return application.exec()


def collect_garbage() -> GarbageCollector:
    """__main__ held the collector until torch was there; from now on it runs in this thread alone, while this is kept.

    Left to itself it runs in whatever thread allocates, and a Qt object that it finds dies there.
    """
    gc.freeze()  # what the start made stays until the end: no collection need look at it
    return GarbageCollector()
