"""The same graph as torch sees it: the chain of grad_fn behind the output, and which of our nodes each belongs to."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.chain_picture import ChainPicture
from gradviz.core.chain_torch import TorchNode


class TorchPanel(QWidget):
    """A row an entry of torch's graph, breadth first from the output.

    Signals:
        node_picked(int): the person looks at the row of this node of ours. Not emitted by `show_node`.
    """

    node_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[TorchNode, ...] = ()
        self._words = QLabel()
        self._words.setObjectName("chain_rule.torch_words")
        self._words.setWordWrap(True)
        self._table = QTableWidget(0, 3)
        self._table.setObjectName("chain_rule.torch")
        self._table.setAccessibleName(self.tr("The chain of grad_fn"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setTabKeyNavigation(False)  # Tab leaves the table
        self._table.setHorizontalHeaderLabels(["grad_fn", self.tr("node"), self.tr("goes on to")])
        self._table.verticalHeader().setMinimumSectionSize(0)
        self._table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 4)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._table.itemSelectionChanged.connect(self._on_selected)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.addWidget(self._words)
        layout.addWidget(self._table, 1)

    def show_chain(self, picture: ChainPicture, output: int, nodes: tuple[TorchNode, ...]) -> None:
        """The entries, and the names of our nodes to which they belong."""
        self._words.setText(
            self.tr(
                "What {0}.grad_fn leads to. The numbers are rows; AccumulateGrad puts a gradient into .grad."
            ).format(picture.names[output])
        )
        self._nodes = nodes
        with QSignalBlocker(self._table):
            self._table.setRowCount(len(nodes))
            for row, node in enumerate(nodes):
                ours = "—" if node.node is None else picture.names[node.node]
                part = ours if node.is_last or node.node is None else self.tr("part of {0}").format(ours)
                onward = ", ".join(str(place + 1) for place in node.onward)
                short = node.name.rpartition("::")[2]  # torch::autograd::AccumulateGrad
                for column, text in enumerate((short, part, onward)):
                    item = QTableWidgetItem(text)
                    item.setToolTip(node.name if column == 0 else text)
                    self._table.setItem(row, column, item)

    def show_node(self, place: int | None) -> None:
        """Marks the first row of one of our nodes."""
        rows = [row for row, node in enumerate(self._nodes) if node.node == place and node.is_last]
        with QSignalBlocker(self._table):
            if rows and place is not None:
                self._table.selectRow(rows[0])
            else:
                self._table.clearSelection()

    def _on_selected(self) -> None:
        rows = self._table.selectionModel().selectedRows()
        if rows and (place := self._nodes[rows[0].row()].node) is not None:
            self.node_picked.emit(place)
