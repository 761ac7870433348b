"""What leaves the Loss tab: a script that runs by itself, and a table."""

from __future__ import annotations

from pathlib import Path

from gradviz.core.line_setup import LineSetup, export_line, line_script
from gradviz.core.race_script import whole_script
from gradviz.core.recording import Recording

LINES_IN_SCRIPT = 20  # of a descent, that its script prints


def script_of(setup: LineSetup, descent: Recording | None) -> str:
    """The numbers of a line, and the steps of a descent that began on it.

    Raises:
        LineDataError: there are no points.
    """
    text = line_script(setup)
    if descent is None or not descent.steps:
        return text
    every = max(descent.steps // LINES_IN_SCRIPT, 1)
    steps = [lane.steps for lane in descent.lanes]
    return f"{text}\n\n# the descent\n{whole_script(descent.request, steps, 'cpu', every, descent.changes)}"


def exported(setup: LineSetup, descent: Recording | None, path: Path) -> Exception | None:
    """Writes the table; why the place can't be written, None if it was."""
    try:
        export_line(setup, path, descent)
    except (OSError, ValueError) as error:
        return error
    return None
