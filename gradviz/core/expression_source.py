"""A formula's program written as Python: what «Copy as PyTorch» pastes. Only our own names and numbers get into it."""

from __future__ import annotations

from gradviz.core.expression_functions import BY_NAME
from gradviz.core.expression_program import LARGEST_WHOLE, Chosen, Held, Program, Step, constant_of
from gradviz.core.expression_tree import (
    Call,
    Comparison,
    Constant,
    Logic,
    Negative,
    Not,
    Number,
    Operation,
    Variable,
)

# how tightly Python binds: parentheses stand where a part binds less than its place asks for
CONDITION, SUM, PRODUCT, SIGN, POWER, ATOM = range(6)
_STRENGTH = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER}


def source_lines(name: str, program: Program) -> str:
    """The definition of a function `name` of the program's variables."""
    assigned, results = _parts(program)
    lines = [f"def {name}({', '.join(program.variables)}):", *(f"    {line}" for line in assigned)]
    return "\n".join([*lines, f"    return {', '.join(results)}"]) + "\n"


def statements(name: str, program: Program) -> list[str]:
    """The lines that give `name` the value of a program's only result, where its variables are known."""
    assigned, [result] = _parts(program)
    return [*assigned, f"{name} = {result}"]


def _parts(program: Program) -> tuple[list[str], list[str]]:
    """What is assigned before the results, a line each, and the results."""
    first = program.variables[0]
    lines = []
    for assignment in program.assignments:
        value = assignment.value
        if isinstance(value, Held):
            still = f"{value.variable}.detach()"
            pair = (value.variable, still) if value.taken else (still, value.variable)
            text = f"torch.where({value.condition}, {pair[0]}, {pair[1]})"
        else:
            text = _written(value, first)[0]
        lines.append(f"{assignment.name} = {text}")
    return lines, [_written(result, first)[0] for result in program.results]


def _written(step: Step, first: str) -> tuple[str, int]:
    """A step as Python, and how tightly it binds; `first` is a variable whose precision constants take."""
    if isinstance(step, Number):
        return repr(step.value), ATOM
    if isinstance(step, Constant):
        return f"torch.{step.name}", ATOM
    if isinstance(step, Variable):
        return step.name, ATOM
    if isinstance(step, Negative):
        return f"-{_within(step.operand, first, SIGN)}", SIGN
    if isinstance(step, Operation):
        return _operation(step, first)
    if isinstance(step, Call):
        record = BY_NAME[step.name]
        options = [f"{name}={value:g}" for name, value in record.options]
        arguments = [_as_tensor(argument, first) for argument in step.arguments]
        return f"torch.{record.torch}({', '.join(arguments + options)})", ATOM
    if isinstance(step, Chosen):
        first_text, second_text = _as_tensor(step.first, first), _as_tensor(step.second, first)
        return f"torch.where({step.condition}, {first_text}, {second_text})", ATOM
    if isinstance(step, Comparison):
        return f"{_beside(step.left, first, SUM)} {step.relation} {_beside(step.right, first, SUM)}", CONDITION
    if isinstance(step, Logic):
        sign = "&" if step.operator == "and" else "|"
        return f"({_written(step.left, first)[0]}) {sign} ({_written(step.right, first)[0]})", CONDITION
    if isinstance(step, Not):
        return f"~({_written(step.operand, first)[0]})", CONDITION
    raise TypeError(f"{step!r} is no step of a program")


def _operation(step: Operation, first: str) -> tuple[str, int]:
    strength = _STRENGTH[step.operator]
    if step.operator == "^":  # from right to left, and tighter than a sign before it
        return f"{_beside(step.left, first, ATOM)} ** {_beside(step.right, first, SIGN)}", strength
    if constant_of(step) is not None:  # between two constants a whole number would stay one: 1 // 3 is not meant
        left, right = _within(step.left, first, strength), _within(step.right, first, strength + 1)
    else:
        left, right = _beside(step.left, first, strength), _beside(step.right, first, strength + 1)
    return f"{left} {step.operator} {right}", strength


def _within(step: Step, first: str, strength: int) -> str:
    text, own = _written(step, first)
    return text if own >= strength else f"({text})"


def _beside(step: Step, first: str, strength: int) -> str:
    """An operand beside a tensor: there 2.0 may be written 2."""
    if isinstance(step, Number) and step.value.is_integer() and step.value < LARGEST_WHOLE:
        return str(int(step.value))
    if isinstance(step, Negative) and isinstance(step.operand, Number):
        text = f"-{_beside(step.operand, first, ATOM)}"
        return text if strength <= SIGN else f"({text})"
    return _within(step, first, strength)


def _as_tensor(step: Step, first: str) -> str:
    value = constant_of(step)
    return _written(step, first)[0] if value is None else f"{first}.new_full((), {value!r})"
