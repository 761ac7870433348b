"""The catalogue of what autograd demands, each shown by a few lines on the bench, in the order of the lesson.

To add one, add an entry to BENCH_CASES.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from gradviz.core.autograd_bench import (
    GRAPH,
    IMPORTS,
    TARGET,
    W_REQUIRING,
    BenchNumbers,
    BenchSwitches,
    X,
    bench_lines,
)


@dataclass(frozen=True, slots=True)
class BenchCase:
    """Something that autograd demands: what it shows, and the switches or, where those don't reach, the lines."""

    key: str
    title: str
    shows: str
    switches: BenchSwitches | None = None
    own_lines: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of the numbers that stand in its lines."""
        names = BenchNumbers.__slots__
        return tuple(n for n in names if self.switches is not None or f"{{{n}!r}}" in "".join(self.own_lines))

    def lines(self, numbers: BenchNumbers) -> tuple[str, ...]:
        """Its lines of Python."""
        if self.switches is not None:
            return bench_lines(self.switches, numbers)
        return (*IMPORTS, *(line.format(**asdict(numbers)) for line in self.own_lines))


def bench_case(key: str) -> BenchCase:
    """The case with this key.

    Raises:
        KeyError: there is none.
    """
    for case in BENCH_CASES:
        if case.key == key:
            return case
    raise KeyError(key)


_GOOD = BenchSwitches(requires="at_start")
_BACKWARD_TWICE = BenchSwitches(requires="at_start", way="backward", twice=True)

BENCH_CASES: tuple[BenchCase, ...] = (
    BenchCase(
        "course", "The gradient of w", "w asks for its gradient from the start, and autograd.grad returns it.", _GOOD
    ),
    BenchCase(
        "no_gradient",
        "w asks for none",
        "Without requires_grad torch keeps no graph: there is nothing to go back along.",
        BenchSwitches(),
    ),
    BenchCase(
        "graph_before",
        "The graph came first",
        "requires_grad_() changes w, but not the graph that was built before: the same error again.",
        BenchSwitches(requires="afterwards"),
    ),
    BenchCase(
        "graph_again",
        "The graph, built again",
        "After requires_grad_() the loss is computed again: now w is in its graph.",
        BenchSwitches(requires="afterwards", rebuild=True),
    ),
    BenchCase(
        "backward",
        "backward() and .grad",
        "The same gradient, but it lands in w.grad, and backward() returns nothing.",
        replace(_GOOD, way="backward"),
    ),
    BenchCase(
        "backward_twice",
        "backward() twice",
        "The first one frees what the graph had saved; the second finds nothing left.",
        _BACKWARD_TWICE,
    ),
    BenchCase(
        "retain_graph",
        "With retain_graph=True",
        "The graph is kept, the second one works, and .grad has become twice as large.",
        replace(_BACKWARD_TWICE, retain=True),
    ),
    BenchCase(
        "no_zero_grad",
        "Without zero_grad",
        "A new graph every step, as in training: .grad adds up all the same.",
        replace(_BACKWARD_TWICE, new_graph=True),
    ),
    BenchCase(
        "zero_grad",
        "With zero_grad",
        "Emptied before each backward(), .grad is the gradient of this step alone.",
        replace(_BACKWARD_TWICE, new_graph=True, zero=True),
    ),
    BenchCase(
        "grad_twice",
        "autograd.grad twice",
        "autograd.grad frees the graph as well, and never touches w.grad.",
        replace(_GOOD, twice=True),
    ),
    BenchCase(
        "in_place",
        "A step in place",
        "w may not be changed while autograd watches; under no_grad the step is taken.",
        own_lines=(
            X,
            TARGET,
            W_REQUIRING,
            GRAPH,
            "mse.backward()",
            "w -= 0.1 * w.grad",
            "with torch.no_grad(): w -= 0.1 * w.grad",
            "w",
        ),
    ),
    BenchCase(
        "not_a_scalar",
        "A loss of many numbers",
        "backward() wants one number; the squares must be summed or averaged first.",
        own_lines=(
            "x = torch.tensor([1.0, 2.0, 3.0])",
            TARGET,
            W_REQUIRING,
            "squares = (target - x * w) ** 2",
            "squares.backward()",
            "squares.sum().backward()",
            "w.grad",
        ),
    ),
    BenchCase(
        "integers",
        "A whole number",
        "Only numbers with a decimal point can have a gradient: 2 is none, 2.0 is.",
        own_lines=("w = torch.tensor([2], requires_grad=True)", "w = torch.tensor([2.0], requires_grad=True)"),
    ),
    BenchCase(
        "detach",
        "Taken out of the graph",
        "detach() gives the same number without its history: nothing leads back to w.",
        own_lines=(
            X,
            TARGET,
            W_REQUIRING,
            "mse = F.mse_loss(target, x * w.detach())",
            "mse.backward()",
            GRAPH,
            "mse.backward()",
            "w.grad",
        ),
    ),
)
