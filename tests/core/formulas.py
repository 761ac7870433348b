"""Formulas for the tests: what each means in Python's own mathematics, and texts that must be refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Meaning = Callable[[float, float], float]


@dataclass(frozen=True)
class Sample:
    """A formula, its meaning written by hand, and the square in which it has values and slopes."""

    text: str
    meaning: Meaning
    low: float = -2.0
    high: float = 2.0
    smooth: bool = True


def softplus(u: float) -> float:
    return math.log1p(math.exp(-abs(u))) + max(u, 0.0)


def sigmoid(u: float) -> float:
    return 0.5 * (1.0 + math.tanh(0.5 * u))


CORPUS = (
    Sample("(x^2+y-11)^2+(x+y^2-7)^2", lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2),
    Sample("100(y-x^2)^2+(1-x)^2", lambda x, y: 100 * (y - x * x) ** 2 + (1 - x) ** 2),
    Sample("1.5 + .5*x - 1e-3*y", lambda x, y: 1.5 + 0.5 * x - 0.001 * y),
    Sample("3", lambda x, y: 3.0),
    Sample("pi*e", lambda x, y: math.pi * math.e),
    Sample("-x^2", lambda x, y: -(x * x)),
    Sample("2^-x", lambda x, y: 2.0 ** (-x)),
    Sample("2**3**0.5*x", lambda x, y: 2.0 ** (3.0**0.5) * x),
    Sample("x-(y-1)-(-3)", lambda x, y: x - y + 4),
    Sample("x/(y*2)", lambda x, y: x / (2 * y), 0.5, 2.0),
    Sample("x/y/2", lambda x, y: x / y / 2, 0.5, 2.0),
    Sample("x/(y/2)", lambda x, y: 2 * x / y, 0.5, 2.0),
    Sample("x^-1.5 + y^(1/3)", lambda x, y: x**-1.5 + y ** (1 / 3), 0.5, 2.0),
    Sample("x^y", lambda x, y: x**y, 0.5, 2.0),
    Sample("x^y^2", lambda x, y: x ** (y * y), 0.5, 2.0),
    Sample("pow(x, 3) + 2x·y − 3×y²", lambda x, y: x**3 + 2 * x * y - 3 * y * y),
    Sample("2(x+1) + 2sin(x) + 2π*y ÷ 3", lambda x, y: 2 * (x + 1) + 2 * math.sin(x) + 2 * math.pi * y / 3),
    Sample("sin(x)*cos(y) + tan(x/3)", lambda x, y: math.sin(x) * math.cos(y) + math.tan(x / 3)),
    Sample("asin(x/3)+acos(y/3)*atan(x)", lambda x, y: math.asin(x / 3) + math.acos(y / 3) * math.atan(x)),
    Sample("sinh(x)+cosh(y)*tanh(x*y)", lambda x, y: math.sinh(x) + math.cosh(y) * math.tanh(x * y)),
    Sample("asinh(x)+acosh(y+4)", lambda x, y: math.asinh(x) + math.acosh(y + 4)),
    Sample("atanh(x/3)*exp(-y^2/2)", lambda x, y: math.atanh(x / 3) * math.exp(-y * y / 2)),
    Sample("expm1(x)+log1p(y)", lambda x, y: math.expm1(x) + math.log1p(y), -0.5, 2.0),
    Sample("ln(x)*log2(y)+log10(x*y)", lambda x, y: math.log(x) * math.log2(y) + math.log10(x * y), 0.5, 3.0),
    Sample("sqrt(x)+√(y+x)", lambda x, y: math.sqrt(x) + math.sqrt(x + y), 0.1, 3.0),
    Sample("|x|*abs(y)+||x|-3|", lambda x, y: abs(x) * abs(y) + abs(abs(x) - 3), smooth=False),
    Sample("sign(x)*floor(y)+ceil(x)", lambda x, y: math.copysign(1, x) * math.floor(y) + math.ceil(x), smooth=False),
    Sample("sigmoid(3x)+softplus(-20y)", lambda x, y: sigmoid(3 * x) + softplus(-20 * y)),
    Sample("relu(x)*y", lambda x, y: max(x, 0.0) * y, smooth=False),
    Sample("erf(x)-erfc(y)", lambda x, y: math.erf(x) - math.erfc(y)),
    Sample("min(x,y)+max(x,y,1)", lambda x, y: min(x, y) + max(x, y, 1.0), smooth=False),
    Sample("atan2(y,x)+hypot(x,y)", lambda x, y: math.atan2(y, x) + math.hypot(x, y), 0.5, 2.0),
    Sample("where(x < 0, x^2, 9x^2) + y", lambda x, y: (x * x if x < 0 else 9 * x * x) + y, smooth=False),
    Sample(
        "where(-1 < x <= 1 and not (y > 0 or x == y), log(3 + x), where(x != 2, y, 2))",
        lambda x, y: math.log(3 + x) if -1 < x <= 1 and not (y > 0 or x == y) else y,
        smooth=False,
    ),
    Sample(
        "where(x > 0, sqrt(x), sqrt(-x)*y)", lambda x, y: math.sqrt(x) if x > 0 else math.sqrt(-x) * y, smooth=False
    ),
    Sample("where(1 < 2, x, y)", lambda x, y: x),
    Sample(
        "-20exp(-0.2sqrt((x^2+y^2)/2))-exp((cos(2pi*x)+cos(2pi*y))/2)+e+20",
        lambda x, y: (
            -20 * math.exp(-0.2 * math.sqrt((x * x + y * y) / 2))
            - math.exp((math.cos(2 * math.pi * x) + math.cos(2 * math.pi * y)) / 2)
            + math.e
            + 20
        ),
        0.1,
        2.0,
    ),
)

# of x: where a derivative's numbers are put together, their product or sum is more, or less, than a float holds
OVERFLOWING: tuple[str, ...] = (
    "x*1e200*1e200",
    "(x*1e200)^2",
    "(x/1e-200)/1e-200",
    "x^1000*1e308",
    "x^-1000*1e308",
    "x/1e-320",
    "x*1e-200*1e-200",
    "-x*1e200*-1e200",
    "1e308*x + 1e308*x",
    "x*1e308 + x^2*9e307*2",
    "atan2(x, 1e200)",
    "hypot(x, 1e200)",
    "*".join(["9007199254740000*x"] * 25),
    "(" * 20 + "x" + "^1000)" * 20 + "^1000",
)

HOSTILE: tuple[str, ...] = (
    # attributes, subscripts, calls by name
    "x.real",
    "x.__class__",
    "().__class__.__bases__[0].__subclasses__()",
    "(1).__class__",
    "x.backward()",
    "torch.load(x)",
    "sin.__globals__",
    "sin.__call__(x)",
    "x[0]",
    "x[:]",
    "[x][0]",
    "{x: y}",
    "{1}",
    "__import__('os').system('true')",
    "__import__(x)",
    "__builtins__",
    "__class__",
    "_",
    "eval('x')",
    "exec(x)",
    "open(x)",
    "getattr(x, y)",
    "print(x)",
    "globals()",
    "vars()",
    "breakpoint()",
    "exit()",
    "x(1)",
    "pi(1)",
    "sin(sin)(x)",
    "(sin)(x)",
    "(sin or cos)(x)",
    # statements and expressions of Python that are none of ours
    "lambda: x",
    "lambda x: x",
    "(lambda: x)()",
    "x if x else y",
    "[x for x in y]",
    "(x for x in y)",
    "x := 1",
    "(x := 1)",
    "x = 1",
    "f(x=1)",
    "sin(x=1)",
    "sin(*x)",
    "sin(**x)",
    "*x",
    "x; y",
    "x\ny",
    "x\r\ny",
    "x # y",
    "x\\\ny",
    "import os",
    "from os import path",
    "assert x",
    "del x",
    "yield x",
    "await x",
    "not x",
    "x is y",
    "x in y",
    "x and y",
    "x or 1",
    "x // y",
    "x % y",
    "x @ y",
    "x & y",
    "x << 1000000",
    "~x",
    "True",
    "None",
    "1j",
    "0x10",
    "1_000",
    "...",
    # strings and formats
    "'x'",
    '"x"',
    "f'{x}'",
    'f"{x.__class__}"',
    "b'x'",
    "'%s' % x",
    "'{0.__class__}'.format(x)",
    "{0.__class__}",
    "{}",
    "%s%n",
    "$(x)",
    "`x`",
    # what grows
    "9**9**9**9",
    "9^9^9^9^9",
    "2^100000",
    "x^1e308",
    "10^400",
    "(10^300)^2",
    "1e309",
    "1e" + "9" * 400,
    "9" * 400,
    "(" * 300 + "x" + ")" * 300,
    "(" * 10_000,
    "-" * 500 + "x",
    "x" + "^x" * 200,
    "not " * 140 + "x",
    "|" * 600,
    "sin(" * 120 + "x" + ")" * 120,
    "where(" * 100,
    "x+" * 299 + "x",
    "x<" * 299 + "x",
    "min(" + "x," * 250 + "x)",
    "x*" * 500_000 + "x",
    "x" * 1_000_000,
    "a" * 599,
    " " * 5_000_000,
    # signs that are not what they seem
    "х + 1",  # Cyrillic
    "х",
    "ѕіn(x)",
    "ｘ",
    "ｓｉｎ(x)",
    "（x)",
    "x＋1",
    "𝑥",
    "x\u200b",
    "\u202ex",
    "x\u0301",
    "\ufeffx",
    "１ + x",
    "٣*x",
    "x⁻¹",
    # signs that are none
    "\0",
    "x\0",
    "\x1b[31mx",
    "x\u2028y",
    "\ud800",
    "\U0010ffff",
    "x!",
    "x?",
    # no values
    "1/0",
    "0^-1",
    "sqrt(-1)",
    "log(0)",
    "(-8)^(1/3)",
    "",
    "   ",
)
