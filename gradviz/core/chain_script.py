"""Copy as PyTorch: the lines as a script that runs by itself and prints every value and every derivative."""

from __future__ import annotations

import keyword
from collections.abc import Mapping

from gradviz.core.chain_graph import ChainGraph
from gradviz.core.expression_program import program_of
from gradviz.core.expression_source import statements
from gradviz.core.expression_tree import Node, Variable, variables_of, with_parts

_TAKEN = ("torch", "print", "name", "value", "gradient")  # names that the script itself uses

_SCRIPT = """\
import torch

{inputs}

{lines}

{keep}{output}.backward()
print("d{title}/d…: value, gradient")
for name, value in {shown}.items():
    gradient = 0.0 if value.grad is None else value.grad.item()
    print(f"{{name}}: {{value.item():.10g}}, {{gradient:.10g}}")
"""


def chain_script(graph: ChainGraph, inputs: Mapping[str, float], output: int) -> str:
    """The script of the lines up to the output, which is not an input.

    It prints «name: value, gradient» for every input and every line, in the graph's order. Names that mean something to
    Python get an underscore.
    """
    assignments = graph.assignments
    written = _written_names(assignments.names)
    names = [written[name] for name in assignments.inputs]
    created = [
        f"{name} = torch.tensor({inputs[own]!r}, dtype=torch.float64, requires_grad=True)"
        for name, own in zip(names, assignments.inputs, strict=True)
    ]
    lines: list[str] = []
    kept: list[str] = []
    last = written[graph.nodes[output].name]
    for line in assignments.lines:
        lines += _lines(line.name, line.tree, written, tuple(written.values()))
        if not isinstance(line.tree, Variable) and written[line.name] != last:
            kept.append(written[line.name])
    shown = ", ".join(f'"{own}": {name}' for own, name in written.items())
    keep = "".join(f"{name}.retain_grad()\n" for name in (*kept, last))
    return _SCRIPT.format(
        inputs="\n".join(created),
        lines="\n".join(lines),
        keep=keep,
        output=last,
        title=graph.nodes[output].name,
        shown=f"{{{shown}}}",
    )


def _lines(name: str, tree: Node, written: Mapping[str, str], variables: tuple[str, ...]) -> list[str]:
    parts: dict[str, Node] = {own: Variable(written[own]) for own in variables_of(tree)}
    tree = with_parts(tree, parts)
    if isinstance(tree, Variable):
        return [f"{written[name]} = {tree.name}"]
    # a constant takes its precision from the first variable, which therefore is one that is known by now
    first = sorted(variables_of(tree))
    program = program_of((tree,), (*first, *(variable for variable in variables if variable not in first)))
    return statements(written[name], program)


def _written_names(names: tuple[str, ...]) -> dict[str, str]:
    written: dict[str, str] = {}
    for name in names:
        python = name
        # __builtins__ is a name that is printed by, too
        is_special = keyword.iskeyword(name) or name in _TAKEN or name.startswith("__")
        while is_special and (python == name or python in names):
            python += "_"
        written[name] = python
    return written
