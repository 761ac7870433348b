"""The dialog of an animation: what it shall be, then how far it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.film_file import FILM_FORMATS
from gradviz.core.recording import Recording
from gradviz.core.whole_file import reason_of
from gradviz.views.common.ask_file import ask_where_to_write
from gradviz.views.descent.film import FilmOrder, RaceFilm, interesting_steps
from gradviz.views.descent.off_screen import MapLooks

NAME = "descent.export.animation"
NARROWEST, WIDEST = 200, 2000  # pixels
USUAL_WIDTH = 640  # a GIF of it has some megabytes
SHORTEST_S, LONGEST_S, USUAL_S = 1.0, 60.0, 6.0


class FilmDialog(QDialog):
    """Writes an animation of one recording while the window goes on; closing it cancels, and leaves no file.

    Signals:
        saved(str): the name of the file that was written.
        failed(str): a sentence that says why none was.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, recording: Recording, size: QSize, looks: MapLooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recording, self._looks = recording, looks
        self._shape = size.height() / max(size.width(), 1)
        self._film: RaceFilm | None = None
        self._name = ""
        self.setObjectName(NAME)
        self.setWindowTitle(self.tr("Export animation"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_fields()
        self.progress = QProgressBar()
        self.progress.setObjectName(f"{NAME}.progress")
        self.progress.setAccessibleName(self.tr("Frames drawn"))
        self.progress.setValue(0)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save_button = self._buttons.addButton(self.tr("&Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save_button.setObjectName(f"{NAME}.save")
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName(f"{NAME}.cancel")
        self._buttons.accepted.connect(self._save)
        self._buttons.rejected.connect(self.reject)
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow(self.tr("Wi&dth"), self.film_width)
        form.addRow(self.tr("&Length"), self.seconds)
        form.addRow(self.tr("&Up to step"), self.last)
        layout = QVBoxLayout(self)
        layout.addWidget(self._form)
        layout.addWidget(self.trouble)
        layout.addWidget(self.progress)
        layout.addWidget(self._buttons)
        self._on_format_changed()

    def _build_fields(self) -> None:
        self.format = QComboBox()
        self.format.setObjectName(f"{NAME}.format")
        self.format.setAccessibleName(self.tr("Format"))
        for entry in FILM_FORMATS:
            self.format.addItem(entry.title, entry.suffix)
        self.format.currentIndexChanged.connect(self._on_format_changed)
        self.film_width = QSpinBox()
        self.film_width.setObjectName(f"{NAME}.width")
        self.film_width.setAccessibleName(self.tr("Width of the picture in pixels"))
        self.film_width.setRange(NARROWEST, WIDEST)
        self.film_width.setSuffix(self.tr(" pixels"))
        self.film_width.setValue(USUAL_WIDTH)
        self.seconds = QDoubleSpinBox()
        self.seconds.setObjectName(f"{NAME}.seconds")
        self.seconds.setAccessibleName(self.tr("Length in seconds"))
        self.seconds.setRange(SHORTEST_S, LONGEST_S)
        self.seconds.setDecimals(1)
        self.seconds.setSuffix(self.tr(" s"))
        self.seconds.setValue(USUAL_S)
        self.last = QSpinBox()
        self.last.setObjectName(f"{NAME}.last")
        self.last.setAccessibleName(self.tr("The last step that is shown"))
        self.last.setRange(0, self._recording.steps)
        self.last.setValue(interesting_steps(self._recording))
        self.trouble = QLabel()
        self.trouble.setObjectName(f"{NAME}.trouble")
        self.trouble.setWordWrap(True)
        self.trouble.hide()

    def _on_format_changed(self) -> None:
        """Says what the chosen format needs and is not there."""
        known = {
            ".gif": self.tr("A GIF needs Pillow, which is not installed: pip install pillow"),
            ".mp4": self.tr("An MP4 needs the program ffmpeg, which is not on the PATH; a GIF does without"),
        }
        entry = FILM_FORMATS[self.format.currentIndex()]
        trouble = known[entry.suffix] if entry.trouble() else ""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self._save_button.setEnabled(not trouble)

    def _save(self) -> None:
        suffix = str(self.format.currentData())
        kinds = {suffix: self.tr("{0} animation (*{1})").format(self.format.currentText(), suffix)}
        path = ask_where_to_write(self, self.windowTitle(), "descent", kinds)
        if path is None:
            return
        width = self.film_width.value()
        size = QSize(width, round(width * self._shape))
        order = FilmOrder(path, self.last.value(), size, self.seconds.value(), self._looks)
        self._name = path.name
        self._film = RaceFilm(self._recording, order, self)
        self._film.progressed.connect(self._show_progress)
        self._film.written.connect(self._on_written)
        self._film.failed.connect(self._on_failed)
        self._form.setEnabled(False)
        self._save_button.setEnabled(False)
        self._film.start()

    def _show_progress(self, frame: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(frame)

    def _on_written(self) -> None:
        self._film = None
        self.saved.emit(self._name)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self._film = None
        self.failed.emit(self.tr("{0} can't be written: {1}").format(self._name, reason_of(error)))
        self.reject()

    def done(self, result: int) -> None:
        """Closes it in every way that Qt knows; what is still being written is cancelled."""
        if self._film is not None:
            self._film.cancel()
            self._film = None
        super().done(result)
