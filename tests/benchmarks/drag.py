"""What a drag costs on the screen: a point of 200 and of 10,000 on the Loss tab, a logit of 32 on the Softmax tab.

    python -m tests.benchmarks.drag [ROUNDS]

From the hand's move to everything painted, the map of the loss with it. Wants a screen, also a virtual one.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

MOVES = 60


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def timed(move: Callable[[int], None]) -> list[float]:
    """ms of each of MOVES moves with all that they paint."""
    times = []
    for number in range(MOVES):
        begun = time.perf_counter()
        move(number)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        times.append((time.perf_counter() - begun) * 1e3)
        wait(20)  # what was begun beside the thread may end
    return times


def say(name: str, times: list[float]) -> None:
    median, slow, slowest = np.median(times), np.quantile(times, 0.99), max(times)
    print(f"{name:48} median {median:6.2f} ms   p99 {slow:6.2f}   slowest {slowest:6.2f}")  # noqa: T201


def main() -> None:
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    from gradviz.app.application import collect_garbage, create
    from gradviz.core.line_recipe import LineRecipe, generated, line_preset
    from gradviz.views.loss.tab import LossTab
    from gradviz.views.softmax.tab import SoftmaxTab
    from gradviz.views.tabs import TABS

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    _, window = create(["gradviz", "--language", "en", "--tab", "loss"])
    window.resize(1280, 800)
    window.show()
    while not window.torch_loader.is_ready:
        wait(50)
    collector = collect_garbage()  # as in the program
    loss = window.current_tab
    assert isinstance(loss, LossTab)
    loss.show_whole_setup(type(loss.setup)(line_preset("many").data(), 0.5, 0.5))
    loss.plot.choose(70)  # as a press does
    wait(5000)  # the other tabs are built meanwhile

    def drag_point(number: int) -> None:
        loss.plot.point_moved.emit(70, 1.0 + number / 60, 4.0 - number / 15)

    for _ in range(rounds):
        say("a point of 200 dragged, painted", timed(drag_point))
    loss.show_whole_setup(type(loss.setup)(generated(LineRecipe(count=10_000, seed=1)), 0.5, 0.5))
    loss.plot.choose(70)
    wait(500)
    for _ in range(rounds):
        say("a point of 10,000 dragged, painted", timed(drag_point))
    for _ in range(rounds):
        say("a line through 10,000 moved, painted", timed(lambda number: loss._on_line_moved(number / 20, 1.0)))

    window.tabs.setCurrentIndex([record.key for record in TABS].index("softmax"))
    wait(500)
    softmax = window.current_tab
    assert isinstance(softmax, SoftmaxTab)
    softmax.panel.set_setup(softmax.panel.setup.with_count(32))
    softmax.panel.changed.emit()
    wait(500)
    for _ in range(rounds):
        moved = timed(lambda number: softmax.panel.table.logit_dragged.emit(3, number / 20))
        say("a logit of 32 dragged, painted", moved)
    window.close()
    wait(300)
    collector.timer.stop()


if __name__ == "__main__":
    main()
