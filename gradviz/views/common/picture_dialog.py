"""The small dialog before a picture is saved: which one, as what, how wide."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGraphicsView,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.whole_file import reason_of
from gradviz.views.common.ask_file import ask_where_to_write
from gradviz.views.common.colours import colours
from gradviz.views.common.export_picture import (
    FORMATS,
    LARGEST_WIDTH,
    SMALLEST_WIDTH,
    PictureError,
    natural_size,
    save_picture,
)

SHARPNESS = 2  # a PNG is proposed twice as wide as on the screen: sharp in print and on dense displays


class PictureDialog(QDialog):
    """Saves one of several pictures; not modal, and gone when it has.

    Signals:
        saved(str): the name of the file that was written.
        failed(str): a sentence that says why none was.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self, pictures: Mapping[str, QWidget], name: str, file_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pictures, self._file_name = pictures, file_name
        self.setObjectName(name)
        self.setWindowTitle(self.tr("Export picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.what = self._combo(f"{name}.what", list(pictures), list(pictures))
        self.format = self._combo(f"{name}.format", [entry.title for entry in FORMATS], [e.suffix for e in FORMATS])
        self.picture_width = QSpinBox()
        self.picture_width.setObjectName(f"{name}.width")
        self.picture_width.setRange(SMALLEST_WIDTH, LARGEST_WIDTH)
        self.picture_width.setSingleStep(100)
        self.picture_width.setSuffix(self.tr(" pixels"))
        self.for_print = QCheckBox(self.tr("&Light, for print"))
        self.for_print.setObjectName(f"{name}.for_print")
        self.for_print.setVisible(colours().is_dark)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton(self.tr("&Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName(f"{name}.save")
        save.setEnabled(bool(pictures))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setObjectName(f"{name}.cancel")
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("&What"), self.what)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow(self.tr("Wi&dth"), self.picture_width)
        form.addRow(self.for_print)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(buttons)
        for field, words in ((self.what, self.tr("What")), (self.format, self.tr("Format"))):
            field.setAccessibleName(words)
            field.currentIndexChanged.connect(self._show_what_counts)
        self.picture_width.setAccessibleName(self.tr("Width of the picture in pixels"))
        self.what.currentIndexChanged.connect(self._propose_width)
        self._propose_width()
        self._show_what_counts()

    def _combo(self, name: str, texts: list[str], keys: list[str]) -> QComboBox:
        combo = QComboBox()
        combo.setObjectName(name)
        for text, key in zip(texts, keys, strict=True):
            combo.addItem(text, key)
        return combo

    def _picture(self) -> QWidget | None:
        return self._pictures.get(self.what.currentText())

    def _propose_width(self) -> None:
        picture = self._picture()
        if picture is not None:
            self.picture_width.setValue(SHARPNESS * natural_size(picture).width())

    def _show_what_counts(self) -> None:
        """A vector has no width, and only a plot knows other colours."""
        suffix = self.format.currentData()
        self.picture_width.setEnabled(any(entry.suffix == suffix and entry.has_width for entry in FORMATS))
        self.for_print.setEnabled(isinstance(self._picture(), QGraphicsView))

    def _save(self) -> None:
        picture, suffix = self._picture(), str(self.format.currentData())
        if picture is None:
            return
        kinds = {suffix: self.tr("{0} picture (*{1})").format(self.format.currentText(), suffix)}
        path = ask_where_to_write(self, self.windowTitle(), self._file_name, kinds)
        if path is None:
            return
        for_print = self.for_print.isEnabled() and self.for_print.isChecked()
        try:
            save_picture(picture, path, self.picture_width.value(), self.what.currentText(), for_print)
        except PictureError as error:
            self.failed.emit(str(error))
        except OSError as error:
            self.failed.emit(self.tr("{0} can't be written: {1}").format(path.name, reason_of(error)))
        else:
            self.saved.emit(path.name)
        self.accept()
