"""The surface: how long another landscape takes until it is drawn, and what a frame of a race costs the GUI thread.

Prints one JSON line a figure, medians in milliseconds, and which OpenGL drew. Needs a display.

    python -m tests.benchmarks.surface [ROUNDS]
"""

from __future__ import annotations

import json
import statistics
import sys
import time

import numpy as np

LANES, ROWS, FRAMES = 8, 5000, 150
SIZE = (700, 600)  # about the picture's at 1280 x 800


def main(rounds: int) -> None:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from gradviz.core.landscapes import LANDSCAPES
    from gradviz.views.descent.surface_view import SurfaceView
    from tests.views.descent.recordings import race_of

    application = QApplication([])
    view = SurfaceView()
    loop = QEventLoop()
    view.surface_changed.connect(loop.quit)
    view.resize(*SIZE)
    view.set_landscape(LANDSCAPES[0])
    view.show()

    def until_drawn() -> None:
        """Returns once the surface that was asked for is painted."""
        if not view.trouble:
            loop.exec()
        view.repaint()

    def milliseconds(seconds: list[float]) -> dict[str, object]:
        worst = float(np.percentile(seconds, 95))
        return {"median": round(statistics.median(seconds) * 1000, 2), "p95": round(worst * 1000, 2)}

    until_drawn()
    if view.trouble:
        sys.exit(view.trouble)
    changes = []
    for number in range(rounds):
        begun = time.perf_counter()
        view.set_landscape(LANDSCAPES[number % len(LANDSCAPES)])
        until_drawn()
        changes.append(time.perf_counter() - begun)

    view.set_landscape(LANDSCAPES[0])
    until_drawn()
    turns = []
    for _ in range(rounds):
        begun = time.perf_counter()
        view.turn(3.0, 0.0)
        view.repaint()
        turns.append(time.perf_counter() - begun)

    k = np.arange(ROWS)
    winding = 1 - k / ROWS
    paths = [
        zip(*(4 * winding * wave(k / 200 + 2 * np.pi * lane / LANES) for wave in (np.cos, np.sin)), strict=True)
        for lane in range(LANES)
    ]
    view.set_recording(race_of(*paths))
    view.repaint()
    frames = []
    for count in np.linspace(1, ROWS, FRAMES).astype(int):
        begun = time.perf_counter()
        view.extend_trails((int(count),) * LANES)
        view.show_step(int(count) - 1)
        view.repaint()
        frames.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    view.turn(3.0, 0.0)
    view.repaint()
    whole = time.perf_counter() - begun
    figures = {
        "another landscape until it is drawn, ms": milliseconds(changes),
        "a turn, ms": milliseconds(turns),
        f"a frame of {LANES} trails that grow to {ROWS} points, ms": milliseconds(frames),
        "all of these trails drawn anew, ms": {"once": round(whole * 1000, 2)},
        "drawn by": {"software": view.is_drawn_by_software},
    }
    for name, figure in figures.items():
        sys.stdout.write(json.dumps({"figure": name} | figure) + "\n")
    view.shutdown()
    application.processEvents()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
