"""The left of the tab: which lines, in which detail, at which values."""

from __future__ import annotations

import itertools
import re

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gradviz.core.chain_nodes import Detail
from gradviz.core.chain_picture import ChainPicture, node_name
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset, chain_preset, preset_of
from gradviz.core.chain_result import ChainResult
from gradviz.views.chain_rule.line_editor import LineEditor
from gradviz.views.chain_rule.value_fields import ValueFields
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading


class ProgramPanel(QWidget):
    """Preset, editor, detail and values.

    Signals:
        preset_chosen(object): the ChainPreset that the person chose.
        detail_changed(): by hand.
    """

    preset_chosen = Signal(object)
    detail_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = LineEditor()
        self.values = ValueFields()
        self._presets = QComboBox()
        self._presets.setObjectName("chain_rule.preset")
        self._presets.setAccessibleName(self.tr("Preset"))
        self._presets.setPlaceholderText(self.tr("Own lines"))
        for preset in CHAIN_PRESETS:
            self._presets.addItem(in_words(preset.title), preset.key)
        self._presets.activated.connect(self._on_activated)
        self._summary = QLabel()
        self._summary.setObjectName("chain_rule.summary")
        self._summary.setWordWrap(True)
        self._details = QComboBox()
        self._details.setObjectName("chain_rule.detail")
        self._details.setAccessibleName(self.tr("Nodes of the graph"))
        self._details.addItem(self.tr("a node a line"), "values")
        self._details.addItem(self.tr("a node an operation"), "operations")
        self._details.setToolTip(self.tr("A node a line, as one derives by hand, or an operation, as torch does"))
        self._details.currentIndexChanged.connect(self.detail_changed)
        self.copy_code = QPushButton(self.tr("Copy as PyTorch"))
        self.copy_code.setObjectName("chain_rule.copy_code")
        self.copy_code.setToolTip(self.tr("A script that runs by itself and prints all values and gradients"))
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        label = QLabel(self.tr("&Graph:"))
        label.setBuddy(self._details)
        row.addWidget(label)
        row.addWidget(self._details, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(self._presets)
        layout.addWidget(self._summary)
        layout.addWidget(self.editor)
        layout.addLayout(row)
        layout.addWidget(heading(self.tr("Values of the inputs")))
        layout.addWidget(self.values)
        layout.addStretch(1)
        layout.addWidget(self.copy_code)

    @property
    def detail(self) -> Detail:
        return "operations" if self._details.currentData() == "operations" else "values"

    def set_detail(self, detail: Detail) -> None:
        with QSignalBlocker(self._details):
            self._details.setCurrentIndex(self._details.findData(detail))

    def show_preset(self, text: str) -> None:
        """The preset whose lines these are, or none."""
        preset = preset_of(text)
        self._presets.setCurrentIndex(-1 if preset is None else self._presets.findData(preset.key))
        self._summary.setText("" if preset is None else _unbroken(in_words(preset.summary)))
        self._summary.setVisible(preset is not None)

    def show_values(self, picture: ChainPicture, result: ChainResult) -> None:
        """The inputs of what is drawn, with the values at which it is computed."""
        names = picture.graph.assignments.inputs
        titles = [node_name(picture.graph, picture.graph.places[name]) for name in names]
        is_same = self.values.names == tuple(names)
        self.values.show_values(names, titles, result.inputs)
        if not is_same:  # what is made later would be last
            for here, there in itertools.pairwise((self._details, *self.values.in_order)):
                self.setTabOrder(here, there)

    def _on_activated(self) -> None:
        preset: ChainPreset = chain_preset(str(self._presets.currentData()))
        self.preset_chosen.emit(preset)


def _unbroken(text: str) -> str:
    """With formulas that stay on a line as far as they have room on it."""
    return re.sub(r" ([·−+]) ", "\N{NO-BREAK SPACE}\\1\N{NO-BREAK SPACE}", text)
