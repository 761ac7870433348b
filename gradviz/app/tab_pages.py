"""The pages of the window: each tab is built when it is first shown, or when the window has nothing else to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.tab import Tab
from gradviz.views.tabs import TABS, TabRecord

WHILE_LOADING = 2  # tabs: building and importing torch want the interpreter both, and torch is waited for
PAUSE_MS = 150  # between two others, once torch is there: what moves in the tab in front goes on


class TabPages(QTabWidget):
    """All tabs of TABS, of which only the one in front is built at once: a start waits for no other.

    A tab that is not built yet keeps its part of the session as it was read.

    Signals:
        built(object, list): a Tab is there, and a sentence for each part of its state that it could not take.
        front_changed(object, object): the Tab that was in front, and the one that is now.
    """

    builds_at_idle: ClassVar[bool] = True

    built = Signal(object, list)
    front_changed = Signal(object, object)

    def __init__(self, torch_loader: TorchLoader, states: Mapping[str, Any], front: str) -> None:
        super().__init__()
        self.setObjectName("tabs")
        self.setDocumentMode(True)
        self.setAccessibleName(QCoreApplication.translate("MainWindow", "Tabs"))
        self._torch_loader = torch_loader
        self._records = TABS
        self._states: dict[str, Any] = dict(states)  # of those that are not built
        for record in self._records:
            place_holder = QWidget()
            place_holder.setObjectName(record.key)
            self.addTab(place_holder, QCoreApplication.translate("tabs", record.title))
        keys = [record.key for record in self._records]
        self.setCurrentIndex(keys.index(front) if front in keys else keys.index("descent"))
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._build_next)
        self._front: Tab | None = None
        self.currentChanged.connect(self._on_current_changed)

    def open(self) -> Tab:
        """Builds the tab in front; to be called once, when somebody listens to `built`."""
        self._front = self.front
        return self._front

    @property
    def front(self) -> Tab:
        """The tab in front; it is built if it is not yet."""
        return self._build(self.currentIndex())

    def tab(self, key: str) -> Tab:
        """The tab with this key; it is built if it is not yet.

        Raises:
            ValueError: there is none.
        """
        return self._build([record.key for record in self._records].index(key))

    def all_built(self) -> list[Tab]:
        return [page for page in map(self.widget, range(self.count())) if isinstance(page, Tab)]

    def states(self) -> dict[str, Any]:
        """What every tab gives as its state, by key; of those never built, what the session said of them."""
        return self._states | {tab.key: tab.state() for tab in self.all_built()}

    def build_rest(self) -> None:
        """Builds the other tabs one by one when the event loop has nothing else to do, most of them behind torch."""
        if self.builds_at_idle:
            self._idle.start()

    def build_no_more(self) -> None:
        """Those that are not built yet stay so, until they are shown."""
        self._idle.stop()

    def shutdown(self) -> None:
        """Joins the threads of all tabs."""
        self.build_no_more()
        for tab in self.all_built():
            tab.shutdown()

    def _build_next(self) -> None:
        loader = self._torch_loader
        is_loading = not loader.is_ready and loader.error is None
        if is_loading and len(self.all_built()) > WHILE_LOADING:
            self._idle.setInterval(PAUSE_MS)
            return
        missing = [place for place in range(self.count()) if not isinstance(self.widget(place), Tab)]
        if missing:
            self._build(missing[0])
        if len(missing) <= 1:
            self._idle.stop()

    def _build(self, place: int) -> Tab:
        page = self.widget(place)
        if isinstance(page, Tab):
            return page
        record: TabRecord = self._records[place]
        tab = record.load()(self._torch_loader)
        left_out = tab.restore(self._states.pop(record.key, {}))
        blocked = self.blockSignals(True)  # the place stays the one in front, or not
        in_front = self.currentIndex()
        self.removeTab(place)
        self.insertTab(place, tab, QCoreApplication.translate("tabs", record.title))
        self.setCurrentIndex(in_front)
        self.blockSignals(blocked)
        if page is not None:
            page.deleteLater()
        self.built.emit(tab, left_out)
        return tab

    def _on_current_changed(self) -> None:
        before, self._front = self._front, self.front
        if before is not None and before is not self._front:
            self.front_changed.emit(before, self._front)
