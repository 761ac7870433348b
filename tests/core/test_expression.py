"""The formula language: what it reads means what mathematics means by it; all else is refused, with its place."""

from __future__ import annotations

import pytest

from gradviz.core.expression import DEEPEST, MOST_NODES, parse
from gradviz.core.expression_functions import FUNCTIONS
from gradviz.core.expression_text import LONGEST_TEXT, ExpressionError, in_plain_signs
from gradviz.core.expression_tree import Number, Operation, Variable, children, size_of, variables_of
from tests.core.formulas import CORPUS, HOSTILE

XY = ("x", "y")
X = Variable("x")


def refusal(text: str, variables: tuple[str, ...] = XY) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text, variables)
    return caught.value


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_a_hostile_text_is_refused_with_a_sentence_and_a_place(text: str) -> None:
    error = refusal(text)
    assert str(error)
    assert len(str(error)) < 200
    assert 0 <= error.position <= len(text)
    first, caret = error.with_caret(40).split("\n")
    assert len(first) <= 40
    assert caret.strip() == "^"
    assert first.isprintable()


def test_there_are_enough_hostile_texts() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("x + foo(y)", 4, "there is no function «foo»"),
        ("x + z", 4, "«z» is not known here; there are x, y, pi, e"),
        ("sin(x", 5, "«)» is missing at the end"),
        ("x)", 1, "this parenthesis closes nothing"),
        ("x y", 2, "a sign such as * is missing before «y»"),
        ("(x + 1)(y)", 7, "a sign such as * is missing before «(»"),
        ("1/2x", 3, "ambiguous: write * or parentheses between «2» and «x»"),
        ("2^3x", 3, "ambiguous: write * or parentheses between «3» and «x»"),
        ("x +", 3, "a number, a name or a parenthesis is missing here"),
        ("x + * y", 4, "«*» can't stand here"),
        ("sin x", 0, "«sin» wants its argument in parentheses"),
        ("x*sin(x, y)", 2, "«sin» takes 1 values in its parentheses, not 2"),
        ("where(x, 1, 2)", 6, "a condition such as x < 0 is wanted here"),
        ("x + (y < 0)", 4, "a condition stands only at the beginning of where(condition, a, b)"),
        ("where((x < 0) + 1 < 2, 1, 2)", 14, "«+» wants a number before it, not a condition"),
        ("x = 1", 2, "«=» is written == where two numbers are compared"),
        ("x(2)", 0, "«x» is no function: write x*( to multiply"),
        ("1 + 1/0", 5, "this has no finite value"),
        ("2·х", 2, "this is CYRILLIC SMALL LETTER HA, which only looks like «x»"),
        ("x + ｙ", 4, "this is FULLWIDTH LATIN SMALL LETTER Y, which only looks like «y»"),
        ("x, y", 1, "a comma stands only between the arguments of a function"),
        ("x^1001", 2, "the exponent is too large; at most 1000"),
    ],
)
def test_an_error_names_the_place_and_the_reason(text: str, place: int, sentence: str) -> None:
    error = refusal(text)
    assert (error.position, str(error)) == (place, sentence)
    assert error.with_caret() == f"{text}\n{' ' * place}^"


def test_a_long_text_is_shown_around_the_place() -> None:
    text = "x + " * 30 + "foo(x)" + " + x" * 30
    error = refusal(text)
    shown, caret = error.with_caret(30).split("\n")
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) == 30
    assert shown[len(caret) - 1 :].startswith("foo")


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_two_readings_of_a_text_are_equal(sample: object) -> None:
    first, second = parse(sample.text, XY), parse(sample.text, XY)
    assert first == second
    assert hash(first) == hash(second)
    assert first != parse(f"{sample.text} + 1", XY)


@pytest.mark.parametrize("sample", CORPUS, ids=lambda sample: sample.text)
def test_plain_signs_say_the_same_as_what_was_pasted(sample: object) -> None:
    plain = in_plain_signs(sample.text)
    assert plain.isascii()
    assert parse(plain, XY) == parse(sample.text, XY)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("2x^2", "2*(x^2)"),
        ("-x^2", "-(x^2)"),
        ("2^3^x", "2^(3^x)"),
        ("2^-x^2", "2^(-(x^2))"),
        ("x - y - 1", "(x - y) - 1"),
        ("x / y * 2", "(x / y) * 2"),
        ("-x * y", "(-x) * y"),
        ("2 * -x", "2*(-x)"),
        ("x**2", "x^2"),
        ("+x", "x"),
        ("2sin(x)", "2*sin(x)"),
        ("2e-x", "2*e - x"),
        ("2e-1x", "0.2*x"),
        ("|x|*|y|", "abs(x)*abs(y)"),
        ("|x + |y||", "abs(x + abs(y))"),
        ("min(x, y, 1)", "min(min(x, y), 1)"),
        ("ln(x) + arctan(y)", "log(x) + atan(y)"),
        ("x² + y¹⁰", "x^2 + y^10"),
        ("where(0 < x < y, 1, 2)", "where(0 < x and x < y, 1, 2)"),
        ("where(x < 0 and y < 0 or x > y, 1, 2)", "where((x < 0 and y < 0) or x > y, 1, 2)"),
        ("where(not x < 0 and y < 0, 1, 2)", "where((not (x < 0)) and y < 0, 1, 2)"),
        ("where(x ≤ 1, 1, 2)", "where(x <= 1, 1, 2)"),
    ],
)
def test_a_text_is_read_as_mathematics_reads_it(text: str, same_as: str) -> None:
    assert parse(text, XY) == parse(same_as, XY)


def test_whole_numbers_become_floats() -> None:
    assert parse("12", ()) == Number(12.0)
    assert isinstance(parse("12", ()).value, float)


def test_the_variables_are_the_callers() -> None:
    assert parse("3w1", ("w1", "b1")) == Operation("*", Number(3.0), Variable("w1"))
    assert "w1, b1" in str(refusal("x", ("w1", "b1")))


@pytest.mark.parametrize("name", [record.name for record in FUNCTIONS])
def test_every_function_is_read_with_its_number_of_values_and_with_no_other(name: str) -> None:
    [record] = [record for record in FUNCTIONS if record.name == name]
    assert parse(f"{name}({', '.join('xy'[: record.arity])})", XY) is not None
    assert "takes" in str(refusal(f"{name}({', '.join(['x'] * (record.arity - 1))})" if record.arity > 1 else "min(x)"))
    if name not in ("min", "max"):
        assert "takes" in str(refusal(f"{name}({', '.join(['x'] * (record.arity + 1))})"))


def test_what_is_just_short_enough_is_read() -> None:
    assert size_of(parse("+".join(["x"] * DEEPEST), XY)) == 2 * DEEPEST - 1
    assert parse("(" * (DEEPEST - 1) + "x" + ")" * (DEEPEST - 1), XY) == X
    assert parse("x" + " " * (LONGEST_TEXT - 1), XY) == X
    assert "too long" in str(refusal("x" + " " * LONGEST_TEXT))
    nested = "min(" + "+".join(["x"] * 50) + ",y)"
    assert "too long" in str(refusal("+".join([nested] * 4 + ["1"] * 30)))
    assert size_of(parse("+".join([nested] * 3), XY)) < MOST_NODES


def test_a_tree_knows_its_variables_and_its_parts() -> None:
    tree = parse("where(x < 0, -sin(x), 2) * pi", XY)
    assert variables_of(tree) == {"x"}
    assert len(children(tree)) == 2
    assert size_of(tree) == 10
