"""What `gradviz`, `python -m gradviz` and `python main.py` run."""

from __future__ import annotations

import gc
import sys


def hold_garbage_collection() -> None:
    """Until torch is there: a start makes a million objects and drops hardly one, a tenth of its time is the search."""
    gc.disable()


def main() -> int:
    """Opens the window; returns the exit status when it is closed."""
    hold_garbage_collection()
    from gradviz.app.application import main as open_window  # Qt comes after the line above

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
