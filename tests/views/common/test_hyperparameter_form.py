from __future__ import annotations

import inspect

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from gradviz.core.hyperparameters import Hyperparameter
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord, optimizer
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.number_field import NumberField
from tests.views.hands import child, write

# how torch computes a step, not what it computes
IMPLEMENTATION = {"self", "params", "foreach", "fused", "capturable", "differentiable"}
by_key = pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)


def form_of(qtbot: QtBot, key: str) -> HyperparameterForm:
    record = optimizer(key)
    form = HyperparameterForm(record, f"descent.optimizer.{key}", record.refusal)
    qtbot.addWidget(form)
    form.show()
    return form


def field(form: HyperparameterForm, name: str) -> NumberField:
    return child(form, NumberField, f"{form.objectName()}.{name}")


def switch(form: HyperparameterForm, name: str) -> QCheckBox:
    return child(form, QCheckBox, f"{form.objectName()}.{name}")


def names_of(hyperparameter: Hyperparameter) -> list[str]:
    if not hyperparameter.is_tuple:
        return [hyperparameter.name]
    return [f"{hyperparameter.name}.{part}" for part in range(len(hyperparameter.parts))]


@by_key
def test_there_is_a_field_for_every_parameter_of_the_signature(record: OptimizerRecord, qtbot: QtBot) -> None:
    form = form_of(qtbot, record.key)
    assert form.objectName() == f"descent.optimizer.{record.key}"
    signature = inspect.signature(getattr(torch.optim, record.class_name).__init__)
    for name in set(signature.parameters) - IMPLEMENTATION:
        widget = child(form, QWidget, f"descent.optimizer.{record.key}.{name}")
        assert isinstance(widget, NumberField | QCheckBox | QComboBox) or widget.findChildren(NumberField)
        assert widget.accessibleName() == f"{record.title}: {name}"
    assert set(form.values()) == set(signature.parameters) - IMPLEMENTATION


@by_key
def test_a_form_begins_with_the_defaults_of_torch_and_torch_takes_them(record: OptimizerRecord, qtbot: QtBot) -> None:
    values = form_of(qtbot, record.key).values()
    signature = inspect.signature(getattr(torch.optim, record.class_name).__init__)
    preset = dict(record.preset)
    for name, value in values.items():
        assert value == preset.get(name, signature.parameters[name].default)
        assert type(value) is type(preset.get(name, signature.parameters[name].default)) or isinstance(value, float)
    getattr(torch.optim, record.class_name)([torch.zeros(2, requires_grad=True)], **values)


@by_key
def test_every_number_of_a_form_can_be_written_and_is_refused_in_place(record: OptimizerRecord, qtbot: QtBot) -> None:
    form = form_of(qtbot, record.key)
    for hyperparameter in record.hyperparameters():
        if hyperparameter.kind in ("switch", "choice"):
            continue
        for name in names_of(hyperparameter):
            before = field(form, name).number()
            write(qtbot, field(form, name), "abc", Qt.Key.Key_Return)
            assert form.values() is None
            assert hyperparameter.name in form.refusal.text()
            assert form.refusal.isVisible()
            field(form, name).set_number(before)
            assert form.values() is not None
            assert not form.refusal.isVisible()


# -- what torch refuses


def test_what_torch_refuses_is_refused_with_its_own_reason(qtbot: QtBot) -> None:
    form = form_of(qtbot, "nesterov")
    write(qtbot, field(form, "momentum"), "0", Qt.Key.Key_Return)
    with pytest.raises(ValueError, match="Nesterov") as torchs:
        torch.optim.SGD([torch.zeros(2, requires_grad=True)], lr=1e-3, momentum=0, nesterov=True)
    assert form.refusal.text() == str(torchs.value)
    assert form.refusal.isVisible()
    assert form.values() is None


def test_what_torch_takes_again_is_no_longer_refused(qtbot: QtBot) -> None:
    form = form_of(qtbot, "sgd")
    switch(form, "nesterov").setChecked(True)
    assert form.values() is None
    write(qtbot, field(form, "momentum"), "0.9", Qt.Key.Key_Return)
    assert form.values()["momentum"] == 0.9
    assert not form.refusal.isVisible()


@pytest.mark.parametrize(("key", "name", "text"), [("adam", "betas.0", "1"), ("adam", "betas.1", "1")])
def test_a_number_in_range_that_torch_refuses_is_refused_too(key: str, name: str, text: str, qtbot: QtBot) -> None:
    form = form_of(qtbot, key)
    write(qtbot, field(form, name), text, Qt.Key.Key_Return)
    assert form.values() is None
    assert "Invalid beta" in form.refusal.text()


# -- values


def test_an_optional_number_is_none_while_it_is_empty(qtbot: QtBot) -> None:
    form = form_of(qtbot, "lbfgs")
    assert form.values()["max_eval"] is None
    write(qtbot, field(form, "max_eval"), "25", Qt.Key.Key_Return)
    assert form.values()["max_eval"] == 25
    write(qtbot, field(form, "max_eval"), "", Qt.Key.Key_Return)
    assert form.values()["max_eval"] is None


def test_a_choice_offers_what_torch_knows(qtbot: QtBot) -> None:
    form = form_of(qtbot, "lbfgs")
    combo = child(form, QComboBox, "descent.optimizer.lbfgs.line_search_fn")
    assert [combo.itemData(row) for row in range(combo.count())] == [None, "strong_wolfe"]
    combo.setCurrentIndex(combo.findData("strong_wolfe"))
    assert form.values()["line_search_fn"] == "strong_wolfe"


@by_key
def test_values_that_are_set_are_the_values_one_gets(record: OptimizerRecord, qtbot: QtBot) -> None:
    form = form_of(qtbot, record.key)
    changed = dict(form.values()) | {"lr": 0.0123}
    if "betas" in changed:
        changed["betas"] = (0.5, 0.75)
    if "maximize" in changed:
        changed["maximize"] = True
    assert form.set_values(changed) == []
    assert form.values() == changed
    form.set_defaults()
    assert form.values() == record.defaults()


@pytest.mark.parametrize(
    "values",
    [
        {"lr": "abc"},
        {"lr": None},
        {"lr": -1.0},
        {"lr": 0.0},
        {"lr": float("nan")},
        {"betas": 0.9},
        {"betas": (0.9,)},
        {"betas": (0.9, "x")},
        {"betas": (0.9, 7.0)},
        {"lr": [1.0]},
    ],
    ids=str,
)
def test_a_value_that_cannot_be_set_is_told_and_changes_nothing(values: dict[str, object], qtbot: QtBot) -> None:
    form = form_of(qtbot, "adam")
    before = form.values()
    [told] = form.set_values(values)
    assert next(iter(values)) in told
    assert form.values() == before


def test_a_value_that_no_field_knows_is_passed_over(qtbot: QtBot) -> None:
    form = form_of(qtbot, "adam")
    assert form.set_values({"nosuch": 1, "lr": 0.5}) == []
    assert form.values()["lr"] == 0.5


# -- signals


def test_enter_and_stepping_commit_and_setting_does_not(qtbot: QtBot) -> None:
    form = form_of(qtbot, "adam")
    with qtbot.assertNotEmitted(form.committed):
        form.set_values({"lr": 0.5})
        switch(form, "amsgrad").setChecked(True)
    with qtbot.waitSignal(form.committed):
        write(qtbot, field(form, "lr"), "0.25", Qt.Key.Key_Return)
    with qtbot.waitSignal(form.committed):
        field(form, "lr").stepUp()


@pytest.mark.parametrize("change", ["set", "switch", "type", "refuse", "step"])
def test_every_change_is_told(change: str, qtbot: QtBot) -> None:
    form = form_of(qtbot, "adam")
    with qtbot.waitSignal(form.changed):
        {
            "set": lambda: form.set_values({"lr": 0.5}),
            "switch": lambda: switch(form, "amsgrad").toggle(),
            "type": lambda: write(qtbot, field(form, "lr"), "0.25", Qt.Key.Key_Return),
            "refuse": lambda: write(qtbot, field(form, "lr"), "abc"),
            "step": lambda: field(form, "lr").stepDown(),
        }[change]()
