"""What the Network tab shows, frozen, and as plain data that JSON takes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gradviz.core.data_sets import TABLE, Data, DataRequest, data_request_from_state, data_set, make_data
from gradviz.core.data_table import read_table, table_data
from gradviz.core.descent_request import SEED_HIGH
from gradviz.core.initialisation import initialisation
from gradviz.core.network import Network
from gradviz.core.network_presets import NetworkPreset
from gradviz.core.network_state import network_from_state, network_state, sample_from_state, sample_state
from gradviz.core.network_trace import Sample
from gradviz.core.training import TrainingRequest, TrainingSettings, settings_from_state, single_sample
from gradviz.core.worded_error import WordedError

PLAIN = TrainingSettings()


@dataclass(frozen=True, slots=True, eq=False)
class NetworkRequest:
    """The network with its numbers, the sample that is looked at, and how it is trained.

    `way`, `seed` and `scale` are those of the next new weights; `data` is None where it is trained on the one sample.
    """

    network: Network
    sample: Sample
    way: str = "xavier_normal"
    seed: int = 0
    scale: float = 1.0
    data: DataRequest | None = None
    settings: TrainingSettings = PLAIN

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "network": network_state(self.network),
            "sample": sample_state(self.sample),
            "way": self.way,
            "seed": self.seed,
            "scale": self.scale,
            "data": None if self.data is None else self.data.state(),
            "settings": self.settings.state(),
        }

    def samples(self) -> Data:
        """The samples to train on. Of a table it reads the file: not for the GUI thread.

        Raises:
            WordedError: the table can't be taken, or does not fit the outputs.
            OSError: its file can't be read.
        """
        if self.data is None:
            return single_sample(self.sample)
        if self.data.key != TABLE:
            return make_data(self.data, self.network.shape.outputs)
        if not self.data.path:
            raise WordedError("no file is opened yet")
        table = read_table(Path(self.data.path), self.data.target_columns)
        return table_data(table, self.data, self.network.shape.outputs)

    def training(self) -> TrainingRequest:
        """What a runner starts; raises as `samples` does."""
        return TrainingRequest(self.network, self.samples(), self.settings)


def network_request_of(preset: NetworkPreset) -> NetworkRequest:
    """A preset, with the data set that suits it. Imports torch."""
    data = None
    if preset.data:
        entry = data_set(preset.data)
        share = 0.25 if entry.samples > 4 else 0.0
        data = DataRequest(entry.key, entry.samples, entry.noise, share)
    return NetworkRequest(preset.network(), preset.sample, preset.way, preset.seed, data=data)


def network_request_from_state(state: Mapping[str, Any]) -> NetworkRequest:
    """The request that `NetworkRequest.state` wrote; no file is read yet.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    network = network_from_state(state["network"])
    seed, scale = int(state["seed"]), float(state["scale"])
    if not 0 <= seed <= SEED_HIGH or not math.isfinite(scale):
        raise ValueError(f"seed {seed}, scale {scale}")
    return NetworkRequest(
        network=network,
        sample=sample_from_state(state["sample"], network.shape),
        way=initialisation(state["way"]).key,
        seed=seed,
        scale=scale,
        data=None if state["data"] is None else data_request_from_state(state["data"]),
        settings=settings_from_state(state["settings"]),
    )


def fitted_sample(sample: Sample, inputs: int, outputs: int) -> Sample:
    """The sample for a network of another size: numbers that are there are kept, new ones are 0."""
    return replace(sample, inputs=_fitted(sample.inputs, inputs), targets=_fitted(sample.targets, outputs))


def _fitted(numbers: tuple[float, ...], count: int) -> tuple[float, ...]:
    return (numbers + (0.0,) * count)[:count]
