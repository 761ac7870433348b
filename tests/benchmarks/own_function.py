"""A formula typed into the shown window: how long until its picture is on the screen.

Prints one JSON line a figure: the median time from Enter behind a typed formula to its map painted (parsing, gradient,
samples, heights, level lines, painting), and the time in which the slowest of the hostile texts is refused. Needs a
display. While somebody types, the pause that the program waits for (PAUSE_MS) comes on top.

    python -m tests.benchmarks.own_function [ROUNDS]
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time

FORMULAS = (
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "sin({0}*x)*cos(y)",
    "where(x < 0, x^2, {0}x^2) + |y|",
    "-20exp(-0.2sqrt((x^2+y^2)/2))-exp((cos(2pi*x)+cos(2pi*y))/{0})+e+20",
    "log(1 + {0}x^2 + 10y^2)",
    "sqrt(x) + {0}y^2",
)


def main(rounds: int) -> None:
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    from PySide6.QtCore import QEventLoop, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QComboBox, QLineEdit

    from gradviz.app.application import create

    application, window = create(["gradviz", "--language", "en", "--theme", "light"])
    window.show()
    tab = window.current_tab
    loop = QEventLoop()

    def wait_until(condition: object, timeout_s: float = 20.0) -> None:
        end = time.perf_counter() + timeout_s
        while not condition() and time.perf_counter() < end:
            QTimer.singleShot(1, loop.quit)
            loop.exec()

    tab.runner.ended.connect(loop.quit)
    loop.exec()  # the first start runs the course by itself: this one warms up
    combo = tab.findChild(QComboBox, "descent.landscape")
    combo.setCurrentIndex(combo.findData("own"))
    field = tab.findChild(QLineEdit, "descent.own.formula")
    plot = tab.picture.map
    wait_until(lambda: plot._relief._drawn is not None and plot._relief._drawn.landscape_key == tab.setup.landscape.key)

    painted = []
    for number in range(rounds):
        for template in FORMULAS:
            field.setText(template.format(number + 2) + f" + {number}")
            before = tab.setup.landscape.key
            begun = time.perf_counter()
            QTest.keyClick(field, Qt.Key.Key_Return)
            wait_until(
                lambda before=before: (
                    tab.setup.landscape.key != before
                    and plot._relief._drawn is not None
                    and plot._relief._drawn.landscape_key == tab.setup.landscape.key
                )
            )
            plot.viewport().repaint()
            painted.append((time.perf_counter() - begun) * 1000)
    refused = slowest_refusal()
    figures = {
        "own function typed to first picture, ms": {
            "median": round(statistics.median(painted), 1),
            "longest": round(max(painted), 1),
            "shortest": round(min(painted), 1),
            "pictures": len(painted),
        },
        "slowest hostile text refused, ms": refused,
    }
    for name, figure in figures.items():
        sys.stdout.write(json.dumps({"figure": name} | figure) + "\n")
    window.close()
    application.processEvents()


def slowest_refusal() -> dict[str, object]:
    """The longest of the hostile texts' times, each the shortest of three."""
    from gradviz.core.expression import parse
    from gradviz.core.expression_text import ExpressionError
    from tests.core.formulas import HOSTILE

    times = {}
    for text in HOSTILE:
        runs = []
        for _ in range(3):
            begun = time.perf_counter()
            try:
                parse(text, ("x", "y"))
            except ExpressionError as error:
                error.with_caret()
                runs.append((time.perf_counter() - begun) * 1000)
        times[text] = min(runs)
    slowest = max(times, key=lambda text: times[text])
    return {"ms": round(times[slowest], 3), "texts": len(times), "text": ascii(slowest[:40])}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
