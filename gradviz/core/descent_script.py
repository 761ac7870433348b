"""Copy as PyTorch: a script that runs by itself and walks the same path as a recorded descent.

A single lane gets the course's script; a race, a schedule or noise the longer one with a function `descend` that each
lane calls.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Sequence

from gradviz.core.descent_request import CONSTANT, DescentRequest, Lane
from gradviz.core.expression_torch import Formula
from gradviz.core.landscape import Function
from gradviz.core.optimizers import optimizer
from gradviz.core.schedules import schedule_record

LONGEST_LINE = 100

_CLOSURE_STEP = """\
def closure():
    optimizer.zero_grad()
    value = {function}(*point.unbind())
    value.backward()
    return value


for step in range({steps}):
    f = optimizer.step(closure)
"""

_PLAIN_STEP = """\
for step in range({steps}):
    f = {function}(*point.unbind())
    optimizer.zero_grad()
    f.backward()
    optimizer.step()
"""

_SCRIPT = """\
import torch


{definition}

point = torch.tensor([{x!r}, {y!r}], dtype=torch.{precision}, device="{device}", requires_grad=True)
optimizer = torch.optim.{class_name}({arguments})

{loop}
    if step % {every} == 0:
        print(f"step {{step}}: x = {{point.tolist()}}, f(x) = {{f.item()}}")

print(f"after {steps} steps: x = {{point.tolist()}}, f(x) = {{{function}(*point.unbind()).item()}}")
"""

_RACE = """\
import torch


{definition}

def descend(name, steps, build{scheduler_parameter}):
    point = torch.tensor([{x!r}, {y!r}], dtype=torch.{precision}, device="{device}", requires_grad=True)
    optimizer = build([point])
{setup}
    def closure():
        optimizer.zero_grad()
        value = {function}(*point.unbind())
        value.backward()
{noisy}        return value

    for step in range(steps):
{draw}        f = optimizer.step(closure)
{scheduler_step}        if step % {every} == 0:
            print(f"{{name}}, step {{step}}: x = {{point.tolist()}}, f(x) = {{f.item()}}")
    print(f"{{name}} after {{steps}} steps: x = {{point.tolist()}}, f(x) = {{{function}(*point.unbind()).item()}}")


{calls}
"""

_SCHEDULER_SETUP = "    scheduler = build_scheduler(optimizer) if build_scheduler else None\n"

_SCHEDULER_STEP = """\
        if scheduler:
            scheduler.step()
"""

_METRIC_STEP = """\
        if isinstance(scheduler, torch.optim.lr_scheduler.ReduceLROnPlateau):
            scheduler.step(f.item())
        elif scheduler:
            scheduler.step()
"""

_NOISE_SETUP = '    generator = torch.Generator("{device}").manual_seed({seed})  # every lane sees the same noise\n'

_NOISE_DRAW = '        z = torch.randn(2, generator=generator, dtype=torch.{precision}, device="{device}")\n'

_ABSOLUTE_NOISE = "        point.grad = point.grad + {sigma!r} * z\n"

_RELATIVE_NOISE = """\
        gx, gy = point.grad.unbind()
        point.grad = point.grad + ({sigma!r} + {relative!r} * (gx * gx + gy * gy).sqrt()) * z
"""


def whole_script(request: DescentRequest, steps: Sequence[int], device: str, every: int) -> str:
    """The script of all lanes, lane i for `steps[i]` steps, in the shortest form that walks the same paths."""
    [first, *others] = request.lanes
    if others or first.schedule != CONSTANT or not request.noise.is_silent:
        return race_script(request, steps, device, every)
    return descent_script(request, first, steps[0], device, every)


def race_script(request: DescentRequest, steps: Sequence[int], device: str, every: int) -> str:
    """The script of all lanes one after the other, each with its schedule and all with the same noise."""
    noise, function = request.noise, request.landscape.function.__name__
    schedules = [schedule_record(lane.schedule.key) for lane in request.lanes]
    scheduled = any(schedule.class_name for schedule in schedules)
    scheduler_step = _METRIC_STEP if any(schedule.needs_metric for schedule in schedules) else _SCHEDULER_STEP
    formula = _RELATIVE_NOISE if noise.relative else _ABSOLUTE_NOISE
    setup = "" if noise.is_silent else _NOISE_SETUP.format(device=device, seed=noise.seed)
    return _RACE.format(
        definition=source_of(request.landscape.function),
        x=request.start[0],
        y=request.start[1],
        precision=request.precision,
        device=device,
        function=function,
        every=every,
        scheduler_parameter=", build_scheduler=None" if scheduled else "",
        setup=setup + (_SCHEDULER_SETUP if scheduled else ""),
        noisy="" if noise.is_silent else formula.format(sigma=noise.sigma, relative=noise.relative),
        draw="" if noise.is_silent else _NOISE_DRAW.format(precision=request.precision, device=device),
        scheduler_step=scheduler_step if scheduled else "",
        calls="\n".join(
            _lane_call(name, lane, count, request.steps)
            for name, lane, count in zip(distinct_titles(request.lanes), request.lanes, steps, strict=True)
        ),
    )


def distinct_titles(lanes: Sequence[Lane]) -> list[str]:
    """What the lanes are called where nothing but the name tells them apart: two of one title say their values."""
    titles = [lane.title for lane in lanes]
    return [
        title if titles.count(title) == 1 else f"{title} ({optimizer(lane.optimizer).arguments(dict(lane.values))})"
        for title, lane in zip(titles, lanes, strict=True)
    ]


def _lane_call(name: str, lane: Lane, steps: int, budget: int) -> str:
    record = optimizer(lane.optimizer)
    arguments = ", ".join(part for part in ("point", record.arguments(dict(lane.values))) if part)
    build = f"lambda point: torch.optim.{record.class_name}({arguments})"
    parts = [repr(name), str(steps), build]
    if schedule_record(lane.schedule.key).class_name:
        parts.append(f"lambda optimizer: {_scheduler_call(lane, budget)}")
    joined = ", ".join(parts)
    return f"descend({joined})" if len(joined) < LONGEST_LINE else "descend(\n    {},\n)".format(",\n    ".join(parts))


def _scheduler_call(lane: Lane, budget: int) -> str:
    """The construction of the lane's scheduler over `optimizer`, with what torch would not assume by itself."""
    record = schedule_record(lane.schedule.key)
    arguments = record.resolved(dict(lane.schedule.values), budget, float(lane.value("lr")))
    own = {name: p.default for name, p in inspect.signature(record.torch_class.__init__).parameters.items()}
    told = ["optimizer", *(f"{name}={value!r}" for name, value in arguments.items() if own[name] != value)]
    return f"torch.optim.lr_scheduler.{record.class_name}({', '.join(told)})"


def descent_script(request: DescentRequest, lane: Lane, steps: int, device: str, every: int) -> str:
    """The script of one lane for `steps` steps on `device`, printing every `every` steps as the course's does."""
    record = optimizer(lane.optimizer)
    function = request.landscape.function
    loop = _CLOSURE_STEP if record.needs_closure else _PLAIN_STEP
    return _SCRIPT.format(
        definition=source_of(function),
        x=request.start[0],
        y=request.start[1],
        precision=request.precision,
        device=device,
        class_name=record.class_name,
        arguments=", ".join(part for part in ("[point]", record.arguments(dict(lane.values))) if part),
        loop=loop.format(function=function.__name__, steps=steps).rstrip(),
        steps=steps,
        every=every,
        function=function.__name__,
    )


def source_of(function: Function) -> str:
    """The function's own source without annotations, docstring and comments, ready to be pasted."""
    if isinstance(function, Formula):
        return function.source()
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        raise ValueError(f"{function!r} is not a plain function")
    if ast.get_docstring(definition) is not None:
        del definition.body[0]
    definition.returns = None
    for argument in definition.args.args:
        argument.annotation = None
    return ast.unparse(definition) + "\n"
