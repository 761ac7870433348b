from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from gradviz.core.hyperparameters import Range
from gradviz.views.common.colours import colours
from gradviz.views.common.number_field import (
    IntegerField,
    NumberField,
    ProblemLabel,
    describe,
    next_of_series,
    read_number,
)
from tests.views.hands import leave, write

COORDINATE = Range(-10.0, 10.0)
RATE = Range(0.0, 1e6, low_included=False, logarithmic=True)
TAKEN = {
    "0.05": 0.05,
    "1e-3": 1e-3,
    "3e-4": 3e-4,
    "-2.5E0": -2.5,
    ".5": 0.5,
    "5.": 5.0,
    "+1": 1.0,
    "0": 0.0,
    " 7 ": 7.0,
    "-10": -10.0,
    "10": 10.0,
}
REFUSED = ("", "   ", "abc", "nan", "inf", "-inf", "1,5", "1_0", "0x10", "1 5", "--1", "1e", "11", "-1e5", "1e400")
WHOLE_TAKEN = {"20,000": 20_000, "2e4": 20_000, "20000": 20_000, "20 000": 20_000, "1": 1, "2.0": 2}
WHOLE_REFUSED = ("", "abc", "nan", "inf", "1.5", "0", "-3", "1e9", "1,5", "2,00", "1 5")


@pytest.fixture(params=["C", "de_DE", "zh_CN"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the system, as Qt has it."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def coordinate(qtbot: QtBot) -> NumberField:
    field = NumberField(COORDINATE)
    qtbot.addWidget(field)
    field.setValue(3.25)
    return field


def count(qtbot: QtBot) -> IntegerField:
    field = IntegerField(1, 1_000_000, series=True)
    qtbot.addWidget(field)
    field.setValue(500)
    return field


def assert_refused(field: NumberField | IntegerField, text: str) -> None:
    assert field.text() == text
    assert field.problem
    assert "allowed" in field.problem
    assert field.palette().color(QPalette.ColorRole.Base).name() == colours().refused
    assert field.accessibleDescription() == field.problem


def assert_taken(field: NumberField | IntegerField) -> None:
    assert field.problem == ""
    assert field.palette().color(QPalette.ColorRole.Base).name() == colours().base
    assert field.accessibleDescription() == ""


# -- what people write


@pytest.mark.parametrize("text", TAKEN)
def test_a_number_is_taken_as_people_write_it(text: str, qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    with qtbot.waitSignal(field.committed):
        write(qtbot, field, text, Qt.Key.Key_Return)
    assert field.value() == field.number() == TAKEN[text]
    assert_taken(field)


def test_the_language_of_the_system_does_not_change_how_a_number_is_read(qtbot: QtBot, locale: str) -> None:
    field, whole = coordinate(qtbot), count(qtbot)
    for text, value in TAKEN.items():
        write(qtbot, field, text, Qt.Key.Key_Return)
        assert field.value() == value
    for text, value in WHOLE_TAKEN.items():
        write(qtbot, whole, text, Qt.Key.Key_Return)
        assert whole.value() == value
    for text in REFUSED:
        write(qtbot, field, text)
        assert_refused(field, text)


def test_a_minus_sign_as_it_is_printed_is_taken_too() -> None:
    assert read_number("\u22122.5", COORDINATE).value == -2.5


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_number_turns_red_says_what_is_allowed_and_stays(text: str, qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    with qtbot.waitSignal(field.problem_changed):
        write(qtbot, field, text)
    assert_refused(field, text)
    leave(field)
    assert_refused(field, text)
    assert field.value() == 3.25


@pytest.mark.parametrize("text", REFUSED)
def test_enter_on_a_refused_text_commits_nothing(text: str, qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    with qtbot.assertNotEmitted(field.committed):
        write(qtbot, field, text, Qt.Key.Key_Return)
    assert_refused(field, text)
    assert field.value() == 3.25


def test_the_excluded_low_end_is_refused(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    field.setValue(0.1)
    write(qtbot, field, "0", Qt.Key.Key_Return)
    assert_refused(field, "0")
    assert "greater than 0" in field.problem


def test_a_good_number_after_a_refused_one_is_taken(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    write(qtbot, field, "abc", Qt.Key.Key_Return)
    with qtbot.waitSignal(field.problem_changed) as told:
        write(qtbot, field, "-4", Qt.Key.Key_Return)
    assert told.args == [""]
    assert field.value() == -4.0
    assert_taken(field)


def test_setting_a_value_takes_a_refused_text_away(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    write(qtbot, field, "abc")
    field.setValue(1.5)
    assert field.text() == "1.5"
    assert_taken(field)


def test_a_number_is_shown_with_a_decimal_point_in_every_locale(qtbot: QtBot, locale: str) -> None:
    field = NumberField(Range(0.0, 1e6))
    qtbot.addWidget(field)
    for value in (3.25, 1.5, 1e-3, 1.25e-7, 123456.75):
        field.setValue(value)
        assert "," not in field.text()
        assert float(field.text()) == value


def test_a_number_of_sixteen_digits_stays_the_number_that_was_typed(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    write(qtbot, field, "-2.805118086952745", Qt.Key.Key_Return)
    leave(field)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == -2.805118086952745


def test_setting_a_value_commits_nothing(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    with qtbot.assertNotEmitted(field.committed):
        field.setValue(1.0)


def test_leaving_a_field_takes_the_number_and_commits_nothing(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    with qtbot.assertNotEmitted(field.committed):
        write(qtbot, field, "1e-3")
        leave(field)
    assert field.value() == 1e-3
    assert field.text() == "0.001"


# -- stepping


@pytest.mark.parametrize(
    ("start", "steps", "expected"),
    [
        (1e-3, 1, 2e-3),
        (1e-3, 2, 5e-3),
        (1e-3, 3, 1e-2),
        (1e-3, -1, 5e-4),
        (1e-3, -3, 1e-4),
        (3e-3, 1, 5e-3),
        (3e-3, -1, 2e-3),
        (0.0, 1, 1e-12),
        (0.0, -1, 1e-12),
        (1e6, 1, 1e6),
        (1e-12, -1, 1e-12),
    ],
)
def test_a_logarithmic_field_steps_by_one_two_five(start: float, steps: int, expected: float) -> None:
    assert next_of_series(start, steps, RATE) == expected


def test_a_field_of_learning_rates_steps_by_one_two_five_and_back(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    field.setValue(1e-3)
    up = []
    for _ in range(4):
        qtbot.keyClick(field, Qt.Key.Key_Up)
        up.append(field.value())
    assert up == [2e-3, 5e-3, 1e-2, 2e-2]
    for _ in range(4):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 1e-3


def test_a_linear_field_steps_evenly_without_crumbs(qtbot: QtBot) -> None:
    field = NumberField(COORDINATE, step=0.1)
    qtbot.addWidget(field)
    field.setValue(0.0)
    for _ in range(3):
        field.stepUp()
    assert field.value() == 0.3
    assert field.text() == "0.3"


def test_a_count_steps_by_one_from_its_lower_end_to_its_upper_one(qtbot: QtBot) -> None:
    field = IntegerField(0, 4)
    qtbot.addWidget(field)
    up = []
    for _ in range(6):
        qtbot.keyClick(field, Qt.Key.Key_Up)
        up.append(field.value())
    assert up == [1, 2, 3, 4, 4, 4]
    for _ in range(6):
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 0


def test_a_large_count_steps_through_the_series_and_out_of_zero(qtbot: QtBot) -> None:
    field = IntegerField(0, 1000, series=True)
    qtbot.addWidget(field)
    up = []
    for _ in range(6):
        field.stepUp()
        up.append(field.value())
    assert up == [1, 2, 5, 10, 20, 50]
    for _ in range(7):
        field.stepDown()
    assert field.value() == 0


def test_stepping_commits(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    with qtbot.waitSignal(field.committed):
        field.stepUp()


def test_stepping_a_refused_text_goes_on_from_the_last_good_number(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    write(qtbot, field, "abc")
    field.stepUp()
    assert field.value() == 3.35
    assert_taken(field)


@pytest.mark.parametrize(
    "allowed",
    [
        Range(0.0, 1.0),
        Range(0.0, 1.0, low_included=False),
        Range(0.0, 1.0, logarithmic=True),
        RATE,
        Range(-2.0, 0.0),
        Range(1.0, 10.0),
    ],
    ids=str,
)
@pytest.mark.parametrize("steps", [1, -1])
def test_stepping_never_leaves_what_may_be_typed(allowed: Range, steps: int, qtbot: QtBot) -> None:
    field = NumberField(allowed, step=0.4)
    qtbot.addWidget(field)
    field.setValue(min(allowed.high, allowed.low + 1.0))
    for _ in range(80):
        field.stepBy(steps)
        assert read_number(repr(field.value()), allowed).problem == ""


# -- empty and whole numbers


def test_an_optional_field_is_none_while_it_is_empty(qtbot: QtBot) -> None:
    field = NumberField(Range(0.0, 1.0), optional=True)
    qtbot.addWidget(field)
    field.set_number(None)
    assert field.number() is None
    assert field.text() == ""
    assert_taken(field)
    write(qtbot, field, "0.25", Qt.Key.Key_Return)
    assert field.number() == 0.25
    with qtbot.waitSignal(field.committed):
        write(qtbot, field, "", Qt.Key.Key_Return)
    assert field.number() is None
    leave(field)
    assert field.text() == ""
    assert field.number() is None


def test_a_field_that_is_not_optional_refuses_to_be_empty(qtbot: QtBot) -> None:
    field = coordinate(qtbot)
    write(qtbot, field, "")
    assert "is empty" in field.problem


def test_a_whole_number_field_gives_an_int(qtbot: QtBot) -> None:
    field = NumberField(Range(1, 200), integral=True)
    qtbot.addWidget(field)
    write(qtbot, field, "2e1", Qt.Key.Key_Return)
    assert field.number() == 20
    assert isinstance(field.number(), int)
    write(qtbot, field, "2.5", Qt.Key.Key_Return)
    assert "whole number" in field.problem


@pytest.mark.parametrize("text", WHOLE_TAKEN)
def test_a_count_is_taken_as_people_write_it(text: str, qtbot: QtBot) -> None:
    field = count(qtbot)
    with qtbot.waitSignal(field.committed):
        write(qtbot, field, text, Qt.Key.Key_Return)
    assert field.value() == WHOLE_TAKEN[text]
    assert_taken(field)


@pytest.mark.parametrize("text", WHOLE_REFUSED)
def test_what_is_no_count_turns_red_says_what_is_allowed_and_stays(text: str, qtbot: QtBot) -> None:
    field = count(qtbot)
    with qtbot.assertNotEmitted(field.committed):
        write(qtbot, field, text, Qt.Key.Key_Return)
    leave(field)
    assert_refused(field, text)
    assert field.value() == 500


def test_a_count_is_shown_in_groups_of_three_in_every_locale(qtbot: QtBot, locale: str) -> None:
    field = count(qtbot)
    field.setValue(20_000)
    assert field.text() == "20,000"


def test_a_count_steps_by_one_two_five(qtbot: QtBot) -> None:
    field = count(qtbot)
    seen = []
    for _ in range(3):
        with qtbot.waitSignal(field.committed):
            field.stepUp()
        seen.append(field.value())
    assert seen == [1_000, 2_000, 5_000]


def test_setting_a_count_commits_nothing_and_takes_a_refused_text_away(qtbot: QtBot) -> None:
    field = count(qtbot)
    write(qtbot, field, "abc")
    with qtbot.assertNotEmitted(field.committed):
        field.setValue(7)
    assert field.text() == "7"
    assert_taken(field)


# -- what it says


def test_the_allowed_range_is_said_in_numbers() -> None:
    assert describe(Range(0.0, 1.0)) == "allowed: 0 to 1"
    assert describe(RATE) == "allowed: greater than 0, up to 1000000"
    assert describe(Range(1, 1_000_000), integral=True) == "allowed: 1 to 1,000,000"
    assert "any finite number" in describe(Range(-float("inf"), float("inf")))


def test_the_sentence_under_a_field_is_there_only_while_there_is_one(qtbot: QtBot) -> None:
    label = ProblemLabel()
    qtbot.addWidget(label)
    assert label.isHidden()
    label.show_problem("lr is empty")
    assert not label.isHidden()
    assert label.text() == "lr is empty"
    label.show_problem("")
    assert label.isHidden()
