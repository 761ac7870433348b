"""The Loss tab in front of a window, ready to run."""

from gradviz.views.loss.tab import LossTab
from tests.views.tab_in_front import tab_fixtures

tab, another_tab = tab_fixtures(LossTab, lambda tab: tab.transport.run.isEnabled())
