"""Which optimizer descends, and with which hyper-parameters."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.descent_request import Lane
from gradviz.core.optimizers import OPTIMIZERS, optimizer
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.heading import heading
from gradviz.views.descent.hyperparameter_form import HyperparameterForm

DEFAULT = "adam"
CHECK_BOX_WIDTH = 32  # pixels, with what Fusion leaves around a box and its text


class OptimizerList(QListWidget):
    """Arrow keys move the check; Space and letters are the tab's: run, reset."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in moves:
            super().keyPressEvent(event)
        else:
            event.ignore()


class OptimizerPanel(QWidget):
    """The list of optimizers, one of them checked, over the checked one's form. The forms come with torch.

    Signals:
        changed(): another optimizer or another value; also when a value became good or bad.
        committed(): the person pressed Enter in a field of the form or stepped it.
        values_refused(list): one phrase for each value of a session that a form does not take.
    """

    changed = Signal()
    committed = Signal()
    values_refused = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._torch_is_there = False
        self._forms: dict[str, HyperparameterForm] = {}
        self._waiting: dict[str, dict[str, Any]] = {}  # values that came from a session before the forms were there
        self._build_next = QTimer(self, interval=0)
        self._build_next.timeout.connect(self._build_one)
        self.list = OptimizerList()
        self.list.setObjectName("descent.optimizers")
        self.list.setAccessibleName(self.tr("Optimizer"))
        self.list.setFlow(QListView.Flow.TopToBottom)
        self.list.setWrapping(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for record in OPTIMIZERS:
            item = QListWidgetItem(record.title)
            item.setData(Qt.ItemDataRole.UserRole, record.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setToolTip(in_words(record.summary))
            self.list.addItem(item)
        row_height = self.list.fontMetrics().height() + 4
        rows = -(-len(OPTIMIZERS) // 2)
        longest = max(self.list.fontMetrics().horizontalAdvance(record.title) for record in OPTIMIZERS)
        self.list.setGridSize(QSize(longest + CHECK_BOX_WIDTH, row_height))
        self.list.setFixedHeight(rows * row_height + 2 * self.list.frameWidth() + 2)
        self.list.currentItemChanged.connect(lambda item, _: self._select(item))
        self.list.itemChanged.connect(self._on_item_changed)

        self._stack = QStackedWidget()
        self._loading = QLabel(self.tr("The hyper-parameters appear when torch is loaded."))
        self._loading.setWordWrap(True)
        self._loading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self._loading)
        scroll = QScrollArea()
        scroll.setObjectName("descent.optimizer_form")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._stack)

        self._defaults = QToolButton()
        self._defaults.setObjectName("descent.optimizer_defaults")
        self._defaults.setText(self.tr("Defaults"))
        self._defaults.setToolTip(self.tr("The defaults of torch for this optimizer"))
        self._defaults.setEnabled(False)
        self._defaults.clicked.connect(lambda: self._form(self.key).set_defaults())
        row = QHBoxLayout()
        row.addWidget(heading(self.tr("Optimizer")))
        row.addStretch()
        row.addWidget(self._defaults)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.list)
        layout.addWidget(scroll, 1)
        self.select(DEFAULT)

    @property
    def key(self) -> str:
        """The key of the checked optimizer."""
        return str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def select(self, key: str) -> None:
        """Checks this optimizer.

        Raises:
            KeyError: there is no such optimizer.
        """
        self.list.setCurrentRow(OPTIMIZERS.index(optimizer(key)))

    def build_forms(self) -> None:
        """To be called once, when torch is there: the checked one's form at once, the others as time allows."""
        self._torch_is_there = True
        self._form(self.key)
        self._stack.removeWidget(self._loading)
        self._loading.deleteLater()
        self._defaults.setEnabled(True)
        self._show_form()
        self._build_next.start()

    def _build_one(self) -> None:
        """One form of those that nobody asked for yet; fifteen at once would be felt."""
        missing = next((record.key for record in OPTIMIZERS if record.key not in self._forms), None)
        if missing is None:
            self._build_next.stop()
        else:
            self._form(missing)

    def _form(self, key: str) -> HyperparameterForm:
        """The form of an optimizer, built at its first use."""
        form = self._forms.get(key)
        if form is None:
            form = HyperparameterForm(optimizer(key))
            refused = form.set_values(self._waiting.pop(key, {}))
            if refused:
                self.values_refused.emit(refused)
            form.changed.connect(self.changed)
            form.committed.connect(self.committed)
            self._forms[key] = form
            self._stack.addWidget(form)
            self._order_focus(form)
        return form

    def _order_focus(self, form: HyperparameterForm) -> None:
        """The Tab key goes from the list through the form, as the eye does, although the form came later."""
        before: QWidget = self.list
        for widget in form.inputs():
            QWidget.setTabOrder(before, widget)
            before = widget

    def lane(self) -> Lane | None:
        """The checked optimizer with its values; None while torch is not there or a value is refused."""
        values = self._form(self.key).values() if self._torch_is_there else None
        return None if values is None else Lane(self.key, tuple(values.items()))

    def set_values(self, key: str, values: dict[str, Any]) -> list[str]:
        """Gives one optimizer its values; returns a sentence for each it can't take."""
        if self._torch_is_there:
            return self._form(key).set_values(values)
        self._waiting.setdefault(key, {}).update(values)
        return []

    def set_defaults(self, key: str) -> None:
        """Gives one optimizer the values of torch's own signature."""
        self._waiting.pop(key, None)
        if key in self._forms:
            self._forms[key].set_defaults()

    def state(self) -> dict[str, Any]:
        """The checked optimizer, and for each one the values that differ from its defaults."""
        changed: dict[str, Any] = {key: dict(values) for key, values in self._waiting.items()}
        for key, form in self._forms.items():
            defaults = form.record.defaults()
            values = {n: v for n, v in form.shown_values().items() if v != defaults[n]}
            if values:
                changed[key] = values
        return {"selected": self.key, "values": changed}

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; returns a sentence for each thing it can't take."""
        problems = []
        for key, values in state.get("values", {}).items():
            try:
                optimizer(key)
                taken = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
            except (KeyError, AttributeError):
                problems.append(self.tr("There is no optimizer «{0}».").format(key))
                continue
            problems += [self.tr("Not taken from the session: {0}").format(p) for p in self.set_values(key, taken)]
        try:
            self.select(state.get("selected", DEFAULT))
        except KeyError:
            problems.append(self.tr("There is no optimizer «{0}».").format(state.get("selected")))
        return problems

    # -- one is checked, always

    def _select(self, item: QListWidgetItem | None) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            each = self.list.item(row)
            each.setCheckState(Qt.CheckState.Checked if each is item else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self._show_form()
        self.changed.emit()

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if item.checkState() == Qt.CheckState.Checked:
            if item is not self.list.currentItem():
                self.list.setCurrentItem(item)
        elif item is self.list.currentItem():
            self._select(item)

    def _show_form(self) -> None:
        if self._torch_is_there:
            self._stack.setCurrentWidget(self._form(self.key))
