"""What one can begin with: a list that says which of it is on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from gradviz.core.softmax import SoftmaxSetup
from gradviz.core.softmax_presets import SOFTMAX_PRESETS, SoftmaxPreset, softmax_preset
from gradviz.views.common.catalogue_words import in_words


class PresetChoice(QComboBox):
    """It names the preset whose numbers these are, as long as none of them was changed.

    Signals:
        begun(object): the SoftmaxPreset that was chosen by hand.
    """

    begun = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("softmax.preset")
        self.setAccessibleName(self.tr("Preset"))
        self.addItem(self.tr("Begin with…"), None)
        for preset in SOFTMAX_PRESETS:
            self.addItem(in_words(preset.title), preset.key)
            self.setItemData(self.count() - 1, in_words(preset.summary), Qt.ItemDataRole.ToolTipRole)
        self._setup: SoftmaxSetup | None = None
        self._drawn: dict[str, SoftmaxSetup] = {}  # what came last of each random preset
        self.activated.connect(self._on_activated)

    def made(self, preset: SoftmaxPreset, seed: int) -> SoftmaxSetup:
        """The setup of a preset, which will be known again by it."""
        setup = preset.setup(seed)
        if preset.is_random:
            self._drawn[preset.key] = setup
        return setup

    def show_setup(self, setup: SoftmaxSetup) -> None:
        """Names the preset that this is; nothing is emitted."""
        self._setup = setup
        index = next((place for place in range(1, self.count()) if self._is(self.itemData(place), setup)), 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _is(self, key: str, setup: SoftmaxSetup) -> bool:
        preset = softmax_preset(key)
        return (self._drawn.get(key) if preset.is_random else preset.setup()) == setup

    def _on_activated(self) -> None:
        key = self.currentData()
        if key is not None:
            self.begun.emit(softmax_preset(key))
        if self._setup is not None:
            self.show_setup(self._setup)  # also where what was chosen must wait, or is nothing
