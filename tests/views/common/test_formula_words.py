from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gradviz.core import expression, expression_text, own_landscape
from gradviz.core.expression import parse
from gradviz.core.expression_text import ExpressionError
from gradviz.core.own_function import OwnFunctionError, own_function_from_state
from gradviz.views.common.formula_words import SENTENCES, formula_problem
from tests.core.formulas import HOSTILE


def error_of(text: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(text, ("x", "y"))
    return caught.value


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:40]))
def test_every_refusal_has_its_words(text: str) -> None:
    error = error_of(text)
    assert error.template in SENTENCES
    assert formula_problem(error) == str(error)


@pytest.mark.parametrize("module", [expression, expression_text, own_landscape], ids=lambda module: module.__name__)
def test_every_sentence_in_core_is_listed_for_the_translator(module: object) -> None:
    """A sentence is a text with a space that is given to an error, or kept in a variable `template` before."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        name = getattr(getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", ""))
        if isinstance(node, ast.Call) and name in ("ExpressionError", "OwnFunctionError", "_error") and node.args:
            found.add(node.args[0])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "template":
            found.add(node.value)
    sentences = {node.value for node in found if isinstance(node, ast.Constant)}
    assert sentences
    assert sentences <= set(SENTENCES)


def test_what_was_typed_is_never_read_as_a_template() -> None:
    error = ExpressionError("there is no function «{0}»", ("{0.__class__}",), "", 0)
    assert formula_problem(error) == "there is no function «{0.__class__}»"
    with pytest.raises(OwnFunctionError) as caught:
        own_function_from_state({"name": "{1}", "formula": "x", "box": 3})
    assert formula_problem(caught.value) == "the box of «{1}» is not four numbers"
