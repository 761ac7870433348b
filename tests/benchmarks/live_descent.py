"""The course's descent live in the shown window against the page's bare script without a window.

Prints one JSON line a figure: the ratio of wall times (median of pairs), the 99th percentile of how late a 5 ms timer
of the event loop is while it runs, and the memory of a recorded step. Needs a display.

    python -m tests.benchmarks.live_descent [PAIRS]
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

CLONE = Path(__file__).resolve().parents[2]
TIMER_MS = 5


def bare_seconds() -> float:
    """The loop of the page's script, in a process of its own."""
    script = [sys.executable, "-m", "tests.benchmarks.course_script"]
    return float(subprocess.run(script, check=True, capture_output=True, text=True, cwd=CLONE).stdout)


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

    def descend() -> float:
        tab.setup.load_course(-4.0, 0.0)
        begun = before[0] = time.perf_counter()
        tab.start()
        loop.exec()
        return time.perf_counter() - begun

    ratios, live, bare = [], [], []
    for _ in range(pairs):
        bare.append(bare_seconds())
        live.append(descend())
        ratios.append(live[-1] / bare[-1])
    timer.start()  # not before: the probe takes the interpreter 200 times a second for itself
    for _ in range(pairs):
        descend()
    timer.stop()
    lane = tab.runner.recording.lanes[0]
    figures = {
        "course live / bare script": {
            "ratio": round(statistics.median(ratios), 3),
            "pairs": [round(ratio, 3) for ratio in ratios],
            "live_s": round(statistics.median(live), 3),
            "bare_s": round(statistics.median(bare), 3),
        },
        "event loop lateness, ms": {
            "p50": round(float(np.percentile(lateness, 50)), 2),
            "p99": round(float(np.percentile(lateness, 99)), 2),
            "max": round(max(lateness), 2),
            "ticks": len(lateness),
        },
        "memory of a recorded step, bytes": {"bytes": round(lane.bytes_a_step, 2), "steps": lane.steps},
    }
    for name, figure in figures.items():
        sys.stdout.write(json.dumps({"figure": name} | figure) + "\n")
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
