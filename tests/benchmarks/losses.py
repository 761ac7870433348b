"""What a drag on the Loss and the Softmax tab costs, without the drawing, and a step of a descent on a loss.

python -m tests.benchmarks.losses
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from gradviz.core.autograd_bench import BenchNumbers, run_lines
from gradviz.core.autograd_cases import BENCH_CASES
from gradviz.core.descent_request import MiniBatches
from gradviz.core.line_data_text import points_text, read_points
from gradviz.core.line_fit import least_squares
from gradviz.core.line_loss import LineLoss, read_loss
from gradviz.core.line_loss_check import check_line_loss
from gradviz.core.line_loss_formulas import filled_gradient
from gradviz.core.line_recipe import LineRecipe, generated
from gradviz.core.loss_landscape import loss_landscape
from gradviz.core.mini_batch import gradient_scatter
from gradviz.core.relief import relief
from gradviz.core.softmax import SoftmaxSetup, jacobian, softmax
from gradviz.core.softmax_check import check_loss, check_row, row_by_autograd
from gradviz.core.softmax_descent import descend_logits
from gradviz.core.softmax_facts import jacobian_facts
from gradviz.core.softmax_heatmap import strongest
from gradviz.core.softmax_losses import SOFTMAX_LOSSES, losses_at
from gradviz.core.softmax_stability import stability
from gradviz.core.warm_up import warm_up
from tests.core.descents import lane, recorded, request

REPEATS = 40
STEPS = 2000


def milliseconds(work: Callable[[int], object]) -> tuple[float, float]:
    """Median and 99th percentile of one call, in ms; `work` gets the number of the call."""
    times = []
    for repeat in range(REPEATS):
        begun = time.perf_counter()
        work(repeat)
        times.append((time.perf_counter() - begun) * 1e3)
    return float(np.median(times)), float(np.quantile(times, 0.99))


def say(name: str, work: Callable[[int], object]) -> None:
    work(REPEATS)
    median, slow = milliseconds(work)
    print(f"{name:58} {median:8.2f} ms   p99 {slow:8.2f} ms")  # noqa: T201


def of_lines() -> None:
    data = generated(LineRecipe(count=200, seed=1))
    many = generated(LineRecipe(count=10_000, seed=1))

    def dragged(repeat: int) -> None:
        moved = data.moved(7, -2.0, repeat / 7)
        read_loss(moved, 0.3, -1.7)
        filled_gradient(moved, "mean", 0.3, -1.7)
        loss_landscape(moved, "mean")

    say("a point dragged: reading, formulas, landscape (200)", dragged)
    say("its relief, 400 x 400, with level lines", lambda r: relief(loss_landscape(data.moved(7, 0, r), "mean"),
        loss_landscape(data, "mean").box, 400, 400))  # fmt: skip
    say("check table, four ways (200)", lambda r: check_line_loss(data, "mean", r / 9, 1.0, "float64"))
    say("least squares (200)", lambda r: least_squares(data))
    say(
        "scatter of 200 gradients of one sample",
        lambda r: gradient_scatter(LineLoss(data, "mean"), r, 1, MiniBatches(1)),
    )
    say("10,000 points read from text", lambda r: read_points(points_text(many)))
    say("all cases of the bench", lambda r: [run_lines(case.lines(BenchNumbers(w=r))) for case in BENCH_CASES])
    for name, batches in (("all points", None), ("batches of 16", MiniBatches(16)), ("one sample", MiniBatches(1))):
        asked = request(lane("adam"), landscape=loss_landscape(data, "mean"), steps=STEPS, batches=batches)
        begun = time.perf_counter()
        recorded(asked)
        microseconds = (time.perf_counter() - begun) / STEPS * 1e6
        print(f"{'a step of Adam on 200 points, ' + name:58} {microseconds:8.0f} µs")  # noqa: T201


def of_softmax() -> None:
    for n in (3, 32, 1000):
        drawn = SoftmaxSetup(tuple(np.random.default_rng(n).normal(scale=2, size=n).tolist()))

        def moved(repeat: int, drawn: SoftmaxSetup = drawn) -> None:
            found = softmax(drawn.with_logit(1, repeat / 9))
            jacobian(found)
            losses_at(found)
            stability(drawn, "float64")

        found = softmax(drawn)
        entries = jacobian(found)
        say(f"a logit dragged: softmax, Jacobian, losses ({n})", moved)
        say(f"the Jacobian alone ({n})", lambda r, found=found: jacobian(found))  # type: ignore[misc]
        say(f"what a heat map shows of it ({n})", lambda r, entries=entries: strongest(entries))  # type: ignore[misc]
        say(f"100 steps down both losses ({n})", lambda r, d=drawn: descend_logits(d, [(1.0, 100)]))  # type: ignore[misc]
        say(f"its facts ({n})", lambda r, found=found, entries=entries: jacobian_facts(found, entries))  # type: ignore[misc]
        say(f"a row by autograd ({n})", lambda r, drawn=drawn: row_by_autograd(drawn, 1))  # type: ignore[misc]
        say(f"check of a row ({n})", lambda r, drawn=drawn: check_row(drawn, 1, "float64"))  # type: ignore[misc]
        for loss in SOFTMAX_LOSSES:
            say(f"check of {loss.key} ({n})", lambda r, d=drawn, loss=loss: check_loss(d, loss, "float64"))  # type: ignore[misc]


def main() -> None:
    list(warm_up())
    of_lines()
    of_softmax()


if __name__ == "__main__":
    main()
