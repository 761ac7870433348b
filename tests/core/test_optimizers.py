"""The optimizer records: names, defaults and refusals are torch's own."""

from __future__ import annotations

import inspect
import math
from typing import Any

import pytest
import torch

from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord, optimizer

every_optimizer = pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)

IMPLEMENTATION = {"foreach", "fused", "capturable", "differentiable"}  # how it is computed, not what
NOT_FOR_A_POINT = {"Optimizer", "Muon", "SparseAdam"}  # the base; wants a matrix; wants sparse gradients

REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("sgd", {"lr": -0.1}),
    ("sgd", {"momentum": -0.5}),
    ("sgd", {"weight_decay": -1.0}),
    ("sgd", {"nesterov": True}),
    ("nesterov", {"dampening": 0.1}),
    ("adagrad", {"lr_decay": -1.0}),
    ("adagrad", {"initial_accumulator_value": -1.0}),
    ("adadelta", {"rho": 1.5}),
    ("rmsprop", {"alpha": -0.1}),
    ("adam", {"betas": (1.0, 0.999)}),
    ("adam", {"betas": (0.9, 1.0)}),
    ("adam", {"eps": -1.0}),
    ("adamw", {"lr": -1.0}),
    ("adamax", {"betas": (0.9, 2.0)}),
    ("nadam", {"momentum_decay": -1.0}),
    ("radam", {"weight_decay": -1.0}),
    ("rprop", {"etas": (1.5, 1.2)}),
    ("asgd", {"weight_decay": -1.0}),
    ("adafactor", {"beta2_decay": 0.5}),
    ("adafactor", {"d": 0.5}),
    ("adafactor", {"eps": (None, -1.0)}),
    ("adam", {"learning_rate": 0.1}),  # a name that the class does not have
]


def point() -> torch.Tensor:
    return torch.zeros(2, requires_grad=True)


def signature(record: OptimizerRecord) -> dict[str, Any]:
    """Names and defaults as torch writes them."""
    parameters = inspect.signature(getattr(torch.optim, record.class_name)).parameters
    return {name: p.default for name, p in parameters.items() if name not in IMPLEMENTATION | {"params"}}


def test_keys_and_titles_occur_once() -> None:
    assert len({record.key for record in OPTIMIZERS}) == len(OPTIMIZERS)
    assert len({record.title for record in OPTIMIZERS}) == len(OPTIMIZERS)


def test_every_optimizer_of_torch_that_works_on_a_point_is_in_the_catalogue() -> None:
    classes = {
        name
        for name, found in vars(torch.optim).items()
        if inspect.isclass(found) and issubclass(found, torch.optim.Optimizer)
    }
    assert {record.class_name for record in OPTIMIZERS} == classes - NOT_FOR_A_POINT


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="muon"):
        optimizer("muon")


@every_optimizer
def test_an_optimizer_is_found_by_its_key(record: OptimizerRecord) -> None:
    assert optimizer(record.key) is record


@every_optimizer
def test_hyperparameters_are_those_of_the_signature_in_its_order(record: OptimizerRecord) -> None:
    assert [parameter.name for parameter in record.hyperparameters()] == list(signature(record))


@every_optimizer
def test_defaults_are_the_signatures_with_the_preset_on_top(record: OptimizerRecord) -> None:
    assert record.defaults() == signature(record) | dict(record.preset)
    assert set(dict(record.preset)) <= set(signature(record))


def test_the_three_entries_of_sgd_differ_by_momentum_and_nesterov() -> None:
    of_sgd = {record.key: dict(record.preset) for record in OPTIMIZERS if record.class_name == "SGD"}
    assert of_sgd == {"sgd": {}, "momentum": {"momentum": 0.9}, "nesterov": {"momentum": 0.9, "nesterov": True}}


@every_optimizer
def test_a_hyperparameter_is_of_the_kind_of_its_default(record: OptimizerRecord) -> None:
    for parameter in record.hyperparameters():
        default = signature(record)[parameter.name]
        if isinstance(default, bool):
            assert (parameter.kind, parameter.parts) == ("switch", ())
        elif parameter.kind == "choice":
            assert default in parameter.choices
        else:
            parts = parameter.default if isinstance(default, tuple) else (parameter.default,)
            assert parameter.is_tuple == isinstance(default, tuple)
            assert tuple(part.default for part in parameter.parts) == parts
            assert all(part.optional == (value is None) for part, value in zip(parameter.parts, parts, strict=True))


def test_lbfgs_counts_in_whole_numbers_and_offers_the_line_search() -> None:
    parameters = {parameter.name: parameter for parameter in optimizer("lbfgs").hyperparameters()}
    whole = {name for name, parameter in parameters.items() if parameter.kind == "integer"}
    assert whole == {"max_iter", "max_eval", "history_size"}
    assert parameters["line_search_fn"].choices == (None, "strong_wolfe")


@every_optimizer
def test_every_number_has_a_range_that_holds_its_default(record: OptimizerRecord) -> None:
    for parameter in record.hyperparameters():
        for part in parameter.parts:
            allowed = part.range
            assert math.isfinite(allowed.low), parameter.name
            assert math.isfinite(allowed.high), parameter.name
            if part.default is not None:
                assert allowed.low <= part.default <= allowed.high
                assert allowed.low_included or part.default > allowed.low


@every_optimizer
def test_it_starts_with_values_that_torch_takes(record: OptimizerRecord) -> None:
    assert record.refusal(record.defaults()) is None


@every_optimizer
def test_build_makes_the_real_optimizer_with_these_values(record: OptimizerRecord) -> None:
    values = record.defaults() | {"lr": 0.0125}
    built = record.build([point()], values)
    assert type(built) is getattr(torch.optim, record.class_name)
    group = built.param_groups[0]
    # LBFGS turns an open max_eval into a number of its own; Adafactor and others keep what they are given
    known = {name: value for name, value in values.items() if value is not None and name in group}
    assert {name: group[name] for name in known} == known
    assert "lr" in known


@pytest.mark.parametrize(
    ("key", "changed"), REFUSED, ids=[f"{key}-{next(iter(changed))}-{i}" for i, (key, changed) in enumerate(REFUSED)]
)
def test_a_refusal_is_in_torchs_own_words(key: str, changed: dict[str, Any]) -> None:
    record = optimizer(key)
    values = record.defaults() | changed
    with pytest.raises((ValueError, TypeError)) as torchs:  # the message is what is compared
        getattr(torch.optim, record.class_name)([point()], **values)
    assert record.refusal(values) == str(torchs.value)
    assert str(torchs.value)


@every_optimizer
def test_arguments_written_in_python_give_the_same_values_again(record: OptimizerRecord) -> None:
    values = record.defaults() | {"lr": 0.0125}
    written = record.arguments(values)
    assert signature(record) | eval(f"dict({written})") == values  # it is Python that we print
    assert "lr=0.0125" in written


@every_optimizer
def test_arguments_leave_out_what_the_class_does_by_itself(record: OptimizerRecord) -> None:
    written = eval(f"dict({record.arguments(record.defaults())})")  # it is Python that we print
    assert set(written) == {"lr"} | set(dict(record.preset))


def test_a_number_that_is_refused_is_named_as_it_was_written() -> None:
    adam = optimizer("adam")
    said = [adam.refusal(adam.defaults() | {"betas": (0.9, one)}) for one in (1, 1.0, 1)]
    assert said == [f"Invalid beta parameter at index 1: {one}" for one in (1, 1.0, 1)]
