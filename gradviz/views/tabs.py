"""The tabs, in the order of the course."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from gradviz.views.descent.tab import DescentTab
from gradviz.views.tab import Tab


@dataclass(frozen=True, slots=True)
class TabRecord:
    """A tab: its key, which is its objectName and its place in a session file, its title in English, its class."""

    key: str
    title: str
    widget_class: type[Tab]


TABS: tuple[TabRecord, ...] = (TabRecord("descent", str(QT_TRANSLATE_NOOP("tabs", "Descent")), DescentTab),)
