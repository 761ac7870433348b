from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from gradviz.core.network import forward, tensors_of
from gradviz.core.network_export import export_network, network_columns
from gradviz.core.network_losses import network_loss
from gradviz.core.network_state import network_from_state
from gradviz.core.network_trace import trace
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
    assert [float(row["x"]) for row in rows if row["x"]] == list(sample.inputs)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"pass\.txt"):
        export_network(trace(*random_network(1)), tmp_path / "pass.txt")
