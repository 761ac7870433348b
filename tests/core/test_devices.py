"""Devices: what torch reports, by name, and in torch's words what it can't do."""

from __future__ import annotations

import pytest
import torch

from gradviz.core.devices import CPU, PRECISIONS, Device, devices, dtype_of, trouble_with


@pytest.fixture
def two_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: ["Alpha", "Beta"][number])


def test_the_cpu_is_always_there_and_first() -> None:
    assert devices()[0] == CPU


def test_every_device_that_torch_reports_is_offered_once() -> None:
    keys = [device.key for device in devices()]
    expected = ["cpu", *(f"cuda:{i}" for i in range(torch.cuda.device_count()))]
    assert keys == expected + ["mps"] * torch.backends.mps.is_available()


@pytest.mark.usefixtures("two_gpus")
def test_cuda_devices_are_offered_by_their_own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert devices() == (CPU, Device("cuda:0", "Alpha (cuda:0)"), Device("cuda:1", "Beta (cuda:1)"))


def test_mps_is_offered_where_torch_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert [device.key for device in devices()] == ["cpu", "mps"]


@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_precision_is_torchs_type_of_that_name(precision: str) -> None:
    assert str(dtype_of(precision)) == f"torch.{precision}"


@pytest.mark.parametrize("precision", PRECISIONS)
def test_the_cpu_takes_every_precision(precision: str) -> None:
    assert trouble_with("cpu", precision) is None


@pytest.mark.parametrize("device", ["cuda:77", "nowhere", "", "cpu:x"])
def test_trouble_is_one_sentence_in_torchs_words(device: str) -> None:
    with pytest.raises((RuntimeError, AssertionError)) as torchs:
        torch.zeros(1, device=device)
    trouble = trouble_with(device, "float32")
    assert trouble
    assert trouble == str(torchs.value).splitlines()[0]


@pytest.mark.cuda
@pytest.mark.parametrize("precision", PRECISIONS)
def test_a_real_cuda_device_takes_every_precision(precision: str) -> None:
    assert trouble_with("cuda:0", precision) is None
    assert devices()[1].key == "cuda:0"
    assert torch.cuda.get_device_name(0) in devices()[1].title
