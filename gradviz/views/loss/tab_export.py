"""The script that leaves the Loss tab: it runs by itself."""

from __future__ import annotations

import re

from gradviz.core.descent_script import source_of
from gradviz.core.line_setup import LineSetup, line_script
from gradviz.core.race_script import whole_script
from gradviz.core.recording import Recording

LINES_IN_SCRIPT = 20  # of a descent, that its script prints

_TELL = """

# the descent
def tell(title, point):
    w, b = point.tolist()
    print(f"{title}: w = {w:.9g}, b = {b:.9g}, L = {loss(*point.unbind()).item():.9g}")


"""
_PRINTED = re.compile(r'print\(f"([^"\n]*?): x = [^\n]*\)')


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
    script = whole_script(descent.request, steps, "cpu", every, descent.changes)
    # torch and the loss stand above already
    walk = script.removeprefix("import torch").lstrip().removeprefix(source_of(descent.request.landscape.function))
    return f"{text}{_TELL}{_as_the_tab_tells(walk).lstrip()}"


def _as_the_tab_tells(walk: str) -> str:
    """A script of a descent that prints w, b and the loss of all points after each step, as they stand on the screen.

    The script of a race prints the value that the optimizer saw: that of a batch, before its step.
    """
    walk = _PRINTED.sub(lambda found: f'tell(f"{found[1]}", point)', walk)
    return walk.replace("if step % ", "if (step + 1) % ").replace("step {step}", "step {step + 1}")
