"""Landscapes whose minima are wells, steep or set apart, and those with edges between them."""

from __future__ import annotations

import math
from typing import Any

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Box, Landscape, Minimum


def two_wells(x: Any, y: Any) -> Any:
    """x² + y² − 2 exp(−((x − 1)² + y²)/0.2) − 3 exp(−((x + 1)² + y²)/0.2); shapes (...), (...) -> (...)."""
    yy = y * y
    right, left = x - 1, x + 1
    return x * x + yy - 2 * torch.exp(-5 * (right * right + yy)) - 3 * torch.exp(-5 * (left * left + yy))


def two_wells_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of two_wells."""
    yy = y * y
    right, left = x - 1, x + 1
    p = 20 * torch.exp(-5 * (right * right + yy))
    q = 30 * torch.exp(-5 * (left * left + yy))
    return 2 * x + p * right + q * left, y * (2 + p + q)


TWO_WELLS = Landscape(
    key="two_wells",
    title="Two wells",
    function=two_wells,
    gradient=two_wells_gradient,
    latex=r"f(x, y) = x^2 + y^2 - 2\,e^{-5((x - 1)^2 + y^2)} - 3\,e^{-5((x + 1)^2 + y^2)}",
    gradient_latex=(
        r"\begin{aligned} p &= 20\,e^{-5((x - 1)^2 + y^2)}, \quad q = 30\,e^{-5((x + 1)^2 + y^2)} \\"
        r" \nabla f &= \begin{pmatrix} 2x + p\,(x - 1) + q\,(x + 1) \\ (2 + p + q)\,y \end{pmatrix} \end{aligned}"
    ),
    plain="f(x, y) = x² + y² − 2 exp(−5((x − 1)² + y²)) − 3 exp(−5((x + 1)² + y²))",
    box=Box(-2.0, 2.0, -2.0, 2.0),
    minima=(
        Minimum(-0.936300634011, 0.0, -2.06309025176819),
        Minimum(0.90531789916, 0.0, -1.09273199920174),
    ),
    lowest=-2.06309025176819,
    logarithmic=False,
    start=(0.4, 1.7),
    source="a paraboloid with two Gaussian wells, of which the nearer is not always the deeper",
)


def easom(x: Any, y: Any) -> Any:
    """−cos x · cos y · exp(−(x − π)² − (y − π)²); shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 50.
    """
    a, b = x - torch.pi, y - torch.pi
    return -torch.cos(x) * torch.cos(y) * torch.exp(-(a * a) - b * b)


def easom_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of easom."""
    a, b = x - torch.pi, y - torch.pi
    bell = torch.exp(-(a * a) - b * b)
    p, q = torch.cos(x), torch.cos(y)
    return bell * q * (torch.sin(x) + 2 * a * p), bell * p * (torch.sin(y) + 2 * b * q)


EASOM = Landscape(
    key="easom",
    title="Easom",
    function=easom,
    gradient=easom_gradient,
    latex=r"f(x, y) = -\cos x \, \cos y \; e^{-(x - \pi)^2 - (y - \pi)^2}",
    gradient_latex=(
        r"\begin{aligned} g &= e^{-(x - \pi)^2 - (y - \pi)^2} \\"
        r" \nabla f &= \begin{pmatrix} g \cos y \, (\sin x + 2\,(x - \pi) \cos x) \\"
        r" g \cos x \, (\sin y + 2\,(y - \pi) \cos y) \end{pmatrix} \end{aligned}"
    ),
    plain="f(x, y) = −cos(x)·cos(y)·exp(−(x − π)² − (y − π)²)",
    box=Box(0.0, 2 * math.pi, 0.0, 2 * math.pi),
    minima=(Minimum(math.pi, math.pi, -1.0),),
    lowest=-1.0,
    logarithmic=False,
    start=(2.2, 4.4),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 50",
)


def branin(x: Any, y: Any) -> Any:
    """(y − 5.1x²/4π² + 5x/π − 6)² + 10 (1 − 1/8π) cos x + 10; shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, Branin function.
    """
    bend = y - 5.1 / (4 * torch.pi**2) * (x * x) + 5 / torch.pi * x - 6
    return bend * bend + 10 * (1 - 1 / (8 * torch.pi)) * torch.cos(x) + 10


def branin_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of branin."""
    twice = 2 * (y - 5.1 / (4 * torch.pi**2) * (x * x) + 5 / torch.pi * x - 6)
    along_x = 5 / torch.pi - 10.2 / (4 * torch.pi**2) * x
    return twice * along_x - 10 * (1 - 1 / (8 * torch.pi)) * torch.sin(x), twice


BRANIN = Landscape(
    key="branin",
    title="Branin",
    function=branin,
    gradient=branin_gradient,
    latex=(
        r"\begin{aligned} f(x, y) = {} & b^2 + 10\left(1 - \frac{1}{8\pi}\right) \cos x + 10, \\"
        r" b = {} & y - \frac{5.1}{4\pi^2}\,x^2 + \frac{5}{\pi}\,x - 6 \end{aligned}"
    ),
    gradient_latex=(
        r"\nabla f = \begin{pmatrix} 2b \left(\frac{5}{\pi} - \frac{10.2}{4\pi^2}\,x\right)"
        r" - 10\left(1 - \frac{1}{8\pi}\right) \sin x \\ 2b \end{pmatrix}"
    ),
    plain="f(x, y) = (y − 5.1·x²/(4·π²) + 5·x/π − 6)² + 10·(1 − 1/(8·π))·cos(x) + 10",
    box=Box(-5.0, 10.0, 0.0, 15.0),
    minima=(
        Minimum(-math.pi, 12.275, 0.397887357729738),
        Minimum(math.pi, 2.275, 0.397887357729738),
        Minimum(3 * math.pi, 2.475, 0.397887357729738),
    ),
    lowest=0.397887357729738,
    logarithmic=True,
    start=(4.5, 13.0),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, Branin function",
)


def michalewicz(x: Any, y: Any) -> Any:
    """−sin x · sin²⁰(x²/π) − sin y · sin²⁰(2y²/π); shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, Michalewicz function, m = 10.
    """
    p = torch.sin(x * x / torch.pi)
    q = torch.sin(2 * (y * y) / torch.pi)
    return -torch.sin(x) * p**20 - torch.sin(y) * q**20


MICHALEWICZ = Landscape(
    key="michalewicz",
    title="Michalewicz",
    function=michalewicz,
    latex=r"f(x, y) = -\sin x \, \sin^{20}\frac{x^2}{\pi} - \sin y \, \sin^{20}\frac{2y^2}{\pi}",
    plain="f(x, y) = −sin(x)·sin(x²/π)^20 − sin(y)·sin(2·y²/π)^20",
    box=Box(0.0, math.pi, 0.0, math.pi),
    minima=(
        Minimum(2.20290552017, math.pi / 2, -1.80130341009855),
        Minimum(2.20290552017, 2.71157148384, -1.21405951562082),
    ),
    lowest=-1.80130341009855,
    logarithmic=False,
    start=(1.85, 2.0),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, Michalewicz function, m = 10",
)


def schwefel(x: Any, y: Any) -> Any:
    """837.9657745448674 − x sin√|x| − y sin√|y|; shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, Schwefel function; the constant is such
    that the minimum's value is 0 to the last bit of float64.
    """
    # at 0 the square root has no gradient; x sin√|x| has, and it is 0 there
    p = torch.sqrt(torch.abs(x).clamp(min=1e-30))
    q = torch.sqrt(torch.abs(y).clamp(min=1e-30))
    return 837.9657745448674 - x * torch.sin(p) - y * torch.sin(q)


SCHWEFEL = Landscape(
    key="schwefel",
    title="Schwefel",
    function=schwefel,
    latex=(
        r"\begin{aligned} f(x, y) = {} & 837.9657745448674 \\"
        r" & {} - x \sin\sqrt{|x|} - y \sin\sqrt{|y|} \end{aligned}"
    ),
    plain="f(x, y) = 837.9657745448674 − x·sin(√(|x|)) − y·sin(√(|y|))",
    box=Box(-500.0, 500.0, -500.0, 500.0),
    minima=(Minimum(420.968746359982, 420.968746359982),),
    lowest=0.0,
    logarithmic=False,
    start=(-180.0, 260.0),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, Schwefel function",
)


def cross_in_tray(x: Any, y: Any) -> Any:
    """−0.0001 (|sin x · sin y · exp|100 − r/π|| + 1)^0.1 with r = √(x² + y²); shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 39.
    """
    # at 0 the square root has no gradient and would give NaN; cut off there, it gives 0
    r = torch.sqrt((x * x + y * y).clamp(min=1e-30))
    half = torch.abs(100 - r / torch.pi) / 2
    # e^100 overflows in float32: A e^g + 1 is written as e^(g/2) (A e^(g/2) + e^(-g/2))
    tray = torch.abs(torch.sin(x) * torch.sin(y) * torch.exp(half)) + torch.exp(-half)
    return -0.0001 * torch.exp(half / 10) * tray**0.1


CROSS_IN_TRAY = Landscape(
    key="cross_in_tray",
    title="Cross-in-tray",
    function=cross_in_tray,
    latex=(
        r"\begin{aligned} f(x, y) &= -0.0001 \left(\left|\sin x \, \sin y \; e^{|100 - r/\pi|}\right| + 1\right)^{0.1},"
        r" \\ r &= \sqrt{x^2 + y^2} \end{aligned}"
    ),
    plain="f(x, y) = −0.0001·(|sin(x)·sin(y)·exp(|100 − √(x² + y²)/π|)| + 1)^0.1",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(
        Minimum(1.34940661715, 1.34940661715, -2.06261187082274),
        Minimum(-1.34940661715, 1.34940661715, -2.06261187082274),
        Minimum(-1.34940661715, -1.34940661715, -2.06261187082274),
        Minimum(1.34940661715, -1.34940661715, -2.06261187082274),
    ),
    lowest=-2.06261187082274,
    logarithmic=False,
    start=(-5.2, 6.6),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 39",
)


def holder_table(x: Any, y: Any) -> Any:
    """−|sin x · cos y · exp|1 − r/π|| with r = √(x² + y²); shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, Holder table function.
    """
    # at 0 the square root has no gradient and would give NaN; cut off there, it gives 0
    r = torch.sqrt((x * x + y * y).clamp(min=1e-30))
    return -torch.abs(torch.sin(x) * torch.cos(y) * torch.exp(torch.abs(1 - r / torch.pi)))


HOLDER_TABLE = Landscape(
    key="holder_table",
    title="Hölder table",
    function=holder_table,
    latex=(r"f(x, y) = -\left|\sin x \, \cos y \; e^{|1 - r/\pi|}\right|, \quad r = \sqrt{x^2 + y^2}"),
    plain="f(x, y) = −|sin(x)·cos(y)·exp(|1 − √(x² + y²)/π|)|",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(
        Minimum(8.05502347574, 9.66459001924, -19.2085025678867),
        Minimum(-8.05502347574, 9.66459001924, -19.2085025678867),
        Minimum(-8.05502347574, -9.66459001924, -19.2085025678867),
        Minimum(8.05502347574, -9.66459001924, -19.2085025678867),
    ),
    lowest=-19.2085025678867,
    logarithmic=False,
    start=(-3.0, 4.5),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, Holder table function",
)
