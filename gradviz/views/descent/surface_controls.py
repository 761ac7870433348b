"""What lies on the surface's picture: the choice of its height, the way back, the hint, and the sentence of trouble."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gradviz.views.common.icons import icon

LINEAR, LOGARITHMIC = "linear", "logarithmic"


class SurfaceControls(QWidget):
    """Laid over a picture; where there is nothing to press, the mouse reaches what is below.

    Signals:
        height_changed(): another scale of the height was chosen, or set.
        reset_asked(): the person wants the first view.
    """

    height_changed = Signal()
    reset_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._height = QComboBox()
        self._height.setObjectName("descent.surface_height")
        self._height.addItem(self.tr("linear height"), LINEAR)
        self._height.addItem(self.tr("logarithmic height"), LOGARITHMIC)
        self._height.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._height.setAccessibleName(self.tr("Height of the surface"))
        self._height.setToolTip(self.tr("How high a point stands; the colours stay those of the map"))
        self._height.currentIndexChanged.connect(self.height_changed)
        self._reset = QToolButton()
        self._reset.setObjectName("descent.surface_reset")
        self._reset.setIcon(icon("whole"))
        self._reset.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self.tr("The first view again (0, or a double click beside the surface)")
        self._reset.setToolTip(tip)
        self._reset.setAccessibleName(tip)
        self._reset.clicked.connect(self.reset_asked)
        self._hint = QLabel(self.tr("click to start there, drag to turn"))
        self._hint.setObjectName("descent.surface_hint")
        palette = self._hint.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(0, 0, 0, 150))
        palette.setColor(QPalette.ColorRole.WindowText, QColor("#ffffff"))
        self._hint.setPalette(palette)
        self._hint.setAutoFillBackground(True)
        self._hint.setMargin(6)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.hide()
        self._sentence = QLabel()
        self._sentence.setObjectName("descent.surface_trouble")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addStretch(1)
        above.addWidget(self._height)
        above.addWidget(self._reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addLayout(above)
        layout.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._sentence)

    @property
    def is_logarithmic(self) -> bool:
        return self.height_key == LOGARITHMIC

    @property
    def height_key(self) -> str:
        return str(self._height.currentData())

    def set_height(self, key: str) -> None:
        """Chooses a scale.

        Raises:
            ValueError: there is none of this name.
        """
        index = self._height.findData(key)
        if index < 0:
            raise ValueError(f"height {key!r}")
        self._height.setCurrentIndex(index)

    def show_hint(self, visible: bool) -> None:
        self._hint.setVisible(visible)

    def show_trouble(self, sentence: str) -> None:
        """A sentence in place of everything else."""
        for part in (self._height, self._reset, self._hint):
            part.hide()
        self._sentence.setText(sentence)
        self._sentence.show()
