from __future__ import annotations

import pytest

from gradviz.core.assignments import MOST_LINES, AssignmentError, Assignments, parse_assignments, with_value
from gradviz.core.expression import parse
from tests.core.formulas import HOSTILE

COURSE = "y1 = x*w1 + b1\ny2 = y1*w2 + b2"


def test_the_courses_lines_are_read() -> None:
    found = parse_assignments(COURSE)
    assert [(line.number, line.name) for line in found.lines] == [(1, "y1"), (2, "y2")]
    assert found.inputs == ("x", "w1", "b1", "w2", "b2")
    assert found.free == found.inputs
    assert found.lines[1].tree == parse("y1*w2 + b2", ("y1", "w2", "b2"))


def test_comments_and_empty_lines_keep_the_numbers_of_the_others() -> None:
    found = parse_assignments("# the course\r\n\r\n  y = 2x  # twice\n\n")
    assert [(line.number, line.name, line.formula) for line in found.lines] == [(3, "y", "2x")]


def test_a_line_without_names_gives_an_input_its_value() -> None:
    found = parse_assignments("x = 2*3\nk = -pi\ny = x*w + k")
    assert found.inputs == ("x", "k", "w")
    assert dict(found.given) == {"x": 6.0, "k": pytest.approx(-3.14159265)}
    assert found.free == ("w",)
    assert found.values({"w": 4.0, "x": 9.0}) == {"x": 6.0, "k": pytest.approx(-3.14159265), "w": 4.0}


def test_a_value_in_the_text_can_be_exchanged() -> None:
    text = "x = 2  # the input\ny = x*w\nk=1\nz = y + k"
    changed = with_value(with_value(text, "x", -0.5), "k", 3.0)
    assert changed == "x = -0.5  # the input\ny = x*w\nk= 3\nz = y + k"
    assert with_value(text, "w", 1.0) == text


@pytest.mark.parametrize(
    ("text", "line", "column", "part"),
    [
        ("y = x\nx + 1", 2, 1, "begins with a name"),
        ("  3 = x", 1, 3, "begins with a name"),
        ("y == x", 1, 1, "begins with a name"),
        ("y = x +", 1, 8, "missing"),
        ("y1 = x\n y2 = (y1 + 2", 2, 14, "«)» is missing"),
        ("y = 2 @ x", 1, 7, "no meaning"),
        ("y = foo(x)", 1, 5, "no function «foo»"),
        ("y = sin + 1", 1, 5, "argument in parentheses"),
        ("y = x*y", 1, 7, "from itself"),
        ("y = x\ny = 2x", 2, 1, "in line 1 already"),
        ("y = a + x\na = 2x", 2, 1, "used in line 1"),
        ("y = a + x\na = 2", 2, 1, "used in line 1"),
        ("sin = x", 1, 1, "a meaning already"),
        ("e = x", 1, 1, "a meaning already"),
        ("not = x", 1, 1, "a meaning already"),
        ("averylongname_indeed = x", 1, 1, "too long"),
        ("y = averylongname_indeed", 1, 5, "too long"),
        ("", 1, 1, "is wanted"),
        ("x = 2", 1, 1, "is wanted"),
        ("y = x = z", 1, 7, "written =="),
        ("y = 1/0 + x", 1, 6, "no finite value"),
        ("y = x\x0cz = 2", 1, 6, "can't stand"),
    ],
)
def test_errors_name_line_and_column(text: str, line: int, column: int, part: str) -> None:
    with pytest.raises(AssignmentError) as caught:
        parse_assignments(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert part in str(caught.value)


def test_the_caret_stands_under_the_place_in_its_line() -> None:
    with pytest.raises(AssignmentError) as caught:
        parse_assignments("y1 = 2x\ny2 = y1 $ 2  # oh")
    assert caught.value.with_caret() == "y2 = y1 $ 2  # oh\n        ^"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"y{n} = x + {n}" for n in range(MOST_LINES + 1)),
        "\n".join(f"y{n} = " + "+".join(["x"] * 50) for n in range(5)),
        "y = " + "+".join(f"x{n}" for n in range(41)),
        "y = " + "x" * 1_000_000,
        "y = __import__('os')",
        "y = x.real",
    ],
)
def test_what_is_too_long_or_no_formula_is_refused(text: str) -> None:
    with pytest.raises(AssignmentError):
        parse_assignments(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_what_is_hostile_is_refused_with_its_place_or_means_numbers(text: str) -> None:
    lines = f"y = {text}\nz = 2x"
    found, error = read(lines)
    assert (found is None) != (error is None)
    if error is not None:
        assert 1 <= error.line <= 1 + lines.count("\n")
        assert len(error.with_caret().splitlines()) == 2


def read(text: str) -> tuple[Assignments | None, AssignmentError | None]:
    try:
        return parse_assignments(text), None
    except AssignmentError as error:
        return None, error


def test_two_readings_of_one_text_are_equal() -> None:
    assert parse_assignments(COURSE) == parse_assignments(COURSE)
    assert isinstance(parse_assignments(COURSE), Assignments)


def test_lines_that_only_give_values_are_told_what_is_missing() -> None:
    with pytest.raises(AssignmentError, match="only give values"):
        parse_assignments("a = 2\nb = 3*4")


def test_the_number_of_lines_is_told_where_it_is_that() -> None:
    with pytest.raises(AssignmentError, match=f"at most {MOST_LINES}") as caught:
        parse_assignments("\n".join(f"y{number} = x" for number in range(MOST_LINES + 1)))
    assert caught.value.line == MOST_LINES + 1
