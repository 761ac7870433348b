"""The tabs, in the order of the course. Each is imported when it is built: a start waits for the one in front alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from gradviz.views.tab import Tab


@dataclass(frozen=True, slots=True)
class TabRecord:
    """A tab: its key, which is its objectName and its place in a session file; its title in English; its class."""

    key: str
    title: str
    load: Callable[[], type[Tab]]


def _activations() -> type[Tab]:
    from gradviz.views.activations.tab import ActivationsTab

    return ActivationsTab


def _loss() -> type[Tab]:
    from gradviz.views.loss.tab import LossTab

    return LossTab


def _softmax() -> type[Tab]:
    from gradviz.views.softmax.tab import SoftmaxTab

    return SoftmaxTab


def _network() -> type[Tab]:
    from gradviz.views.network.tab import NetworkTab

    return NetworkTab


def _chain_rule() -> type[Tab]:
    from gradviz.views.chain_rule.tab import ChainRuleTab

    return ChainRuleTab


def _descent() -> type[Tab]:
    from gradviz.views.descent.tab import DescentTab

    return DescentTab


TABS: tuple[TabRecord, ...] = (
    TabRecord("activations", str(QT_TRANSLATE_NOOP("tabs", "Activations")), _activations),
    TabRecord("loss", str(QT_TRANSLATE_NOOP("tabs", "Loss")), _loss),
    TabRecord("softmax", str(QT_TRANSLATE_NOOP("tabs", "Softmax")), _softmax),
    TabRecord("network", str(QT_TRANSLATE_NOOP("tabs", "Network")), _network),
    TabRecord("chain_rule", str(QT_TRANSLATE_NOOP("tabs", "Chain rule")), _chain_rule),
    TabRecord("descent", str(QT_TRANSLATE_NOOP("tabs", "Descent")), _descent),
)
