"""A few lines of assignments in the safe formula language, read into checked trees.

    parse_assignments("y1 = x*w1 + b1\ny2 = y1*w2 + b2  # the course's")

Every line is `name = formula`; what stands behind # is not read, empty lines are skipped. A name may be used after the
line that assigns it, and is assigned once. A name that no line assigns is an input and needs a value from outside; a
line whose formula has no name in it, `x = 2`, is an input too, whose value stands in the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from gradviz.core.expression import CONSTANTS, WORDS, parse
from gradviz.core.expression_functions import ALIASES, BY_NAME
from gradviz.core.expression_text import ExpressionError, tokens_of
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import Node, size_of, variables_of

MOST_LINES = 24
MOST_NODES = 240  # in all lines together; a graph of more can't be read
MOST_INPUTS = 40
LONGEST_NAME = 12

_BEGINNING = re.compile(r"\s*(?P<name>[A-Za-z_][A-Za-z_0-9]*)\s*=(?!=)")
_SPECIAL = (*CONSTANTS, *WORDS, *ALIASES, *BY_NAME, "where", "pow")


class AssignmentError(ExpressionError):
    """A line is no assignment. `line` and `column` count from 1; `text` is that line, `position` the place in it."""

    def __init__(self, template: str, arguments: tuple[object, ...], text: str, position: int, line: int) -> None:
        super().__init__(template, arguments, text, position)
        self.line = line

    @property
    def column(self) -> int:
        return self.position + 1


@dataclass(frozen=True, slots=True)
class Line:
    """name = tree. `number` counts all lines of the text from 1; `formula` is what stands behind the =."""

    number: int
    name: str
    tree: Node
    formula: str


@dataclass(frozen=True, slots=True)
class Assignments:
    """The lines that compute something, in their order; the inputs in the order of their first use.

    `given` are the inputs whose value stands in the text.
    """

    lines: tuple[Line, ...]
    inputs: tuple[str, ...]
    given: tuple[tuple[str, float], ...] = ()

    @property
    def free(self) -> tuple[str, ...]:
        """The inputs that need a value from outside."""
        given = dict(self.given)
        return tuple(name for name in self.inputs if name not in given)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name: inputs, then what is assigned."""
        return (*self.inputs, *(line.name for line in self.lines))

    def values(self, chosen: Mapping[str, float], otherwise: float = 1.0) -> dict[str, float]:
        """The value of every input: the text's own, else the chosen one, else `otherwise`."""
        given = dict(self.given)
        return {name: given.get(name, float(chosen.get(name, otherwise))) for name in self.inputs}


def parse_assignments(text: str) -> Assignments:
    """The checked lines of a text.

    Raises:
        AssignmentError: a line is no assignment, or there is none; the error knows line and column.
    """
    reader = _Reader()
    rows = _rows(text)
    for number, row in enumerate(rows, start=1):
        try:
            reader.read(number, row.rstrip())
        except AssignmentError:
            raise
        except ExpressionError as error:
            raise AssignmentError(error.template, error.arguments, error.text, error.position, number) from None
    if not reader.lines:
        template = "a line such as y = x*w + b is wanted"
        if reader.has_values:
            template = "these lines only give values; a line that computes with them is wanted, such as y = x*w + b"
        raise AssignmentError(template, (), rows[-1] if rows else "", 0, max(len(rows), 1))
    return reader.result()


def with_value(text: str, name: str, value: float) -> str:
    """The text with another number in the line that gives this input its value; as it is where no line does."""
    rows = _rows(text)
    for place, row in enumerate(rows):
        beginning = _BEGINNING.match(row)
        if beginning is not None and beginning["name"] == name:
            code, sign, comment = row.partition("#")
            gap = code[len(code.rstrip()) :]
            rows[place] = f"{code[: beginning.end()]} {_plain(value)}{gap}{sign}{comment}"
    return "\n".join(rows)


def _rows(text: str) -> list[str]:
    """The lines as an editor counts them; what else str.splitlines takes for an end is a strange character here."""
    return text.replace("\r\n", "\n").split("\n")


def _plain(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


class _Reader:
    """Reads line after line and remembers what each name is."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._inputs: dict[str, float | None] = {}
        self._first_use: dict[str, int] = {}
        self._assigned: dict[str, int] = {}
        self._nodes = 0

    def read(self, number: int, row: str) -> None:
        code = row.partition("#")[0].rstrip()
        if not code.strip():
            return
        beginning = _BEGINNING.match(code)
        if beginning is None:
            first = len(code) - len(code.lstrip())
            raise ExpressionError("a line begins with a name and «=»", (), row, first)
        name = beginning["name"]
        self._check_name(name, row, beginning.start("name"))
        # what is blanked out keeps the places of the line
        formula = " " * beginning.end() + code[beginning.end() :]
        variables = self._names_in(formula, row, name)
        try:
            tree = parse(formula, variables)
        except ExpressionError as error:
            position = error.position if formula.strip() else len(code)  # of nothing every place is the first
            raise ExpressionError(error.template, error.arguments, row, position) from None
        self._nodes += size_of(tree)
        if len(self._assigned) >= MOST_LINES:
            raise ExpressionError("too many lines; at most {0}", (MOST_LINES,), row, 0)
        if self._nodes > MOST_NODES:
            raise ExpressionError("these lines are too long for one graph; please shorten them", (), row, 0)
        self._add(Line(number, name, tree, formula.strip()), row, beginning.start("name"))

    @property
    def has_values(self) -> bool:
        """Whether a line was read that gives an input its value."""
        return bool(self._inputs)

    def result(self) -> Assignments:
        given = tuple((name, value) for name, value in self._inputs.items() if value is not None)
        return Assignments(tuple(self.lines), tuple(self._inputs), given)

    def _check_name(self, name: str, row: str, position: int) -> None:
        if name in _SPECIAL:
            raise ExpressionError("«{0}» has a meaning already; please take another name", (name,), row, position)
        if len(name) > LONGEST_NAME:
            raise ExpressionError("the name is too long; at most {0} characters", (LONGEST_NAME,), row, position)
        if name in self._assigned:
            template = "«{0}» is assigned in line {1} already; please take another name"
            raise ExpressionError(template, (name, self._assigned[name]), row, position)
        if name in self._first_use:
            template = "«{0}» is used in line {1} already, before it has a value"
            raise ExpressionError(template, (name, self._first_use[name]), row, position)

    def _names_in(self, formula: str, row: str, own: str) -> tuple[str, ...]:
        """The names of a formula that stand for numbers, in their order."""
        try:
            tokens = tokens_of(formula)
        except ExpressionError as error:
            raise ExpressionError(error.template, error.arguments, row, error.position) from None
        found: dict[str, None] = {}
        for token, following in itertools.pairwise(tokens):
            if token.kind != "name" or token.text in _SPECIAL:
                continue
            if token.text == own:
                raise ExpressionError("«{0}» can't be computed from itself", (own,), row, token.position)
            if token.text in self._assigned or following.text != "(":
                if len(token.text) > LONGEST_NAME:
                    template = "the name is too long; at most {0} characters"
                    raise ExpressionError(template, (LONGEST_NAME,), row, token.position)
                found[token.text] = None
        return tuple(found)

    def _add(self, line: Line, row: str, position: int) -> None:
        used = variables_of(line.tree)
        self._assigned[line.name] = line.number
        if not used:
            self._inputs[line.name] = Formula((line.tree,), ("x",))(0.0)
        else:
            self.lines.append(line)
        for name in self._in_order(line, used):
            self._first_use.setdefault(name, line.number)
            if name not in self._assigned:
                self._inputs.setdefault(name, None)
        if len(self._inputs) > MOST_INPUTS:
            raise ExpressionError("too many inputs; at most {0}", (MOST_INPUTS,), row, position)

    def _in_order(self, line: Line, used: frozenset[str]) -> list[str]:
        names = [token.text for token in tokens_of(line.formula) if token.kind == "name"]
        return [name for name in dict.fromkeys(names) if name in used]
