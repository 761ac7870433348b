"""From the text to a picture of its graph: small programs at once, large ones off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradviz.core.assignments import AssignmentError, Assignments, parse_assignments
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_nodes import Detail
from gradviz.core.chain_picture import ChainPicture, chain_picture
from gradviz.core.drawing_room import Room
from gradviz.core.expression_tree import size_of

SHORT = 120  # characters: read in less than a millisecond
# nodes of all trees, and the sum of their squares over the lines: a derivative may grow with the square of its formula
FEW_NODES, FEW_SQUARES = 22, 256  # differentiated and laid out in at most six milliseconds


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a text: a picture, and why the text itself has none.

    `good` is the text that is drawn: this one, or, where it is refused, the one that was to be drawn instead; `room` is
    what the picture was made for.
    """

    text: str
    detail: Detail
    picture: ChainPicture | None
    good: str = ""
    error: AssignmentError | None = None
    room: Room | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a graph is drawn on: how wide a character of its type is, and the room, None where it is not known yet."""

    character: float
    room: Room | None = None


def made_of(text: str, detail: Detail, paper: Paper, instead: str = "") -> Made:
    """Reads a text, and `instead` where it is refused."""
    error: AssignmentError | None = None
    for each in (text, instead):
        try:
            graph = ChainGraph(parse_assignments(each), detail)
        except AssignmentError as refusal:
            error = error or refusal
        else:
            return Made(text, detail, chain_picture(graph, paper.character, paper.room), each, error, paper.room)
    return Made(text, detail, None, "", error, paper.room)


def making(text: str, detail: Detail, paper: Paper, instead: str = "") -> Callable[[], object]:
    return lambda: made_of(text, detail, paper, instead)


def is_small(text: str) -> bool:
    """Whether a text is read and drawn, or refused, at once."""
    if len(text) > SHORT:
        return False
    try:
        return _is_small(parse_assignments(text))
    except AssignmentError:
        return True


def _is_small(assignments: Assignments) -> bool:
    sizes = [size_of(line.tree) for line in assignments.lines]
    return sum(sizes) <= FEW_NODES and sum(size * size for size in sizes) <= FEW_SQUARES
