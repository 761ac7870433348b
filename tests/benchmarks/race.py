"""Eight optimizers race live in the shown window against eight bare scripts, one after the other, without a window.

Prints one JSON line a figure: the ratio of wall times (median of pairs), the steps a second of each of seven, and the
99th percentile of how late a 5 ms timer of the event loop is while eight race with every overlay on. Needs a display.

    python -m tests.benchmarks.race [PAIRS]
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.benchmarks.race_script import LANES

CLONE = Path(__file__).resolve().parents[2]
STEPS = 5000
TIMER_MS = 5


def bare_seconds() -> float:
    """The sum of the bare scripts, each in a process of its own."""
    total = 0.0
    for key in LANES:
        script = [sys.executable, "-m", "tests.benchmarks.race_script", key, str(STEPS)]
        total += float(subprocess.run(script, check=True, capture_output=True, text=True, cwd=CLONE).stdout)
    return total


def main(pairs: int) -> None:
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    from gradviz.app.application import create

    application, window = create(["gradviz", "--language", "en", "--theme", "light"])
    window.show()
    tab = window.current_tab
    loop = QEventLoop()
    tab.runner.ended.connect(loop.quit)
    loop.exec()  # the first start runs the course by itself: this one warms up

    lateness: list[float] = []
    before = [0.0]

    def tick() -> None:
        now = time.perf_counter()
        lateness.append((now - before[0]) * 1000 - TIMER_MS)
        before[0] = now

    timer = QTimer(interval=TIMER_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    tab.setup.load_course(-4.0, 0.0)
    tab.setup.set_steps(STEPS)
    for key, (_, arguments) in LANES.items():
        tab.setup.optimizers.set_values(key, arguments)

    def race(keys: list[str]) -> float:
        lanes = tab.setup.optimizers.list
        lanes.check_only(keys[0])
        for key in keys:
            lanes.check(key)
        begun = before[0] = time.perf_counter()
        tab.start()
        loop.exec()
        return time.perf_counter() - begun

    everyone = list(LANES)
    race(everyone)
    ratios, live, bare, seven = [], [], [], []
    for _ in range(pairs):
        bare.append(bare_seconds())
        live.append(race(everyone))
        ratios.append(live[-1] / bare[-1])
        seven.append(STEPS / race(everyone[:7]))
    tab.picture.show_all_overlays()
    race(everyone)
    timer.start()
    for _ in range(pairs):
        race(everyone)
    timer.stop()
    figures = {
        "race of eight live / sum of eight bare scripts": {
            "ratio": round(statistics.median(ratios), 3),
            "pairs": [round(ratio, 3) for ratio in ratios],
            "live_s": round(statistics.median(live), 3),
            "bare_s": round(statistics.median(bare), 3),
        },
        "steps a second of each of seven": {
            "steps_a_second": round(statistics.median(seven)),
            "runs": [round(rate) for rate in seven],
        },
        "event loop lateness, ms, all overlays": {
            "p50": round(float(np.percentile(lateness, 50)), 2),
            "p99": round(float(np.percentile(lateness, 99)), 2),
            "max": round(max(lateness), 2),
            "ticks": len(lateness),
        },
    }
    for name, figure in figures.items():
        sys.stdout.write(json.dumps({"figure": name} | figure) + "\n")
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
