from __future__ import annotations

import json
from pathlib import Path

import pytest

from gradviz.core.data_sets import DataRequest
from gradviz.core.network import new_network
from gradviz.core.network_presets import NETWORK_PRESETS, NetworkPreset, network_preset
from gradviz.core.network_request import (
    NetworkRequest,
    fitted_sample,
    network_request_from_state,
    network_request_of,
)
from gradviz.core.network_trace import Sample, trace
from gradviz.core.training import Training, TrainingSettings

EACH_PRESET = pytest.mark.parametrize("preset", NETWORK_PRESETS, ids=lambda preset: preset.key)


@EACH_PRESET
def test_every_preset_can_be_looked_at_and_trained(preset: NetworkPreset) -> None:
    request = network_request_of(preset)
    assert len(trace(request.network, request.sample).layers) == len(request.network.shape.layers)
    training = Training(request.training())
    next(training)
    assert training.steps == 1


@EACH_PRESET
def test_a_state_comes_back_through_json(preset: NetworkPreset) -> None:
    request = network_request_of(preset)
    back = network_request_from_state(json.loads(json.dumps(request.state(), allow_nan=False)))
    assert back.network.same_as(request.network)
    assert (back.sample, back.way, back.seed, back.data) == (request.sample, request.way, request.seed, request.data)
    assert back.settings == request.settings


def test_a_table_is_read_when_it_is_trained_on(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("0,0,no\n1,1,yes\n", encoding="utf-8")
    preset = network_preset("xor")
    request = NetworkRequest(preset.network(), preset.sample, data=DataRequest("table", path=str(path)))
    assert request.samples().targets.tolist() == [[0.0], [1.0]]
    assert network_request_from_state(request.state()).data == request.data
    path.unlink()
    with pytest.raises(FileNotFoundError):
        request.samples()


def test_without_a_set_the_one_sample_is_trained() -> None:
    preset = network_preset("single")
    request = NetworkRequest(preset.network(), preset.sample, settings=TrainingSettings(steps=3))
    assert request.training().data.inputs.tolist() == [list(preset.sample.inputs)]


@pytest.mark.parametrize(
    "change",
    [
        {"way": "none"},
        {"seed": -1},
        {"scale": float("inf")},
        {"sample": {}},
        {"data": {}},
        {"settings": None},
        {"network": 3},
    ],
)
def test_a_state_that_is_none_is_refused(change: dict[str, object]) -> None:
    state = network_request_of(network_preset("xor")).state() | change
    with pytest.raises((KeyError, TypeError, ValueError)):
        network_request_from_state(state)


def test_a_sample_is_fitted_to_another_size() -> None:
    sample = Sample((1.0, 2.0), (3.0,))
    assert fitted_sample(sample, 3, 2) == Sample((1.0, 2.0, 0.0), (3.0, 0.0))
    assert fitted_sample(sample, 1, 1) == Sample((1.0,), (3.0,))
    shape = network_preset("layers").network().shape
    trace(new_network(shape), fitted_sample(sample, shape.inputs, shape.outputs))
