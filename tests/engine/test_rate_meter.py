from __future__ import annotations

import math

import pytest

from gradviz.engine.rate_meter import SHORTEST_S, WINDOW_S, RateMeter


def test_without_enough_time_there_is_no_rate() -> None:
    meter = RateMeter()
    assert math.isnan(meter.steps_a_second())
    meter.see(10.0, 0)
    meter.see(10.0 + SHORTEST_S / 2, 500)
    assert math.isnan(meter.steps_a_second())


@pytest.mark.parametrize("rate", [1.0, 2.0, 7.5, 8000.0])
def test_a_steady_pace_is_read_within_one_step(rate: float) -> None:
    meter = RateMeter()
    for frame in range(300):
        meter.see(frame / 30, math.floor(rate * frame / 30))
    assert meter.steps_a_second() == pytest.approx(rate, abs=1.0 / WINDOW_S + 1e-9)


def test_what_is_older_than_the_window_is_forgotten() -> None:
    meter = RateMeter()
    for frame in range(300):
        meter.see(frame / 30, 100 * frame)
    for frame in range(300, 600):
        meter.see(frame / 30, 30_000 + frame)
    assert meter.steps_a_second() == pytest.approx(30.0, rel=0.05)


def test_after_clearing_it_begins_anew() -> None:
    meter = RateMeter()
    meter.see(0.0, 1000)
    meter.clear()
    meter.see(1.0, 0)
    meter.see(2.0, 50)
    assert meter.steps_a_second() == pytest.approx(50.0)
