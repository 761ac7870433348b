"""After a divergence: which learning rate would have gone down? Tried for real, from the same start."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.devices import CPU, dtype_of
from gradviz.core.gradient_noise import GradientNoise
from gradviz.core.lane_batch import batches_of
from gradviz.core.mini_batch import sampler_of
from gradviz.core.recording import LaneRecording

TRIAL_STEPS = 300  # a learning rate is proposed after it went down for this long
TRIALS = 36  # twelve decades in steps of 1-2-5; what is far too large diverges at once


def working_learning_rates(
    request: DescentRequest, lanes: Sequence[Lane], cancelled: Callable[[], bool]
) -> Generator[None, None, list[float | None]]:
    """For each lane the largest learning rate of the 1-2-5 series, below its own, with which it goes down; or None.

    All lanes try at once, each its next smaller rate, on the CPU, for TRIAL_STEPS steps or as many as the request has:
    at most TRIALS rounds. Yields between two steps.
    """
    found: list[float | None] = [None] * len(lanes)
    series = [iter(smaller_rates(float(lane.value("lr")))) for lane in lanes]

    def next_candidates() -> dict[int, float]:
        upcoming = {i: next(series[i], None) for i, rate in enumerate(found) if rate is None}
        return {i: rate for i, rate in upcoming.items() if rate is not None}

    while candidates := next_candidates():
        tried = [lanes[i].with_value("lr", rate) for i, rate in candidates.items()]
        goes_down = yield from _trial(request, tried, cancelled)
        for (i, rate), works in zip(candidates.items(), goes_down, strict=True):
            if works:
                found[i] = rate
    return found


def _trial(
    request: DescentRequest, lanes: Sequence[Lane], cancelled: Callable[[], bool]
) -> Generator[None, None, list[bool]]:
    """Which of the lanes are lower after the trial than at the start."""
    recordings = [LaneRecording(TRIAL_STEPS) for _ in lanes]
    noise = GradientNoise(request.noise, dtype_of(request.precision), CPU.key, sampler_of(request))
    batches = batches_of(request, lanes, recordings, CPU.key, noise, cancelled)
    for _ in range(min(TRIAL_STEPS, request.steps)):
        noise.draw()
        for batch in batches:
            if batch.live:
                yield
                batch.advance()
    runs = [run for batch in batches for run in batch.runs]
    return [not run.diverged and trial.f[trial.steps] < trial.f[0] for run, trial in zip(runs, recordings, strict=True)]


def smaller_rates(rate: float) -> list[float]:
    """The TRIALS numbers of the series … 0.1, 0.05, 0.02, 0.01 … right below `rate`."""
    exponent = -30
    series: list[float] = []
    while 10.0**exponent < rate and exponent < 30:
        series += [float(f"{digit}e{exponent}") for digit in (1, 2, 5)]
        exponent += 1
    return [candidate for candidate in reversed(series) if candidate < rate][:TRIALS]
