"""From the text to a picture of its graph: small texts at once, large ones off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradviz.core.assignments import AssignmentError, parse_assignments
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_nodes import Detail
from gradviz.core.chain_picture import ChainPicture, chain_picture

SMALL = 120  # characters: read, differentiated and laid out in two to four milliseconds


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a text: its picture, or why it has none."""

    text: str
    detail: Detail
    picture: ChainPicture | None
    error: AssignmentError | None = None


def made_of(text: str, detail: Detail, character: float) -> Made:
    """Reads a text; `character` is the width of one in the drawing."""
    try:
        graph = ChainGraph(parse_assignments(text), detail)
    except AssignmentError as error:
        return Made(text, detail, None, error)
    return Made(text, detail, chain_picture(graph, character))


def making(text: str, detail: Detail, character: float) -> Callable[[], object]:
    return lambda: made_of(text, detail, character)
