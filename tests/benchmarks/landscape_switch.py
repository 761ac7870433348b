"""How long it takes from choosing another landscape until the map with its level lines is painted on the screen.

Prints one JSON line for the catalogue, bare and with all overlays: the median, the slowest landscape, and each one's
median in milliseconds. Needs a display.

    python -m tests.benchmarks.landscape_switch [ROUNDS]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time


def main(rounds: int) -> None:
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
    from PySide6.QtWidgets import QComboBox

    from gradviz.app.application import create
    from gradviz.core.landscapes import LANDSCAPES

    application, window = create(["gradviz", "--language", "en", "--theme", "light"])
    window.resize(1280, 800)
    window.show()
    tab = window.current_tab
    loop = QEventLoop()
    tab.runner.ended.connect(loop.quit)
    loop.exec()  # the first start runs the course by itself: this one warms up
    combo = window.findChild(QComboBox, "descent.landscape")
    contour_map = tab.picture.map

    class Painted(QObject):
        """Ends the wait at the first paint after the map was drawn."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest:
                QTimer.singleShot(0, loop.quit)
            return False

    painted = Painted()

    def on_drawn() -> None:
        window.installEventFilter(painted)

    contour_map.drawn.connect(on_drawn)

    def switch(key: str) -> float:
        """Milliseconds until the map is painted."""
        begun = time.perf_counter()
        combo.setCurrentIndex(combo.findData(key))
        loop.exec()
        taken = (time.perf_counter() - begun) * 1000
        window.removeEventFilter(painted)
        QTimer.singleShot(150, loop.quit)  # what comes after it, the formula and the overlays, belongs to no other
        loop.exec()
        return taken

    for name, overlays in (("bare", {}), ("all overlays", {"labels": True, "field": "streamlines"})):
        tab.picture.overlays.restore(overlays)
        times: dict[str, list[float]] = {entry.key: [] for entry in LANDSCAPES}
        switch(LANDSCAPES[-1].key)
        for _ in range(rounds):
            for entry in LANDSCAPES:
                times[entry.key].append(switch(entry.key))
        medians = {key: round(statistics.median(taken), 1) for key, taken in times.items()}
        slowest = max(medians, key=lambda key: medians[key])
        figure = {
            "figure": f"landscape changed until painted, {name}, ms",
            "median": round(statistics.median(medians.values()), 1),
            "slowest": {slowest: medians[slowest]},
            "each": medians,
        }
        sys.stdout.write(json.dumps(figure) + "\n")
    window.close()
    application.processEvents()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
