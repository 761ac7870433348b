"""Opens the installed program, waits until torch is there and the first descent has ended, looks at it, closes it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

import gradviz
from gradviz.app.application import create
from gradviz.app.resources import resource_path

LONGEST_MS = 120_000


def main() -> int:
    installed = Path(gradviz.__file__).parent
    assert "site-packages" in installed.parts, f"this is not the installed package: {installed}"
    assert resource_path("icons", "run.svg").is_relative_to(installed), "the wheel has no resources"
    application, window = create(["gradviz", "--language", "zh_CN", "--theme", "dark"])
    tab = window.current_tab
    assert tab.picture.transport.run.text() == "运行", "the wheel has no translation"
    assert not tab.picture.transport.run.icon().isNull(), "the wheel has no icons"
    tab.runner.ended.connect(lambda _: window.close())
    QTimer.singleShot(LONGEST_MS, lambda: application.exit(1))
    window.show()
    status = application.exec()
    lane = tab.runner.recording.lanes[0] if tab.runner.recording is not None else None
    steps, ending = (lane.steps, lane.ending) if lane is not None else (0, None)
    sys.stdout.write(f"closed with status {status} after {steps} steps: {ending}\n")
    return status if lane is not None and lane.ending is not None else 1


if __name__ == "__main__":
    sys.exit(main())
