from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gradviz.core import assignments, data_sets, data_table
from gradviz.core.chain_presets import CHAIN_PRESETS
from gradviz.core.data_sets import DATA_SETS
from gradviz.core.network import IDENTITY
from gradviz.core.network_losses import NETWORK_LOSSES
from gradviz.core.network_presets import NETWORK_PRESETS
from gradviz.views.common.formula_words import SENTENCES
from gradviz.views.common.network_words import WORDS

ENTRIES = (*CHAIN_PRESETS, *NETWORK_PRESETS, *NETWORK_LOSSES, *DATA_SETS, IDENTITY)


@pytest.mark.parametrize("text", [text for entry in ENTRIES for text in (entry.title, entry.summary)])
def test_every_text_of_the_catalogues_is_listed_for_the_translator(text: str) -> None:
    assert text in WORDS


@pytest.mark.parametrize("module", [assignments, data_sets, data_table], ids=lambda module: module.__name__)
def test_every_sentence_of_an_error_is_listed_for_the_translator(module: object) -> None:
    """A sentence is a text with a space in a call of an error, in a variable `template`, or in a table of limits."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    found = []
    for node in ast.walk(tree):
        name = getattr(getattr(node, "func", None), "id", "")
        if isinstance(node, ast.Call) and name in ("ExpressionError", "AssignmentError", "WordedError"):
            found.append(node.args[0])
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "template":
            found.append(node.value)
        elif isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "limits":
            found += [row.elts[0] for row in getattr(node.value, "elts", [])]
    sentences = {node.value for node in found if isinstance(node, ast.Constant)}
    assert sentences
    assert sentences <= set(SENTENCES)
