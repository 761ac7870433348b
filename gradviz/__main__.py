"""What `gradviz`, `python -m gradviz` and `python main.py` run."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130  # what a shell reports of a program that Ctrl+C ended
HEADLESS = {"race": "gradviz.app.race_command", "list": "gradviz.app.list_command"}  # commands that need no window


def hold_garbage_collection() -> None:
    """Until torch is there: a start makes a million objects and drops hardly one, a tenth of its time is the search."""
    gc.disable()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command without a window, or opens it; returns the exit status.

    `arguments` are those of the command line, the program's name first; bad ones exit with status 2.
    """
    arguments = sys.argv if arguments is None else arguments
    if len(arguments) > 1 and arguments[1] in HEADLESS:
        return run_headless(HEADLESS[arguments[1]], arguments[2:])
    hold_garbage_collection()
    from gradviz.app.application import main as open_window  # Qt comes after the line above

    return open_window(arguments)


def run_headless(module: str, arguments: Sequence[str]) -> int:
    """Runs a command on a terminal that may know fewer letters, or be a pipe that nobody reads any more."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # where it was replaced by something else
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        status: int = importlib.import_module(module).run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("gradviz: interrupted\n")
        return INTERRUPTED
    return status


if __name__ == "__main__":
    sys.exit(main())
