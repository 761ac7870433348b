"""The Network tab in front of a window, with its first network."""

from gradviz.views.network.tab import NetworkTab
from tests.views.tab_in_front import tab_fixtures

tab, another_tab = tab_fixtures(NetworkTab, lambda tab: tab.walk is not None)
