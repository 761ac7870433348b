"""Copy as PyTorch: a script that runs by itself and walks the same path as a recorded descent.

This is the course's own script, for one lane at a constant rate; `race_script` has the longer one for all others.
"""

from __future__ import annotations

import ast
import inspect
import textwrap

from gradviz.core.descent_request import DescentRequest, Lane
from gradviz.core.expression_torch import Formula
from gradviz.core.landscape import Function
from gradviz.core.line_loss import LineLoss
from gradviz.core.optimizers import optimizer

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
    if isinstance(function, Formula | LineLoss):
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
