"""What a person makes of a network: another number, another shape, new weights, or another network altogether."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gradviz.core.network import Network, Shape, carried_over, new_network
from gradviz.core.network_parts import Bias, Edge, Input, Part, Target
from gradviz.core.network_presets import network_preset
from gradviz.core.network_request import NetworkRequest, fitted_sample, network_request_of
from gradviz.core.network_trace import Sample
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.history import History
from gradviz.views.network.part_words import part_exists, value_of
from gradviz.views.network.reading_panel import AT_ONCE
from gradviz.views.network.subject_history import Subject, history_from_state, history_state

if TYPE_CHECKING:
    from gradviz.views.network.tab import NetworkTab


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """A network that is to be made. With `keeps` the numbers of the one that is shown stay where they have a place."""

    shape: Shape
    way: str
    seed: int
    scale: float
    keeps: bool

    def make(self) -> Network:
        return new_network(self.shape, self.way, self.seed, 1.0 if self.keeps else self.scale)


class NetworkEditing(QObject):
    """Changes what a tab shows. Every change first pauses a training: it is made to the weights that it came to.

    The weights of a large network are drawn off the GUI thread, and it is shown once they are there.

    What was made by hand can be taken back, with the sample that it was made beside; what a training or an update made
    has its own way back.

    Signals:
        failed(object): an exception that drawing them raised.
    """

    failed = Signal(object)

    def __init__(self, tab: NetworkTab) -> None:
        super().__init__(tab)
        self._tab = tab
        self._wanted: _Wanted | None = None
        self._history: History[Subject] = History()
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_made)
        self._maker.failed.connect(self.failed)

    def forget(self) -> None:
        """Another network is shown: what is still being made is not wanted any more."""
        self._wanted = None

    def shutdown(self) -> None:
        self._maker.shutdown()

    # -- taking back

    def undo(self) -> None:
        """As it was before the last change by hand; the same if there was none."""
        self._go(self._history.back)

    def redo(self) -> None:
        """The change that was taken back last, made again."""
        self._go(self._history.forth)

    def history_state(self) -> dict[str, Any]:
        """What can be taken back, as plain data that JSON takes."""
        walk = self._tab.walk
        return {} if walk is None else history_state(self._history, walk.found.network)

    def restore_history(self, state: Mapping[str, Any]) -> None:
        """Takes back what `history_state` gave, once the tab has its network again.

        Raises:
            LookupError, TypeError, ValueError: it is no such state.
        """
        walk = self._tab.walk
        if walk is not None:
            self._history = history_from_state(state, walk.found.network) if state else History()

    def _go(self, way: Callable[[Subject], tuple[History[Subject], Subject]]) -> None:
        now = self._now
        if now is None:
            return
        self._history, (network, sample) = way(now)
        if (network, sample) == now:
            return
        self._tab.training.pause()
        if network.shape == now[0].shape:
            self._show(network, sample)
        else:
            self._take(replace(self._tab.request, network=network, sample=sample))

    @property
    def _now(self) -> Subject | None:
        walk = self._tab.walk
        return None if walk is None else (walk.network, walk.found.sample)

    def _keep(self) -> None:
        """Something is about to change."""
        now = self._now
        if now is not None:
            self._history = self._history.kept(now)

    # -- all of it

    def choose_preset(self, key: str) -> None:
        """An entry of NETWORK_PRESETS, with its own samples."""
        self._keep()
        self._tab.bar.set_playing(False)
        self._tab.diagram.set_selected(None)
        self._tab.training.pictures.forget_surface()
        self._tab.set_request(network_request_of(network_preset(key)))

    def set_shape(self, shape: Shape) -> None:
        """Another shape; numbers stay where it has a place for them."""
        panel = self._tab.panel
        self._make(_Wanted(shape, panel.way, panel.seed, panel.scale, keeps=True))

    def draw_weights(self) -> None:
        """New weights for the same shape, as the fields say."""
        panel = self._tab.panel
        if self._tab.walk is not None:
            # a shape that is still on its way is meant as well
            shape = self._tab.walk.network.shape if self._wanted is None else self._wanted.shape
            self._make(_Wanted(shape, panel.way, panel.seed, panel.scale, keeps=False))

    def _make(self, wanted: _Wanted) -> None:
        if self._tab.walk is None:
            return
        self._tab.training.pause()
        self._wanted = wanted
        if wanted.shape.size <= AT_ONCE:
            self._on_made((wanted, wanted.make()))
        else:
            self._maker.submit(lambda: (wanted, wanted.make()))

    def _on_made(self, result: object) -> None:
        assert isinstance(result, tuple)  # of _make
        wanted, fresh = result
        walk = self._tab.walk
        assert isinstance(wanted, _Wanted)
        if wanted is not self._wanted or walk is None:
            return  # something else was wanted meanwhile
        self._tab.training.pause()
        network = carried_over(walk.network, fresh) if wanted.keeps else fresh
        sample = fitted_sample(walk.found.sample, network.shape.inputs, network.shape.outputs)
        self._keep()
        self._take(replace(self._tab.request, network=network, sample=sample))

    def _take(self, request: NetworkRequest) -> None:
        """What was made by hand: how new weights are drawn and what is trained on stays as the fields say."""
        panel = self._tab.panel
        data = panel.training.data_request()
        self._tab.set_request(replace(request, way=panel.way, seed=panel.seed, scale=panel.scale, data=data))

    # -- one number, one sample

    def set_value(self, part: Part, value: float) -> None:
        """Another number in place: the phase that is looked at stays."""
        tab, walk = self._tab, self._tab.walk
        if walk is None or not part_exists(walk.network.shape, part):
            return
        tab.training.pause()
        if value_of(walk.network, walk.found, part) == value:
            return
        network, sample = walk.network, walk.found.sample
        if isinstance(part, Edge):
            network = network.with_weight(part.layer, part.unit, part.source, value)
        elif isinstance(part, Bias):
            network = network.with_bias(part.layer, part.unit, value)
        elif isinstance(part, Input):
            sample = Sample(_with(sample.inputs, part.number, value), sample.targets)
        elif isinstance(part, Target):
            sample = Sample(sample.inputs, _with(sample.targets, part.number, value))
        self._keep()
        self._show(network, sample)

    def _show(self, network: Network, sample: Sample) -> None:
        """Other numbers of the same shape."""
        tab, walk = self._tab, self._tab.walk
        assert walk is not None  # nothing is edited before
        is_another = network is not walk.network
        walk.edit(network, sample)
        tab.diagram.show_hint(False)
        if is_another:
            tab.training.network_was_edited(network)
        else:
            tab.training.sample_changed()
        tab.show_all()  # behind it: it tells of the training as well

    def look_at(self, sample: Sample) -> None:
        """One of the training's samples, if it fits."""
        walk = self._tab.walk
        if walk is None:
            return
        shape = walk.network.shape
        if (len(sample.inputs), len(sample.targets)) == (shape.inputs, shape.outputs):
            walk.edit(walk.network, sample)
            self._tab.show_all()


def _with(numbers: tuple[float, ...], place: int, value: float) -> tuple[float, ...]:
    return (*numbers[:place], value, *numbers[place + 1 :])
