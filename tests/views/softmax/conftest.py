"""The Softmax tab in front of a window."""

from gradviz.views.softmax.tab import SoftmaxTab
from tests.views.tab_in_front import tab_fixtures

tab, another_tab = tab_fixtures(SoftmaxTab)
