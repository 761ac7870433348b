"""The shape of a network by hand: inputs, layers, units, activations, biases."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QToolButton, QWidget

from gradviz.core.network import LAYER_ACTIVATIONS, MOST_LAYERS, MOST_UNITS, Layer, Shape, layer_activation
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import IntegerField

NEW_UNITS = 4  # of a layer that is added


class LayersForm(QWidget):
    """A row for the inputs and one a layer.

    Signals:
        shape_changed(object): the Shape that was made by hand. Not emitted by `show_shape`.
    """

    shape_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape: Shape | None = None
        self._inputs = IntegerField(1, MOST_UNITS)
        self._inputs.setObjectName("network.inputs")
        self._inputs.setAccessibleName(self.tr("Number of inputs"))
        self._inputs.valueChanged.connect(self._on_inputs)
        self._add = self._tool("add", "add_layer", self.tr("Another hidden layer before the outputs"))
        self._remove = self._tool("remove", "remove_layer", self.tr("Without the last hidden layer"))
        self._add.clicked.connect(self._add_layer)
        self._remove.clicked.connect(self._remove_layer)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(QLabel(self.tr("inputs")))
        top.addWidget(self._inputs, 1)
        top.addSpacing(4)
        top.addWidget(QLabel(self.tr("layers")))
        top.addWidget(self._remove)
        top.addWidget(self._add)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        grid.addLayout(top, 0, 0, 1, 4)
        self._rows = [self._row(grid, number) for number in range(MOST_LAYERS)]

    def show_shape(self, shape: Shape) -> None:
        """Another shape; nothing is emitted."""
        self._shape = shape
        self._set(self._inputs, shape.inputs)
        for number, (label, units, activation, bias) in enumerate(self._rows):
            is_there = number < len(shape.layers)
            for widget in (label, units, activation, bias):
                widget.setVisible(is_there)
            if not is_there:
                continue
            layer = shape.layers[number]
            self._set(units, layer.units)
            for box in (activation, bias):
                box.blockSignals(True)
            activation.setCurrentIndex(activation.findData(layer.activation.key))
            bias.setChecked(layer.bias)
            for box in (activation, bias):
                box.blockSignals(False)
        self._add.setEnabled(len(shape.layers) < MOST_LAYERS)
        self._remove.setEnabled(len(shape.layers) > 1)

    # -- building

    def _row(self, grid: QGridLayout, number: int) -> tuple[QLabel, IntegerField, QComboBox, QCheckBox]:
        label, units, activation = QLabel(str(number + 1)), IntegerField(1, MOST_UNITS), QComboBox()
        bias = QCheckBox(self.tr("bias"))
        for record in LAYER_ACTIVATIONS:
            activation.addItem(in_words(record.title), record.key)
            activation.setItemData(activation.count() - 1, in_words(record.summary), Qt.ItemDataRole.ToolTipRole)
        activation.setMinimumContentsLength(5)
        activation.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        parts: tuple[tuple[QWidget, str, str], ...] = (
            (units, "units", self.tr("Units of layer {0}")),
            (activation, "activation", self.tr("Activation of layer {0}")),
            (bias, "bias", self.tr("Layer {0} has a bias")),
        )
        for widget, name, title in parts:
            widget.setObjectName(f"network.{name}.{number + 1}")
            widget.setAccessibleName(title.format(number + 1))
            widget.setToolTip(widget.accessibleName())
        units.valueChanged.connect(lambda: self._change(number, units=units.value()))
        activation.currentIndexChanged.connect(
            lambda: self._change(number, activation=layer_activation(str(activation.currentData())))
        )
        bias.toggled.connect(lambda checked: self._change(number, bias=checked))
        for column, cell in enumerate((label, units, activation, bias)):
            grid.addWidget(cell, number + 1, column)
        return label, units, activation, bias

    @staticmethod
    def _tool(picture: str, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"network.{name}")
        button.setIcon(icon(picture))
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @staticmethod
    def _set(field: IntegerField, value: int) -> None:
        if field.value() != value or field.problem:
            blocked = field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(blocked)

    # -- reactions

    def _on_inputs(self) -> None:
        if self._shape is not None:
            self._take(replace(self._shape, inputs=self._inputs.value()))

    def _change(self, number: int, **changes: object) -> None:
        if self._shape is not None and number < len(self._shape.layers):
            layers = list(self._shape.layers)
            layers[number] = replace(layers[number], **changes)  # type: ignore[arg-type]
            self._take(replace(self._shape, layers=tuple(layers)))

    def _add_layer(self) -> None:
        if self._shape is not None:
            *hidden, last = self._shape.layers
            model = hidden[-1] if hidden else last
            added = Layer(hidden[-1].units if hidden else NEW_UNITS, model.activation, model.bias)
            self._take(replace(self._shape, layers=(*hidden, added, last)))

    def _remove_layer(self) -> None:
        if self._shape is not None and len(self._shape.layers) > 1:
            *hidden, last = self._shape.layers
            self._take(replace(self._shape, layers=(*hidden[:-1], last)))

    def _take(self, shape: Shape) -> None:
        if shape != self._shape:
            self.show_shape(shape)
            self.shape_changed.emit(shape)
