"""A bench for autograd: a few lines of torch, run one after the other, with what each gives or the error it raises.

The lines are made from constant text and numbers alone, and what is shown is what is executed. As in a notebook, a
line that fails does not stop those behind it. Messages are torch's own, of the torch that is installed.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from gradviz.core.worded_error import WordedError

LARGEST = 1e6  # number in a line

Requires = Literal["no", "at_start", "afterwards"]
Way = Literal["grad", "backward"]
REQUIRES: tuple[Requires, ...] = ("no", "at_start", "afterwards")
WAYS: tuple[Way, ...] = ("grad", "backward")


@dataclass(frozen=True, slots=True)
class BenchNumbers:
    """The numbers in the lines; the course's are x = 1, w = 2, target = 1.

    Raises (when made):
        WordedError: one is not finite or beyond ±LARGEST.
    """

    x: float = 1.0
    w: float = 2.0
    target: float = 1.0

    def __post_init__(self) -> None:
        for name in self.__slots__:
            value = getattr(self, name)
            if type(value) not in (int, float) or not abs(value) <= LARGEST:
                raise WordedError("{0} is {1}; it must lie between {2:g} and {3:g}", name, value, -LARGEST, LARGEST)
            object.__setattr__(self, name, float(value))  # an integer tensor would be another lesson


@dataclass(frozen=True, slots=True)
class BenchSwitches:
    """What can be switched in the lines.

    `requires`: w asks for its gradient never, from the start, or by requires_grad_() once the graph is there; with
    `rebuild` the graph is then built again. `way`: by autograd.grad or by backward(). `twice`: a second time, for which
    the first keeps the graph with `retain`, the graph is built anew with `new_graph`, and .grad is emptied with `zero`.
    """

    requires: Requires = "no"
    rebuild: bool = False
    way: Way = "grad"
    twice: bool = False
    retain: bool = False
    new_graph: bool = False
    zero: bool = False

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LineResult:
    """A line and what came of it: `shown` is what a notebook prints, "" for nothing; `error` the exception's name."""

    source: str
    shown: str
    error: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.error)


IMPORTS = ("import torch", "import torch.nn.functional as F")
X = "x = torch.tensor([{x!r}])"
TARGET = "target = torch.tensor([{target!r}])"
W = "w = torch.tensor([{w!r}])"
W_REQUIRING = "w = torch.tensor([{w!r}], requires_grad=True)"
GRAPH = "mse = F.mse_loss(target, x * w)"
_AFTERWARDS = "w.requires_grad_()"
_ZERO = "w.grad = None  # what optimizer.zero_grad() does"


def bench_lines(switches: BenchSwitches, numbers: BenchNumbers) -> tuple[str, ...]:
    """The lines that these switches ask for."""
    lines = [*IMPORTS, X, TARGET, W_REQUIRING if switches.requires == "at_start" else W, GRAPH]
    if switches.requires == "afterwards":
        lines += [_AFTERWARDS, *([GRAPH] if switches.rebuild else [])]
    lines += _asking(switches.way, switches.twice and switches.retain)
    if switches.twice:
        lines += [GRAPH] if switches.new_graph else []
        lines += [_ZERO] if switches.zero and switches.way == "backward" else []
        lines += _asking(switches.way, retain=False)
    return tuple(line.format(**asdict(numbers)) for line in lines)


def _asking(way: Way, retain: bool) -> list[str]:
    if way == "grad":
        return [f"torch.autograd.grad(mse, [w]{', retain_graph=True' if retain else ''})"]
    return [f"mse.backward({'retain_graph=True' if retain else ''})", "w.grad"]


def run_lines(lines: Sequence[str]) -> tuple[LineResult, ...]:
    """Runs the lines of `bench_lines` or of a case in one namespace. Imports torch; under a millisecond after that."""
    namespace: dict[str, Any] = {}
    return tuple(_run(line, namespace) for line in lines)


def _run(line: str, namespace: dict[str, Any]) -> LineResult:
    """One line as a notebook runs it: the value of an expression, or what a name was given."""
    statement = ast.parse(line).body[0]
    try:
        if isinstance(statement, ast.Expr):
            value = eval(compile(line, "<bench>", "eval"), namespace)
            return LineResult(line, "" if value is None and not line.endswith(".grad") else repr(value))
        exec(compile(line, "<bench>", "exec"), namespace)
    except (RuntimeError, TypeError, ValueError, AttributeError, NameError) as error:
        return LineResult(line, str(error), type(error).__name__)
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return LineResult(line, repr(namespace[statement.targets[0].id]))
    return LineResult(line, "")


def bench_switches_from_state(state: object) -> BenchSwitches:
    """The switches that `BenchSwitches.state` wrote; what it does not know is ignored.

    Raises:
        ValueError: it is no such state.
    """
    if not isinstance(state, Mapping):
        raise ValueError(f"{state!r:.60} are no switches")
    switches = BenchSwitches(**{name: state[name] for name in BenchSwitches.__slots__ if name in state})
    flags = (switches.rebuild, switches.twice, switches.retain, switches.new_graph, switches.zero)
    if switches.requires not in REQUIRES or switches.way not in WAYS or not all(type(flag) is bool for flag in flags):
        raise ValueError(f"{state!r:.200} are no switches")
    return switches


def bench_numbers_from_state(state: object) -> BenchNumbers:
    """The numbers that `dataclasses.asdict` wrote.

    Raises:
        ValueError: it is no such state, or a number is not taken (WordedError).
    """
    if not isinstance(state, Mapping):
        raise ValueError(f"{state!r:.60} are no numbers")
    return BenchNumbers(**{name: state[name] for name in BenchNumbers.__slots__ if name in state})
