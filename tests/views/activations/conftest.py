"""The Activations tab in front of a window, with its first curves drawn."""

from gradviz.views.activations.tab import ActivationsTab
from tests.views.tab_in_front import tab_fixtures


def is_drawn(tab: ActivationsTab) -> bool:
    return bool(tab.picture.plot.curves) and tab.picture.depth_panel.result is not None


tab, another_tab = tab_fixtures(ActivationsTab, is_drawn)
