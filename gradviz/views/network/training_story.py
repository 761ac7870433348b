"""What is known of the last training besides its record: the weights before it, what began it, what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz.core.data_sets import Data
from gradviz.core.network import Network, Shape
from gradviz.core.network_state import network_from_state, network_state
from gradviz.core.training import TrainingRequest, TrainingSettings, settings_from_state
from gradviz.core.training_record import TrainingRecord, ValueChange


@dataclass(frozen=True, slots=True)
class ScriptWriter:
    """Writes so many steps of a training as a script, in any thread."""

    request: TrainingRequest
    steps: int
    changes: tuple[ValueChange, ...] = ()
    first: int = 0

    def __call__(self) -> str:
        from gradviz.core.network_script import training_script  # no start needs it

        return training_script(self.request, self.steps, changes=self.changes, first=self.first)


class TrainingStory:
    """`first` are the weights from before all training, however often it was begun again; None before any.

    `last` and `steps` are those of the newest frame: the thread may have done more meanwhile. `is_stale` tells that the
    network that is shown is not what the training made.
    """

    def __init__(self) -> None:
        self.first: Network | None = None
        self.last: Network | None = None
        self.steps = 0
        self.is_stale = False
        self._request: TrainingRequest | None = None  # what began it
        self.begun: tuple[Network, TrainingSettings] | None = None  # the same from a session, until it has samples

    def begin(self, request: TrainingRequest, steps: int) -> None:
        """A training begins, behind so many steps."""
        self._request, self.begun, self.steps, self.is_stale = request, None, steps, False
        if request.network is not self.last:  # with another optimizer it goes on from where it was
            self.first = request.network

    def show(self, network: Network, steps: int) -> None:
        """It has come to these weights."""
        self.last, self.steps = network, steps

    def take_samples(self, data: Data) -> None:
        """Those of a session are made."""
        if self.begun is not None:
            self._request, self.begun = TrainingRequest(self.begun[0], data, self.begun[1]), None

    def goes_on(self, record: TrainingRecord | None, steps: int) -> bool:
        """True if so many steps lead behind a record that led to the network that is shown."""
        return record is not None and not self.is_stale and record.overflow is None and record.steps < steps

    def script_writer(self, record: TrainingRecord) -> ScriptWriter | None:
        """What writes a script that comes to the network shown; None where that is not of the training."""
        if self._request is None or not self.steps or self.is_stale:
            return None
        return ScriptWriter(self._request, self.steps, record.changes, record.first)

    def state(self, shown: Network | None) -> dict[str, Any]:
        """As plain data that JSON takes, with the network that is shown.

        What is not there is None, and what began it also where that is `first`.
        """
        begun = self.begun if self._request is None else (self._request.network, self._request.settings)
        is_first = begun is not None and begun[0] is self.first
        return {
            "first": None if self.first is None else network_state(self.first),
            "begun": None if begun is None or is_first else network_state(begun[0]),
            "settings": None if begun is None else begun[1].state(),
            "stale": self.is_stale,
            "shown": self.last is shown,
        }


def story_from_state(state: Mapping[str, Any], shown: Network, steps: int) -> TrainingStory:
    """The story that `TrainingStory.state` wrote, with the network that is shown again.

    Raises:
        KeyError, TypeError, ValueError: it is no such state.
    """
    story = TrainingStory()
    story.first = _network(state["first"], shown.shape)
    begun = _network(state["begun"], shown.shape) or story.first
    if begun is not None and state["settings"] is not None:
        story.begun = begun, settings_from_state(state["settings"])
    story.is_stale = bool(state["stale"])
    story.last, story.steps = shown if state["shown"] else None, steps
    return story


def _network(state: Any, shape: Shape) -> Network | None:
    found = None if state is None else network_from_state(state)
    if found is not None and found.shape != shape:
        raise ValueError("a training of a network of another shape")
    return found
