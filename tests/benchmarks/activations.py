"""How long the Activations tab takes for a move of its cursor, for the curves after a zoom, and for a deep network.

Prints one JSON line a figure, with a ratio where there is something to compare with: a frame with one of a plot of
pyqtgraph's own with every sample of the same curves; the network with a bare torch script that builds one and runs it
forward and back. Needs a display.

    python -m tests.benchmarks.activations [ROUNDS]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
import torch
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gradviz.app.application import create
from gradviz.core.activation import activation_of
from gradviz.core.activations import activation_record
from gradviz.core.depth import DepthRequest, run_depth
from gradviz.views.activations.shown_list import Shown
from gradviz.views.activations.tab import ActivationsTab

EIGHT = ("sigmoid", "tanh", "relu", "gelu", "mish", "silu", "softplus", "elu")
FRAMES = 200


def opened() -> tuple[QApplication, object, ActivationsTab]:
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    application, window = create(["gradviz", "--tab", "activations", "--language", "en", "--theme", "light"])
    window.resize(1280, 800)
    window.show()
    tab = window.current_tab
    assert isinstance(tab, ActivationsTab)
    until(application, lambda: bool(tab.picture.plot.curves))
    entries = [Shown(activation_of(activation_record(key), look)) for look, key in enumerate(EIGHT)]
    tab.functions.list.set_entries(entries, 0)
    until(application, lambda: len(tab.picture.plot.curves) == len(EIGHT))
    settle(application, 5.0)  # the formulas are typeset by then, which wants the interpreter
    return application, window, tab


def until(application: QApplication, reached: Callable[[], bool]) -> None:
    """Sleeps in the event loop between looks: a loop that spins would hold the interpreter that the worker needs."""
    end = time.perf_counter() + 60
    while not reached():
        settle(application, 0.001)
        assert time.perf_counter() < end


def settle(_application: QApplication, seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def frames(application: QApplication, tab: ActivationsTab) -> list[float]:
    """Milliseconds of each move of the cursor until it is painted."""
    times = []
    for x in np.linspace(-5.5, 5.5, FRAMES):
        begun = time.perf_counter()
        tab.picture.cursor_field.setValue(float(x))
        application.processEvents()  # paints all that has changed
        times.append(1000 * (time.perf_counter() - begun))
    return times


def plain_frames(application: QApplication, tab: ActivationsTab) -> list[float]:
    """The same move in a plot of pyqtgraph's own, with every sample of the same curves and a two-pixel pen."""
    plot = pg.PlotWidget()
    plot.resize(tab.picture.plot.size())
    for each in tab.picture.plot.curves:
        for kind, values in enumerate(each.values):
            style = Qt.PenStyle.DashLine if kind else Qt.PenStyle.SolidLine
            plot.plot(each.x, values, pen=pg.mkPen("k", width=2, style=style), antialias=True)
    line = pg.InfiniteLine(0.0)
    plot.addItem(line)
    plot.show()
    settle(application, 0.3)
    times = []
    for x in np.linspace(-5.5, 5.5, FRAMES // 4):
        begun = time.perf_counter()
        line.setValue(float(x))
        application.processEvents()
        times.append(1000 * (time.perf_counter() - begun))
    plot.close()
    return times


def resampling(application: QApplication, tab: ActivationsTab, rounds: int) -> list[float]:
    """Milliseconds from a change of the range to the new curves, the wait for the next change left out."""
    times = []
    for reach in [5.0 + 0.1 * k for k in range(10 * rounds)]:
        done: list[float] = []
        connection = tab.picture.plot.sampled.connect(lambda done=done: done.append(time.perf_counter()))
        begun = time.perf_counter()
        tab.picture.plot.show_range(-reach, reach)
        until(application, lambda done=done: bool(done))
        times.append(1000 * (done[0] - begun))
        tab.picture.plot.sampled.disconnect(connection)
        settle(application, 0.08)
    return times


def bare_network(request: DepthRequest) -> float:
    begun = time.perf_counter()
    modules: list[torch.nn.Module] = []
    for _ in range(request.layers):
        linear = torch.nn.Linear(request.width, request.width)
        torch.nn.init.xavier_normal_(linear.weight)
        modules += [linear, torch.nn.Tanh()]
    network = torch.nn.Sequential(*modules)
    network(torch.randn(request.inputs, request.width)).sum().backward()
    return time.perf_counter() - begun


def main(rounds: int) -> None:
    application, window, tab = opened()
    ours = frames(application, tab)
    plain = plain_frames(application, tab)
    report(
        "cursor with 8 functions / the same curves in a plain plot",
        statistics.median(ours) / statistics.median(plain),
        median_ms=statistics.median(ours),
        p99_ms=float(np.percentile(ours, 99)),
        plain_ms=statistics.median(plain),
    )
    times = resampling(application, tab, rounds)
    report("curves after a zoom", None, median_ms=statistics.median(times), slowest_ms=max(times))
    for key in ("xavier_normal", "orthogonal"):
        ratios, seconds = [], []
        for seed in range(rounds):
            request = DepthRequest(activation_of(activation_record("tanh")), 50, 256, initialisation=key, seed=seed)
            begun = time.perf_counter()
            run_depth(request)
            seconds.append(time.perf_counter() - begun)
            ratios.append(seconds[-1] / bare_network(request))
        report(
            f"50 layers of 256, {key} / bare torch script (xavier_normal)",
            statistics.median(ratios),
            median_ms=1000 * statistics.median(seconds),
            slowest_ms=1000 * max(seconds),
        )
    window.close()  # type: ignore[attr-defined]


def report(figure: str, ratio: float | None, **numbers: float) -> None:
    line = {"figure": figure} | ({"ratio": round(ratio, 3)} if ratio is not None else {})
    print(json.dumps(line | {name: round(number, 2) for name, number in numbers.items()}))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
