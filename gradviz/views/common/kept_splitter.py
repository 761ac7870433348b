"""A splitter whose sizes outlive a session in which its tab never came to the front, and another size of the type."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gradviz.views.common.type_size import panel_scale

WIDEST = 100_000  # pixels


class KeptSplitter(QSplitter):
    """Before it is shown, Qt's sizes are those of a window that nobody has seen: what was restored is told then.

    The widths of parts that do not stretch are kept as they would be with plain type.
    """

    _restored: list[int] | None = None
    _was_shown = False

    def kept_sizes(self) -> list[int] | None:
        """The pixels of each part, for a session; None if it was neither shown nor restored."""
        return self._scaled(self.sizes(), 1.0 / panel_scale()) if self._was_shown else self._restored

    def restore_sizes(self, sizes: Sequence[int]) -> None:
        """Takes back what `kept_sizes` gave.

        Raises:
            ValueError: it can't have come from there.
        """
        if len(sizes) != self.count() or not all(0 <= size <= WIDEST for size in sizes):
            raise ValueError(f"{self.objectName()} {list(sizes)}")
        self._restored = list(sizes)
        self.setSizes(self._scaled(self._restored, panel_scale()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._was_shown = True

    def _scaled(self, sizes: list[int], scale: float) -> list[int]:
        """With panels `scale` times as wide, and the same in all; what stretches has the rest."""
        if self.orientation() != Qt.Orientation.Horizontal or scale == 1.0:
            return sizes
        parts = [self.widget(place) for place in range(self.count())]
        stretching = [part is not None and part.sizePolicy().horizontalStretch() > 0 for part in parts]
        if stretching.count(True) != 1:
            return sizes
        scaled = [size if stretches else round(size * scale) for size, stretches in zip(sizes, stretching, strict=True)]
        rest = sum(sizes) - sum(size for size, stretches in zip(scaled, stretching, strict=True) if not stretches)
        return [max(rest, 1) if stretches else size for size, stretches in zip(scaled, stretching, strict=True)]


def split(orientation: Qt.Orientation, name: str, parts: Sequence[tuple[QWidget, int]]) -> KeptSplitter:
    """A splitter of these parts, each with its share of what room is left over; none can be pushed together."""
    splitter = KeptSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    for place, (part, stretch) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(place, stretch)
    return splitter


def three_columns(name: str, left: tuple[QWidget, int], picture: QWidget, right: tuple[QWidget, int]) -> KeptSplitter:
    """A picture between two panels, each with its least width in pixels at plain type; the picture takes the rest."""
    widths = [round(width * panel_scale()) for _, width in (left, right)]
    for (panel, _), width in zip((left, right), widths, strict=True):
        panel.setMinimumWidth(width)
    columns = split(Qt.Orientation.Horizontal, name, ((left[0], 0), (picture, 1), (right[0], 0)))
    columns.setSizes([widths[0], 10 * widths[0], widths[1]])  # the picture takes all that is left
    return columns
