"""The main window: tabs, menus, status bar; it is rebuilt from its state when language, theme or session change."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from gradviz.app.appearance import Appearance
from gradviz.app.command_line import Options
from gradviz.app.help import about_text, shortcut_list, show_help
from gradviz.app.json_file import UnreadableFileError, keep_a_copy_aside
from gradviz.app.last_resort import LastResort
from gradviz.app.menus import build_menus
from gradviz.app.session import (
    FIRST_SESSION,
    SUFFIX,
    keep_as_previous_session,
    previous_session_file,
    read_session,
    read_unsaved_session,
    unsaved_session_file,
    write_session,
)
from gradviz.app.settings import Settings, save_settings
from gradviz.app.status_bar import StatusTexts
from gradviz.app.tab_pages import TabPages
from gradviz.core.whole_file import reason_of
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.common.ask_file import ask_where_to_write
from gradviz.views.tab import Tab

EXPOSE_POLL_MS, EXPOSE_PATIENCE = 10, 40  # torch waits for the first picture, but not for a window nobody shows
TITLE_BAR = 32  # pixels, about what a desktop puts above a window


class MainWindow(QMainWindow):
    """The program. `options` hold for this start and are not saved."""

    def __init__(self, settings: Settings, options: Options, appearance: Appearance, problems: list[str]) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self._settings, self._appearance = settings, appearance
        self._theme = options.theme or settings.theme
        self._language = options.language or settings.spoken_language
        self._closed = False
        self._polls = 0
        self.torch_loader = TorchLoader(self)
        self._status: StatusTexts | None = None
        self.torch_loader.failed.connect(self._on_torch_failed)
        self._last_resort = LastResort(self)
        self._last_resort.caught.connect(self.report)
        self._last_resort.install()
        self._apply_appearance()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme_changed)

        session, session_problems = self._session_to_begin_with(options)
        wanted = options.tab or session.get("tab") or settings.tab or "descent"
        room = self.screen().availableGeometry().size() - QSize(0, TITLE_BAR)
        self.resize(QSize(1280, 800).boundedTo(room).expandedTo(QSize(1024, 640)))
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "replace")))
        self._keeps_unsaved = unsaved_session_file().exists()
        self._build(session.get("tabs", {}), str(wanted), problems + session_problems)
        QTimer.singleShot(0, self._load_torch_once_visible)

    # -- tabs

    @property
    def current_tab(self) -> Tab:
        return self.tabs.front

    def all_tabs(self) -> list[Tab]:
        """Those that are built: the others wait until they are shown."""
        return self.tabs.all_built()

    def report(self, sentence: str, details: str = "") -> None:
        """Shows an error in the banner of the tab in front, as soon as there is one."""
        tab = self.tabs.currentWidget()
        if isinstance(tab, Tab):
            tab.banner.show_error(sentence, details)
        else:
            QTimer.singleShot(0, lambda: self.report(sentence, details))

    def rebuild(self, states: dict[str, Any] | None = None, tab: str | None = None) -> None:
        """Builds everything anew, from the present state or from another; what runs pauses and can go on."""
        tab = self.current_tab.key if tab is None else tab
        self.tabs.shutdown()
        states = self.tabs.states() if states is None else states
        self._apply_appearance()
        self._build(states, tab, [])
        self.tabs.build_rest()

    def _build(self, states: dict[str, Any], front: str, problems: list[str]) -> None:
        """Builds the tabs from their states, the one in front at once; it shows `problems`."""
        self.setWindowTitle("gradviz")
        self._problems = problems
        old = self.centralWidget()
        self.tabs = TabPages(self.torch_loader, states, front)
        self.setCentralWidget(self.tabs)
        if old is not None:
            old.deleteLater()
        self.actions_by_name = build_menus(self)
        self._mark_choices()
        if self._status is not None:
            self._status.remove()
        self._status = StatusTexts(self.statusBar(), self.torch_loader)
        self.tabs.built.connect(self._on_tab_built)
        self.tabs.front_changed.connect(self._on_front_changed)
        self.tabs.open()
        self._enable_exports()
        self.current_tab.enter()
        self.current_tab.setFocus()

    def _on_tab_built(self, tab: Tab, left_out: list[str]) -> None:
        tab.status_changed.connect(self._show_status)
        tab.saved.connect(self._show_saved)
        tab.settled.connect(self.save_unsaved_session)
        problems, self._problems = self._problems + left_out, []
        if problems:
            tab.banner.show_error(problems[0], "\n".join(problems) if len(problems) > 1 else "")
        if left_out and self._keeps_unsaved:
            keep_a_copy_aside(unsaved_session_file())  # what could not be read is not overwritten
            self._keeps_unsaved = False

    def _on_front_changed(self, before: Tab, now: Tab) -> None:
        before.leave()
        now.enter()
        self._enable_exports()

    # -- status bar and torch

    def _show_status(self, text: str) -> None:
        if self._status is not None and self.sender() in (None, self.current_tab):
            self._status.text.setText(text)

    def _load_torch_once_visible(self) -> None:
        handle = self.windowHandle()
        self._polls += 1
        if (handle is not None and handle.isExposed()) or self._polls > EXPOSE_PATIENCE:
            if not self._closed and not self.torch_loader.isRunning():
                self.torch_loader.start()
                self.tabs.build_rest()
        else:
            QTimer.singleShot(EXPOSE_POLL_MS, self._load_torch_once_visible)

    def _on_torch_failed(self, error: Exception) -> None:
        sentence = self.tr("torch can't be loaded, so nothing can run: {0}").format(error)
        self.report(sentence, "".join(traceback.format_exception(error)))

    # -- sessions

    def _session_to_begin_with(self, options: Options) -> tuple[dict[str, Any], list[str]]:
        problems: list[str] = []
        if options.session is not None:
            try:
                chosen = read_session(options.session)
                keep_as_previous_session()
                return chosen, problems
            except (UnreadableFileError, OSError) as error:
                problems = [str(error)]
        session, problem = read_unsaved_session()
        if session is None:
            is_first = not self._settings.started_before and not problem
            session = FIRST_SESSION if is_first else {}
        return session, problems + ([problem] if problem else [])

    def save_unsaved_session(self) -> None:
        """Keeps what is on the screen for the next start."""
        if not self._closed:
            problem = self._write_session(unsaved_session_file())
            if problem:
                self.report(problem)

    def save_session(self, path: Path) -> bool:
        """Writes what is on the screen into a file; false, with a banner, if it can't be written."""
        problem = self._write_session(path)
        if problem:
            self.report(problem)
        return not problem

    def open_session(self, path: Path) -> bool:
        """Shows a session in place of what is on the screen, which is kept as the session before."""
        try:
            session = read_session(path)
        except UnreadableFileError as error:
            self.report(str(error))
            return False
        self.tabs.shutdown()
        problem = self._write_session(previous_session_file())
        if problem:  # what could not be kept is not replaced
            self.rebuild()
            self.report(problem)
        else:
            self.rebuild(session["tabs"], str(session.get("tab")))
        return not problem

    def open_previous_session(self) -> None:
        """Changes what is on the screen for what was there before the last session was opened."""
        if previous_session_file().exists():
            self.open_session(previous_session_file())
        else:
            self.report(self.tr("There is no session before this one."))

    def ask_session_to_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open session"), "", self._file_filter())
        if name:
            self.open_session(Path(name))

    def ask_where_to_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save session"), f"{self.current_tab.key}{SUFFIX}", self._file_filter()
        )
        path = Path(name if name.endswith(".json") else name + SUFFIX)
        if not name or (path != Path(name) and path.exists() and not self._may_replace(path)):
            return
        if self.save_session(path):
            self._show_saved(path.name)

    def _may_replace(self, path: Path) -> bool:
        """Asks about a file that the dialog did not ask about, since it did not know the suffix."""
        question = self.tr("{0} is there already. Replace it?").format(path.name)
        return QMessageBox.question(self, self.tr("Save session"), question) == QMessageBox.StandardButton.Yes

    def _show_saved(self, name: str) -> None:
        self.statusBar().showMessage(self.tr("Saved: {0}").format(Path(name).name), 4000)

    def _file_filter(self) -> str:
        return self.tr("gradviz sessions (*{0});;All files (*)").format(SUFFIX)

    def _write_session(self, path: Path) -> str:
        """Writes what is on the screen; returns a sentence if it can't be written."""
        try:
            write_session(path, self.current_tab.key, self.tabs.states())
        except OSError as error:
            return self.tr("{0} can't be written: {1}").format(path.name, reason_of(error))
        return ""

    # -- View menu

    def choose_theme(self, theme: str) -> None:
        self._theme = theme
        self._change(theme=theme)

    def choose_language(self, language: str) -> None:
        self._language = language
        self._change(language=language)

    def set_presentation(self, presentation: bool) -> None:
        self._change(presentation=presentation)

    def set_full_screen(self, full: bool) -> None:
        state = self.windowState()
        full_screen = Qt.WindowState.WindowFullScreen
        self.setWindowState(state | full_screen if full else state & ~full_screen)

    def fold(self, side: str) -> None:
        self.current_tab.fold(side)

    def copy_code(self) -> None:
        self.current_tab.copy_code()

    # -- exports

    def export_picture(self) -> None:
        from gradviz.views.common.picture_dialog import PictureDialog  # loads OpenGL and PDF, which no start needs

        tab = self.current_tab
        for dialog in tab.findChildren(PictureDialog):  # one is enough
            dialog.activateWindow()
            return
        dialog = PictureDialog(tab.pictures(), f"{tab.key}.export.picture", tab.key, tab)
        dialog.saved.connect(self._show_saved)
        dialog.failed.connect(tab.banner.show_error)
        dialog.show()

    def export_data(self) -> None:
        kinds = {".csv": self.tr("Table (*.csv)"), ".npz": self.tr("NumPy arrays (*.npz)")}
        path = ask_where_to_write(self, self.tr("Export data"), self.current_tab.key, kinds)
        if path is not None:
            self.current_tab.export_data(path)

    def export_animation(self) -> None:
        self.current_tab.export_animation()

    def _enable_exports(self) -> None:
        for kind in ("picture", "data", "animation"):
            self.actions_by_name[f"export.{kind}"].setEnabled(kind in self.current_tab.exports)

    def _apply_appearance(self) -> None:
        self._appearance.set_theme(self._theme)
        self._appearance.set_language(self._language)
        self._appearance.set_presentation(self._settings.presentation)

    def _mark_choices(self) -> None:
        self.actions_by_name[f"theme.{self._theme}"].setChecked(True)
        self.actions_by_name[f"language.{self._language}"].setChecked(True)
        self.actions_by_name["presentation"].setChecked(self._settings.presentation)
        self.actions_by_name["full_screen"].setChecked(self.isFullScreen())

    def _on_system_theme_changed(self) -> None:
        if self._theme == "system" and not self._closed:
            self.rebuild()

    def _change(self, **changes: Any) -> None:
        """Changes settings, shows everything anew by them, and writes them."""
        self._settings = replace(self._settings, **changes)
        self.rebuild()
        problem = save_settings(self._settings)
        if problem:  # a place that can't be written does no other harm
            self.report(self.tr("The settings can't be saved: {0}").format(problem))

    # -- Help menu

    def explain(self) -> None:
        show_help(self, self.tr("What this tab shows"), self.current_tab.explanation())

    def show_shortcuts(self) -> None:
        show_help(self, self.tr("Keyboard shortcuts"), shortcut_list())

    def show_about(self) -> None:
        show_help(self, self.tr("About gradviz"), about_text())

    # -- the end

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._closed:
            self._finish()
        super().closeEvent(event)

    def _finish(self) -> None:
        """Joins every thread, keeps the session and the settings; each although another failed."""
        tab = self.current_tab.key
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        last_words: tuple[Callable[[], object], ...] = (
            self.tabs.build_no_more,
            *(tab.shutdown for tab in self.all_tabs()),
            self.save_unsaved_session,
            lambda: save_settings(replace(self._settings, geometry=geometry, tab=tab, started_before=True)),
        )
        for word in last_words:
            try:
                word()
            except (OSError, RuntimeError, ValueError) as error:
                traceback.print_exception(error)
        self._closed = True
        self.hide()
        self.torch_loader.shutdown()
        self._last_resort.remove()
        self._appearance.undo()
