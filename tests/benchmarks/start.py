"""How long a start takes, against what no program of this kind can do without.

Prints one JSON line a figure, each a median of ratios of pairs: process start to the window on the screen, against
importing PySide6 and pyqtgraph and showing an empty window; process start to ready to run, against a bare import of
torch with its first optimizer. Needs a display.

    python -m tests.benchmarks.start [PAIRS]
"""

from __future__ import annotations

import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLONE = Path(__file__).resolve().parents[2]

EMPTY_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
application = QApplication([])
window = QMainWindow()
window.show()
def poll():
    if window.windowHandle().isExposed():
        print("shown", flush=True)
        application.quit()
timer = QTimer(interval=1)
timer.timeout.connect(poll)
timer.start()
application.exec()
"""

BARE_TORCH = """
import torch
point = torch.zeros(2, requires_grad=True)
optimizer = torch.optim.Adam([point])
point.square().sum().backward()
optimizer.step()
print("ready", flush=True)
"""

PROGRAM = """
from gradviz.__main__ import hold_garbage_collection
hold_garbage_collection()
from PySide6.QtCore import QTimer
from gradviz.app.application import create
application, window = create(["gradviz", "--language", "en", "--theme", "light"])
window.show()
def poll():
    if window.windowHandle().isExposed():
        print("shown", flush=True)
        timer.stop()
timer = QTimer(interval=1)
timer.timeout.connect(poll)
timer.start()
def ready():
    assert window.current_tab.picture.transport.run.isEnabled()
    print("ready", flush=True)
    window.close()
window.torch_loader.ready.connect(ready)
application.exec()
"""


def seconds_until(code: str, words: tuple[str, ...]) -> dict[str, float]:
    """When, after the process was started, it printed each of these words."""
    with tempfile.TemporaryDirectory() as home:
        settings = Path(home) / "config" / "settings.json"
        settings.parent.mkdir()
        settings.write_text('{"version": 1, "started_before": true}')
        begun = time.perf_counter()
        environment = dict(os.environ, GRADVIZ_HOME=home)
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=CLONE, env=environment
        )
        assert process.stdout is not None
        times = {line.strip(): time.perf_counter() - begun for line in process.stdout}
        process.wait()
    return {word: times[word] for word in words}


def main(pairs: int) -> None:
    compileall.compile_dir(CLONE / "gradviz", quiet=1)  # as it is where it was installed
    for code, words in ((EMPTY_WINDOW, ("shown",)), (BARE_TORCH, ("ready",)), (PROGRAM, ("shown", "ready"))):
        seconds_until(code, words)  # from the disk into memory
    shown: list[tuple[float, float]] = []
    ready: list[tuple[float, float]] = []
    for _ in range(pairs):
        ours = seconds_until(PROGRAM, ("shown", "ready"))
        shown.append((ours["shown"], seconds_until(EMPTY_WINDOW, ("shown",))["shown"]))
        ready.append((ours["ready"], seconds_until(BARE_TORCH, ("ready",))["ready"]))
    for name, taken in (("window on screen / empty window", shown), ("ready to run / bare torch", ready)):
        ratios = [ours / base for ours, base in taken]
        figure = {
            "figure": name,
            "ratio": round(statistics.median(ratios), 3),
            "pairs": [round(ratio, 3) for ratio in ratios],
            "ours_s": round(statistics.median(ours for ours, _ in taken), 3),
            "base_s": round(statistics.median(base for _, base in taken), 3),
        }
        sys.stdout.write(json.dumps(figure) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
