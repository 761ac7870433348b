"""Copy as PyTorch for a race: one script in which every lane walks its recorded path, one after the other.

Its lanes share a function `descend`; schedules, noise, mini-batches and what was changed while the race ran are in it
only where there are any.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from dataclasses import replace

from gradviz.core.changes import Change
from gradviz.core.descent_request import CONSTANT, DescentRequest, Lane, Noise
from gradviz.core.descent_script import descent_script, source_of
from gradviz.core.mini_batch import batches_changed, sampler_of
from gradviz.core.optimizers import optimizer
from gradviz.core.schedules import CYCLED, schedule_record

LONGEST_LINE = 100

_RACE = """\
import torch


{definition}

def descend(name, steps, build{parameters}):
    point = torch.tensor([{x!r}, {y!r}], dtype=torch.{precision}, device="{device}", requires_grad=True)
    optimizer = build([point])
{setup}
    def closure():
        optimizer.zero_grad()
        value = {function}(*point.unbind(){rows})
        value.backward()
{noisy}        return value

    for step in range(steps):
{before}        f = optimizer.step(closure)
{after}        if step % {every} == 0:
            print(f"{{name}}, step {{step}}: x = {{point.tolist()}}, f(x) = {{f.item()}}")
    print(f"{{name}} after {{steps}} steps: x = {{point.tolist()}}, f(x) = {{{function}(*point.unbind()).item()}}")


{calls}
"""

_SCHEDULER = "    scheduler = build_scheduler(optimizer) if build_scheduler else None\n"

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

_CHANGE = """\
        if step in changes:  # what was changed while it ran
            values, reschedule = changes[step]
            optimizer.param_groups[0].update(values)
            if reschedule:
                for trace in ("initial_lr", "max_lr", "min_lr", "base_momentum", "max_momentum"):
                    optimizer.param_groups[0].pop(trace, None)
                scheduler = reschedule(optimizer)
"""

_BATCHES = """\
    shuffle = torch.Generator().manual_seed({seed})  # every lane sees the same batches
    epoch = iter(())
"""

_DRAW_BATCH = """\
        rows = next(epoch, None)
        if rows is None:
            epoch = iter(torch.randperm(len(all_x), generator=shuffle).split({size}))
            rows = next(epoch)
"""

_CHANGING_BATCHES = """\
    batches = {{{plans}}}  # from each step on: size and seed of the mini-batches, None for all points
    size, epoch = None, iter(())
"""

_DRAW_CHANGING_BATCH = """\
        if step in batches:
            size, seed = batches[step] or (None, 0)
            shuffle, epoch = torch.Generator().manual_seed(seed), iter(())
        rows = slice(None) if size is None else next(epoch, None)
        if rows is None:
            epoch = iter(torch.randperm(len(all_x), generator=shuffle).split(size))
            rows = next(epoch)
"""

_GENERATOR = '    generator = torch.Generator("{device}").manual_seed({seed})  # every lane sees the same noise\n'

_DRAW = '        z = torch.randn(2, generator=generator, dtype=torch.{precision}, device="{device}")\n'

_ABSOLUTE_NOISE = "        point.grad = point.grad + {sigma} * z\n"

_RELATIVE_NOISE = """\
        gx, gy = point.grad.unbind()
        point.grad = point.grad + ({sigma} + {relative} * (gx * gx + gy * gy).sqrt()) * z
"""

_CHANGING_NOISE = """\
        if relative:
            gx, gy = point.grad.unbind()
            point.grad = point.grad + (sigma + relative * (gx * gx + gy * gy).sqrt()) * z
        elif sigma:
            point.grad = point.grad + sigma * z
"""

_CHANGING_SETUP = """\
    noise = {{{levels}}}  # from each step on: sigma, relative, and a new generator or None
    generator, z = None, None
"""

_CHANGING_DRAW = """\
        if step in noise:
            sigma, relative, seed = noise[step]
            if seed is not None:
                generator = torch.Generator("{device}").manual_seed(seed)
        if sigma or relative:
            z = torch.randn(2, generator=generator, dtype=torch.{precision}, device="{device}")
"""


def whole_script(
    request: DescentRequest, steps: Sequence[int], device: str, every: int, changes: Sequence[Change] = ()
) -> str:
    """The script of all lanes, lane i for `steps[i]` steps, in the shortest form that walks the same paths."""
    [first, *others] = request.lanes
    is_plain = request.noise.is_silent and sampler_of(request) is None
    if others or changes or first.schedule != CONSTANT or not is_plain:
        return race_script(request, steps, device, every, changes)
    return descent_script(request, first, steps[0], device, every)


def race_script(
    request: DescentRequest, steps: Sequence[int], device: str, every: int, changes: Sequence[Change] = ()
) -> str:
    """The script of all lanes one after the other, each with its schedule and all with the same noise."""
    requests = [request, *(change.request for change in changes)]
    schedules = [schedule_record(lane.schedule.key) for asked in requests for lane in asked.lanes]
    scheduled = bool(changes) or any(schedule.class_name for schedule in schedules)
    needs_metric = any(schedule.needs_metric for schedule in schedules)
    setup, noisy, draw = _noise_parts(request, changes, device)
    of_batches, draw_batch = _batch_parts(request, changes)
    setup, draw = of_batches + setup, draw_batch + draw
    return _RACE.format(
        definition=source_of(request.landscape.function),
        x=request.start[0],
        y=request.start[1],
        precision=request.precision,
        device=device,
        function=request.landscape.function.__name__,
        every=every,
        parameters=(", build_scheduler=None" if scheduled else "") + (", changes={}" if changes else ""),
        setup=setup + (_SCHEDULER if scheduled else ""),
        noisy=noisy,
        rows=", rows" if draw_batch else "",
        before=(_CHANGE if changes else "") + draw,
        after="" if not scheduled else _METRIC_STEP if needs_metric else _SCHEDULER_STEP,
        calls="\n".join(
            _lane_call(number, name, count, request, changes)
            for number, (name, count) in enumerate(zip(distinct_titles(request.lanes), steps, strict=True))
        ),
    )


def distinct_titles(lanes: Sequence[Lane]) -> list[str]:
    """What the lanes are called where nothing but the name tells them apart: two of one title say their values."""
    titles = [lane.title for lane in lanes]
    return [
        title if titles.count(title) == 1 else f"{title} ({optimizer(lane.optimizer).arguments(dict(lane.values))})"
        for title, lane in zip(titles, lanes, strict=True)
    ]


# -- mini-batches


def _batch_parts(request: DescentRequest, changes: Sequence[Change]) -> tuple[str, str]:
    """What stands before the loop and at the beginning of a step; nothing where every step sees all points."""
    changed = batches_changed(request.batches, changes)
    if changed:
        requests = [(step, replace(request, batches=batches)) for step, batches in [(0, request.batches), *changed]]
        written = ", ".join(f"{step}: {_size_and_seed(asked)}" for step, asked in requests)
        return _CHANGING_BATCHES.format(plans=written), _DRAW_CHANGING_BATCH
    if request.batches is None or sampler_of(request) is None:
        return "", ""
    return _BATCHES.format(seed=request.batches.seed), _DRAW_BATCH.format(size=request.batches.size)


def _size_and_seed(request: DescentRequest) -> tuple[int, int] | None:
    batches = request.batches
    return None if batches is None or sampler_of(request) is None else (batches.size, batches.seed)


# -- noise


def _noise_parts(request: DescentRequest, changes: Sequence[Change], device: str) -> tuple[str, str, str]:
    """What stands before the loop, in the closure and at the beginning of a step."""
    noise, places = request.noise, {"device": device, "precision": request.precision}
    if any(change.request.noise != noise for change in changes):
        return _CHANGING_SETUP.format(levels=_levels(noise, changes)), _CHANGING_NOISE, _CHANGING_DRAW.format(**places)
    if noise.is_silent:
        return "", "", ""
    formula = _RELATIVE_NOISE if noise.relative else _ABSOLUTE_NOISE
    noisy = formula.format(sigma=noise.sigma, relative=noise.relative)
    return _GENERATOR.format(**places, seed=noise.seed), noisy, _DRAW.format(**places)


def _levels(noise: Noise, changes: Sequence[Change]) -> str:
    """The noise from each step on; another seed begins a new generator."""
    levels = [f"0: ({noise.sigma}, {noise.relative}, {noise.seed})"]
    for change in changes:
        before, noise = noise, change.request.noise
        if noise != before:
            seed = noise.seed if noise.seed != before.seed else None
            levels.append(f"{change.step}: ({noise.sigma}, {noise.relative}, {seed})")
    return ", ".join(levels)


# -- lanes


def _lane_call(number: int, name: str, steps: int, request: DescentRequest, changes: Sequence[Change]) -> str:
    lane = request.lanes[number]
    record = optimizer(lane.optimizer)
    arguments = ", ".join(part for part in ("point", record.arguments(dict(lane.values))) if part)
    parts = [repr(name), str(steps), f"lambda point: torch.optim.{record.class_name}({arguments})"]
    if schedule_record(lane.schedule.key).class_name:
        parts.append(f"build_scheduler={_scheduler(lane, request.steps)}")
    changed = _changes_of(number, request, changes)
    if changed:
        parts.append(f"changes={{{', '.join(changed)}}}")
    joined = ", ".join(parts)
    return f"descend({joined})" if len(joined) < LONGEST_LINE else "descend(\n    {},\n)".format(",\n    ".join(parts))


def _scheduler(lane: Lane, budget: int) -> str:
    """A function that constructs the lane's scheduler, with what torch would not assume by itself."""
    record = schedule_record(lane.schedule.key)
    if not record.class_name:
        return "lambda optimizer: None"
    arguments = record.resolved(dict(lane.schedule.values), budget, float(lane.value("lr")))
    own = {name: p.default for name, p in inspect.signature(record.torch_class.__init__).parameters.items()}
    told = ["optimizer", *(f"{name}={value!r}" for name, value in arguments.items() if own[name] != value)]
    return f"lambda optimizer: torch.optim.lr_scheduler.{record.class_name}({', '.join(told)})"


def _changes_of(number: int, request: DescentRequest, changes: Sequence[Change]) -> list[str]:
    """Step, new values and new scheduler for each change of one lane, as `LaneRun.change` takes them."""
    lane, found = request.lanes[number], []
    for change in changes:
        before, lane = lane, change.request.lanes[number]
        rescheduled = lane.schedule != before.schedule or lane.value("lr") != before.value("lr")
        values = {
            name: value
            for name, value in lane.values
            if value != before.value(name) or (rescheduled and name in (*CYCLED, "lr"))
        }
        if values:
            scheduler = _scheduler(lane, request.steps - change.step) if rescheduled else None
            found.append(f"{change.step}: ({values!r}, {scheduler})")
    return found
