"""Random programs of the formula language for the tests, seeded: each with values at which all of it is smooth."""

from __future__ import annotations

import random

# functions that have a finite slope for every argument; the others stand with an argument that suits them
_ANYWHERE = ("sin", "cos", "tanh", "sigmoid", "softplus", "atan", "asinh", "erf", "relu", "abs", "exp")
_ELSEWHERE = ("log(1 + {0}^2)", "sqrt(2 + sin({0}))", "1/(2 + cos({0}))", "min({0}, {1})", "max({1}, {0})")
_OTHERS = ("where({0} < {1}, {1}*{0}, sin({0}))", "hypot({0}, 1 + {1}^2)", "(1.5 + tanh({0}))^{1}")
_POWERS = ("-{0}^3", "2^({0}/4)", "({0}^2 + 1)^-0.5")


def random_program(seed: int) -> tuple[str, dict[str, float]]:
    """A text of one to six lines, and values for its inputs."""
    draw = random.Random(seed)
    names = [f"x{n}" for n in range(1, draw.randint(2, 5))]
    values = {name: round(draw.uniform(-1.5, 1.5), 3) + 0.0001 * n for n, name in enumerate(names)}
    lines = []
    for number in range(1, draw.randint(1, 6) + 1):
        lines.append(f"y{number} = {_formula(draw, names, draw.randint(1, 3))} + {names[-1]}/8")
        names.append(f"y{number}")
    return "\n".join(lines), values


def _formula(draw: random.Random, names: list[str], depth: int) -> str:
    if depth == 0:
        # what was computed last, rather than an input: chains and values used twice
        return draw.choice([*names, *names[-2:]]) if draw.random() < 0.85 else str(draw.randint(1, 9) / 4)
    first, second = (_formula(draw, names, depth - 1) for _ in range(2))
    kind = draw.random()
    if kind < 0.5:
        return f"({first} {draw.choice('+-*')} {second})"
    if kind < 0.75:
        return f"{draw.choice(_ANYWHERE)}({first}*{draw.choice(names)}/2)"
    template = draw.choice((*_ELSEWHERE, *_OTHERS, *_POWERS))
    return "(" + template.format(f"({draw.choice(names)} + {first}/4)", f"({second})") + ")"
