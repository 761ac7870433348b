"""What `gradviz race` is asked for, checked before anything runs."""

from __future__ import annotations

import argparse
import math
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gradviz.app.command_parser import CommandParser, Refused, joined, unknown
from gradviz.app.lane_arguments import lane_of, schedule_of, with_schedule
from gradviz.core.changes import Change
from gradviz.core.descent_request import (
    DEFAULT_TOLERANCE,
    SEED_HIGH,
    SILENCE,
    STEP_BUDGET_HIGH,
    DescentRequest,
    Lane,
    Noise,
)
from gradviz.core.devices import PRECISIONS, devices, trouble_with
from gradviz.core.export_data import WRITERS, ForeignFileError, read_recording
from gradviz.core.expression_text import ExpressionError
from gradviz.core.landscapes import LANDSCAPES, Box, Landscape, landscape
from gradviz.core.own_function import OwnFunction, OwnFunctionError, check_box
from gradviz.core.own_landscape import own_landscape
from gradviz.core.race_script import distinct_titles
from gradviz.core.whole_file import trouble_with_place

PICTURES = (".png", ".svg", ".pdf")
FILMS = (".gif", ".mp4")
PARTS = ("map", "surface", "loss", "gradient")
THEMES = ("light", "dark")
NUMBERS_OF = {"--start": 2, "--box": 4, "--noise": 1, "--tolerance": 1}
FARTHEST = 1e6  # as far as the window lets a start lie
NARROWEST, WIDEST = 200, 8000  # pixels of a picture
USUAL_STEPS, USUAL_DEVICE, USUAL_PRECISION = 2000, "cpu", "float32"
# what a recording knows itself; none of them has a default in the parser, so that one sees which were given
RECORDED = (
    *("landscape", "function", "box", "start", "optimizer", "schedule", "steps", "noise", "seed"),
    *("device", "precision", "tolerance", "stop_when_converged"),
)

EXAMPLES = """\
examples:
  gradviz race --landscape himmelblau --start -4 0 --optimizer adam:lr=1e-3 --steps 2000 --out race.csv
  gradviz race --landscape himmelblau --start -4 0 --optimizer adam --optimizer sgd:lr=0.01,momentum=0.9 --out race.gif
  gradviz race --function "x^2 + 20 y^2" --box -3 3 -3 3 --start 2 1 --optimizer sgd:lr=0.04 --out bowl.png
  gradviz race --again race.csv --out again.npz
"""


@dataclass(frozen=True, slots=True)
class RaceOrder:
    """A race, where it is written to, and how pictures of it look. `changes` are those of a race that is run again."""

    request: DescentRequest
    out: tuple[Path, ...]
    changes: tuple[Change, ...] = ()
    picture: str = "map"
    theme: str = "light"
    width: int = 1200
    seconds: float = 6.0


def parse_race(arguments: Sequence[str]) -> RaceOrder:
    """Reads what stands behind `gradviz race`. Exits with status 2 and one sentence on bad arguments."""
    parser = _parser()
    given = parser.parse_args(joined(arguments, NUMBERS_OF))
    try:
        for path in given.out:
            _check_out(path)
            if path.suffix.lower() in FILMS and given.picture != "map":
                raise Refused(f"an animation shows the map; leave --picture {given.picture} out for {path}")
        request, changes = _again(given) if given.again is not None else (_request(given), ())
    except Refused as refusal:
        parser.error(str(refusal))
    return RaceOrder(request, tuple(given.out), changes, given.picture, given.theme, given.width, given.seconds)


def _parser() -> CommandParser:
    parser = CommandParser("gradviz race", "Runs optimizers from one start, without a window.", EXAMPLES)
    parser.add_argument("--landscape", metavar="KEY", help="what to descend on; gradviz list landscapes")
    parser.add_argument("--function", metavar="FORMULA", help="a function of x and y of your own, with --box")
    parser.add_argument("--box", type=_numbers("--box", 4), metavar="LEFT RIGHT BOTTOM TOP", help="where it is shown")
    parser.add_argument(
        "--start", type=_numbers("--start", 2), metavar="X Y", help="where all of them begin; the landscape has one"
    )
    parser.add_argument(
        "--optimizer",
        action="append",
        metavar="KEY[:NAME=VALUE,…]",
        help="a lane of the race, as often as you like; gradviz list optimizers",
    )
    parser.add_argument("--schedule", metavar="KEY[:NAME=VALUE,…]", help="of every learning rate")
    parser.add_argument("--steps", type=_steps, metavar="N", help=f"{USUAL_STEPS} unless given")
    parser.add_argument("--noise", type=_noise, metavar="SIGMA[,RELATIVE]", help="on every gradient")
    parser.add_argument("--seed", type=_seed, metavar="N", help="of the noise; 0 unless given")
    parser.add_argument("--device", metavar="NAME", help=f"cuda:0, mps; {USUAL_DEVICE} unless given")
    parser.add_argument("--precision", metavar="NAME", help=" or ".join(PRECISIONS))
    parser.add_argument("--tolerance", type=_tolerance, metavar="NORM", help="of a gradient that is taken for zero")
    parser.add_argument("--stop-when-converged", action="store_true", default=None, help="not only at the last step")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run again what a CSV or NPZ file recorded")
    parser.add_argument(
        "--out", type=Path, action="append", default=[], metavar="FILE", help="csv, npz, png, svg, pdf, gif or mp4"
    )
    parser.add_argument("--picture", choices=PARTS, default="map", help="what a picture shows")
    parser.add_argument("--theme", choices=THEMES, default="light", help="of pictures and animations")
    parser.add_argument("--width", type=_width, default=1200, metavar="PIXELS", help="of pictures and animations")
    parser.add_argument("--seconds", type=_seconds, default=6.0, metavar="S", help="that an animation takes")
    return parser


# -- the request


def _request(given: argparse.Namespace) -> DescentRequest:
    lanes = tuple(lane_of(text) for text in given.optimizer or ())
    if not lanes:
        raise Refused("there is no --optimizer to race, such as --optimizer adam:lr=1e-3")
    for name, value in zip("xy", given.start or (), strict=given.start is not None):
        if abs(value) > FARTHEST:
            raise Refused(f"{name} of the start is {value:g}; it must lie between {-FARTHEST:g} and {FARTHEST:g}")
    steps = given.steps or USUAL_STEPS
    if given.schedule is not None:
        lanes = with_schedule(lanes, schedule_of(given.schedule), steps)
    device = "cuda:0" if given.device == "cuda" else given.device or USUAL_DEVICE
    precision = given.precision or USUAL_PRECISION
    _check_device(device, precision)
    descended = _landscape(given)
    return DescentRequest(
        landscape=descended,
        start=given.start or descended.start,
        lanes=_looking_different(lanes),
        steps=steps,
        device=device,
        precision=precision,
        stop_when_converged=bool(given.stop_when_converged),
        tolerance=DEFAULT_TOLERANCE if given.tolerance is None else given.tolerance,
        noise=replace(given.noise or SILENCE, seed=given.seed or 0),
    )


def _looking_different(lanes: tuple[Lane, ...]) -> tuple[Lane, ...]:
    """The lanes with a look each, and with their values as names where two would be called the same."""
    named = zip(lanes, distinct_titles(lanes), strict=True)
    return tuple(
        replace(lane, look=look, name="" if name == lane.title else name) for look, (lane, name) in enumerate(named)
    )


def _landscape(given: argparse.Namespace) -> Landscape:
    if given.function is None:
        if given.box is not None:
            raise Refused("--box belongs to --function; a landscape has its own")
        if given.landscape is None:
            raise Refused("--landscape is missing; gradviz list landscapes shows what there is")
        keys = [entry.key for entry in LANDSCAPES]
        if given.landscape not in keys:
            raise unknown("landscape", given.landscape, keys, "gradviz list landscapes")
        return landscape(given.landscape)
    if given.landscape is not None:
        raise Refused("--landscape and --function can't both be given")
    box = Box(*(given.box or (-5.0, 5.0, -5.0, 5.0)))
    try:
        check_box(box)
        return own_landscape(OwnFunction("f", given.function, box))
    except ExpressionError as error:
        raise Refused(f"--function: {error}, at character {error.position + 1} of {given.function!r}") from error
    except OwnFunctionError as error:
        raise Refused(f"--function: {error}") from error


def _check_device(device: str, precision: str) -> None:
    if precision not in PRECISIONS:
        raise unknown("precision", precision, PRECISIONS)
    keys = [found.key for found in devices()]
    if device not in keys:
        raise unknown("device", device, keys)
    trouble = trouble_with(device, precision)
    if trouble is not None:
        raise Refused(f"{device} can't be used with {precision}: {trouble}")


def _again(given: argparse.Namespace) -> tuple[DescentRequest, tuple[Change, ...]]:
    others = [f"--{name.replace('_', '-')}" for name in RECORDED if getattr(given, name) is not None]
    if others:
        raise Refused(f"--again takes everything from the file; leave {' and '.join(others)} out")
    try:
        recording = read_recording(given.again)
    except (OSError, ForeignFileError) as error:
        raise Refused(f"--again {given.again}: {error}") from error
    _check_device(recording.request.device, recording.request.precision)
    return recording.request, tuple(recording.changes)


# -- files


def _check_out(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix not in (known := (*WRITERS, *PICTURES, *FILMS)):
        raise Refused(f"--out {path} must end in {', '.join(known[:-1])} or {known[-1]}")
    trouble = trouble_with_place(path)
    if trouble is not None:
        raise Refused(f"--out: {trouble}")
    if suffix == ".gif" and find_spec("PIL") is None:
        raise Refused("--out: a GIF needs Pillow, which is not installed: pip install pillow")
    if suffix == ".mp4" and shutil.which("ffmpeg") is None:
        raise Refused("--out: an MP4 needs the program ffmpeg, which is not on the PATH; a .gif does without")


# -- single values


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Refused(f"{text!r} is no finite number")
    return value


def _numbers(option: str, count: int) -> Callable[[str], tuple[float, ...]]:
    def read(text: str) -> tuple[float, ...]:
        parts = text.split()
        if len(parts) != count:
            raise Refused(f"{option} takes {count} numbers, not {len(parts)}")
        return tuple(_number(part) for part in parts)

    return read


def _whole(name: str, low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            value: Any = int(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise Refused(f"{name} is {text}; it must be a whole number from {low} to {high}")
        return int(value)

    return read


_steps = _whole("--steps", 1, STEP_BUDGET_HIGH)
_seed = _whole("--seed", 0, SEED_HIGH)
_width = _whole("--width", NARROWEST, WIDEST)


def _tolerance(text: str) -> float:
    value = _number(text)
    if value < 0:
        raise Refused(f"--tolerance is {text}; it must not be negative")
    return value


def _seconds(text: str) -> float:
    value = _number(text)
    if not 0.5 <= value <= 120:
        raise Refused(f"--seconds is {text}; it must be from 0.5 to 120")
    return value


def _noise(text: str) -> Noise:
    parts = text.replace(",", " ").split()
    if not 1 <= len(parts) <= 2:
        raise Refused(f"--noise is {text!r}; it must be SIGMA or SIGMA,RELATIVE")
    values = [_number(part) for part in parts]
    if min(values) < 0:
        raise Refused(f"--noise is {text}; it must not be negative")
    return Noise(values[0], values[1] if len(values) == 2 else 0.0)
