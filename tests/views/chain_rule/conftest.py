"""The Chain rule tab in front of a window."""

from gradviz.views.chain_rule.tab import ChainRuleTab
from tests.views.tab_in_front import tab_fixtures

tab, another_tab = tab_fixtures(ChainRuleTab)
