from __future__ import annotations

import json

import pytest

from gradviz.__main__ import main
from gradviz.core.activations import ACTIVATIONS
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.schedules import SCHEDULES

KEYS = {
    "activations": [record.key for record in ACTIVATIONS],
    "landscapes": [entry.key for entry in LANDSCAPES],
    "optimizers": [record.key for record in OPTIMIZERS],
    "schedules": [record.key for record in SCHEDULES],
}


@pytest.mark.parametrize("catalogue", KEYS)
def test_every_entry_of_a_catalogue_has_a_line_that_begins_with_its_key(
    catalogue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gradviz", "list", catalogue]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == KEYS[catalogue]


@pytest.mark.parametrize("catalogue", KEYS)
def test_programs_read_it_as_json(catalogue: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gradviz", "list", catalogue, "--json"]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert [entry["key"] for entry in entries] == KEYS[catalogue]
    assert all(entry["title"] and entry["summary"] for entry in entries)


def test_the_json_of_an_optimizer_has_its_class_and_its_values(capsys: pytest.CaptureFixture[str]) -> None:
    main(["gradviz", "list", "optimizers", "--json"])
    adam = next(entry for entry in json.loads(capsys.readouterr().out) if entry["key"] == "adam")
    assert adam["class"] == "torch.optim.Adam"
    assert adam["values"]["betas"] == [0.9, 0.999]


def test_the_json_of_an_activation_has_its_class_its_values_and_its_derivative(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["gradviz", "list", "activations", "--json"])
    elu = next(entry for entry in json.loads(capsys.readouterr().out) if entry["key"] == "elu")
    assert elu["class"] == "torch.nn.ELU"
    assert elu["values"] == {"alpha": 1.0}
    assert elu["derivative_latex"].startswith("f'(x) = ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "the following arguments are required: CATALOGUE"),
        (["optimisers"], "there is no catalogue 'optimisers'; did you mean optimizers?"),
        (["landscapes", "--xml"], "unrecognized arguments: --xml"),
    ],
)
def test_bad_arguments_exit_with_two_and_a_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["gradviz", "list", *arguments])
    assert exit_.value.code == 2
    assert capsys.readouterr().err == f"gradviz: error: {sentence}\n"
