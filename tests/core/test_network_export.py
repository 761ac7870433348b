from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from gradviz.core.network import Network, forward, tensors_of
from gradviz.core.network_export import export_network, network_columns, network_rows
from gradviz.core.network_losses import network_loss
from gradviz.core.network_state import network_from_state, sample_from_state
from gradviz.core.network_trace import Trace, trace
from tests.core.random_networks import random_network


@pytest.mark.parametrize("seed", range(12))
def test_the_columns_are_the_numbers_of_torch(seed: int) -> None:
    network, sample = random_network(seed)
    columns = network_columns(trace(network, sample))
    weights, biases = tensors_of(network)
    outputs = forward(network.shape, weights, biases, torch.tensor([sample.inputs], dtype=torch.float64))
    targets = torch.tensor([sample.targets], dtype=torch.float64)
    network_loss(network.shape.loss).torch(outputs[-1], targets).backward()
    np.testing.assert_allclose(columns["O"], torch.cat([o.flatten() for o in outputs]).detach(), rtol=1e-12)
    gradients = torch.cat([w.grad.flatten() for w in weights])
    slack = max(layer.activation.record.torch_slack for layer in network.shape.layers)
    size = max(1.0, float(gradients.abs().max()))
    np.testing.assert_allclose(columns["dE/dw"], gradients, rtol=1e-10, atol=(1e-10 + 100 * slack) * size)
    for layer, source, unit, weight in zip(
        columns["weight.layer"], columns["weight.from"], columns["weight.to"], columns["w"], strict=True
    ):
        assert network.weights[int(layer) - 1][int(unit) - 1, int(source) - 1] == weight
    for layer, unit, bias in zip(*(columns.get(f"bias.{name}", []) for name in ("layer", "unit")),
                                 columns.get("b", []), strict=True):  # fmt: skip
        assert network.biases[int(layer) - 1][int(unit) - 1] == bias


def test_a_file_tells_the_network_that_it_is_of(tmp_path: Path) -> None:
    network, sample = random_network(3)
    path = tmp_path / "pass.csv"
    export_network(trace(network, sample), path)
    lines = path.read_text(encoding="utf-8").splitlines()
    header = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("# "))
    assert json.loads(header["format"]) == "gradviz network"
    assert network_from_state(json.loads(header["network"])).same_as(network)
    rows = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert set(json.loads(header["parts"])) >= {row["part"] for row in rows}
    assert [float(row["value"]) for row in rows if row["part"] == "input"] == list(sample.inputs)


def read_back(path: Path) -> tuple[Network, Trace, dict[tuple[str, ...], dict[str, str]]]:
    """The network of the header, its pass, and the rows by what and where they are."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("# "))
    network = network_from_state(json.loads(header["network"]))
    sample = sample_from_state(json.loads(header["sample"]), network.shape)
    table = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    rows = {(row["part"], row["layer"], row["unit"], row["source"]): row for row in table}
    assert len(rows) == len(table)
    return network, trace(network, sample), rows


@pytest.mark.parametrize("seed", range(12))
def test_every_number_comes_back_from_the_rows_with_its_gradient(seed: int, tmp_path: Path) -> None:
    first, sample = random_network(seed)
    path = tmp_path / "pass.csv"
    export_network(trace(first, sample), path)
    network, found, rows = read_back(path)

    def pair(part: str, *place: object) -> list[str]:
        row = rows[(part, *(str(each) for each in (*place, "", "", "")[:3]))]
        return [row["value"], row["gradient"]]

    for k, layer in enumerate(found.layers):
        for unit in range(len(layer.outputs)):
            assert pair("sum", k + 1, unit + 1) == [repr(float(layer.sums[unit])), repr(float(layer.deltas[unit]))]
            output = [repr(float(layer.outputs[unit])), repr(float(layer.arriving[unit]))]
            assert pair("output", k + 1, unit + 1) == output
            for source in range(network.weights[k].shape[1]):
                weight = float(network.weights[k][unit, source]), float(layer.weight_gradients[unit, source])
                assert pair("weight", k + 1, unit + 1, source + 1) == [repr(each) for each in weight]
            if network.shape.layers[k].bias:
                bias = float(network.biases[k][unit]), float(layer.bias_gradients[unit])
                assert pair("bias", k + 1, unit + 1) == [repr(each) for each in bias]
    assert pair("loss") == [repr(found.loss), "1.0"]


@pytest.mark.parametrize("seed", range(6))
def test_the_gradient_of_an_input_is_torchs(seed: int) -> None:
    network, sample = random_network(seed)
    inputs = torch.tensor([sample.inputs], dtype=torch.float64, requires_grad=True)
    outputs = forward(network.shape, *tensors_of(network), inputs)
    network_loss(network.shape.loss).torch(outputs[-1], torch.tensor([sample.targets], dtype=torch.float64)).backward()
    rows = [row for row in network_rows(trace(network, sample)) if row[0] == "input"]
    assert inputs.grad is not None
    slack = max(layer.activation.record.torch_slack for layer in network.shape.layers)
    size = max(1.0, float(inputs.grad.abs().max()))
    np.testing.assert_allclose([row[-1] for row in rows], inputs.grad[0], rtol=1e-10, atol=(1e-10 + 100 * slack) * size)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"pass\.txt"):
        export_network(trace(*random_network(1)), tmp_path / "pass.txt")
