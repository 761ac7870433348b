"""What lies on the plot of the points beside its drawing: a hint, what is left out, a button that shows all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QToolButton

from gradviz.views.common.colours import colours, paint_text
from gradviz.views.common.icons import icon
from gradviz.views.common.plot_style import ON_SCREEN_ONLY, Plot


class PlotNotes(QLabel):
    """The hint, which brings the others with it."""

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._words = self.tr("drag a point or the line; double click adds a point; Delete takes it away")
        self._short_words = self.tr("drag a point or the line; double click adds; Delete removes")
        self.setText(self._words)
        self.setObjectName("loss.plot_hint")
        self.setProperty(ON_SCREEN_ONLY, True)
        self._thinned = QLabel(plot)
        self._thinned.setObjectName("loss.thinned")
        self._thinned.hide()
        for label in (self, self._thinned):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            paint_text(label, colours().faint_text)
            palette = label.palette()
            palette.setColor(QPalette.ColorRole.Window, QColor(colours().base))
            label.setPalette(palette)
            label.setAutoFillBackground(True)  # a square may lie below
        self.whole = QToolButton(plot)
        self.whole.setObjectName("loss.plot_whole")
        self.whole.setIcon(icon("whole"))
        self.whole.setAutoRaise(True)
        self.whole.setToolTip(self.tr("All points in sight (0)"))
        self.whole.setAccessibleName(self.whole.toolTip())
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.whole.setProperty(ON_SCREEN_ONLY, True)

    def show_hint(self, visible: bool) -> None:
        if visible == self.isHidden():
            self.setVisible(visible)
            self.place()

    def say_thinned(self, squares: int, points: int) -> None:
        """So many of so many points have squares; nothing where all have."""
        thinned = squares < points
        if not thinned and self._thinned.isHidden():
            return  # as with every move of a hand
        if thinned:
            words = self.tr("squares of {0} of the {1} points")
            self._thinned.setText(words.format(f"{squares:,}", f"{points:,}"))
        if thinned == self._thinned.isHidden():
            self._thinned.setVisible(thinned)
        self.place()

    def place(self) -> None:
        """In the middle of the plane at its top, the one below the other; the button where the axes leave a corner."""
        top, plane = 4, self._plot.getPlotItem().getViewBox().sceneBoundingRect()
        is_wide = self.fontMetrics().horizontalAdvance(self._words) + 4 < plane.width()
        self.setText(self._words if is_wide else self._short_words)  # a second line would hide points
        for note in (self, self._thinned):
            note.adjustSize()
            note.move(max(round(plane.center().x() - note.width() / 2), round(plane.left())), top)
            top += 0 if note.isHidden() else note.height()
        self.whole.adjustSize()
        self.whole.move(2, self._plot.height() - self.whole.height() - 2)
