"""Landscapes that ripple: a bowl or a plane with waves on it, full of minima that are not the lowest."""

from __future__ import annotations

from typing import Any

from gradviz.core.deferred_torch import torch
from gradviz.core.landscape import Box, Landscape, Minimum


def rastrigin(x: Any, y: Any) -> Any:
    """20 + x² + y² − 10 (cos 2πx + cos 2πy); shapes (...), (...) -> (...).

    Source: L. A. Rastrigin, Systems of Extremal Control, Nauka 1974.
    """
    waves = torch.cos(2 * torch.pi * x) + torch.cos(2 * torch.pi * y)
    return 20 + x * x + y * y - 10 * waves


def rastrigin_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of rastrigin."""
    wave = 20 * torch.pi
    return 2 * x + wave * torch.sin(2 * torch.pi * x), 2 * y + wave * torch.sin(2 * torch.pi * y)


RASTRIGIN = Landscape(
    key="rastrigin",
    title="Rastrigin",
    function=rastrigin,
    gradient=rastrigin_gradient,
    latex=r"f(x, y) = 20 + x^2 + y^2 - 10\,(\cos 2\pi x + \cos 2\pi y)",
    gradient_latex=(r"\nabla f = \begin{pmatrix} 2x + 20\pi \sin 2\pi x \\ 2y + 20\pi \sin 2\pi y \end{pmatrix}"),
    plain="f(x, y) = 20 + x² + y² − 10·(cos(2π·x) + cos(2π·y))",
    box=Box(-5.12, 5.12, -5.12, 5.12),
    minima=(
        Minimum(0.0, 0.0),
        Minimum(0.994958637652, 0.0, 0.994959057093291),
        Minimum(-0.994958637652, 0.0, 0.994959057093291),
        Minimum(0.0, 0.994958637652, 0.994959057093291),
        Minimum(0.0, -0.994958637652, 0.994959057093291),
    ),
    lowest=0.0,
    logarithmic=False,
    start=(-3.3, 2.3),
    source="L. A. Rastrigin, Systems of Extremal Control, Nauka 1974",
)


def ackley(x: Any, y: Any) -> Any:
    """−20 exp(−0.2 √((x² + y²)/2)) − exp((cos 2πx + cos 2πy)/2) + e + 20; shapes (...), (...) -> (...).

    Source: D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer 1987.
    """
    # at 0 the square root has no gradient and would give NaN; cut off there, it gives 0
    r = torch.sqrt((x * x + y * y).clamp(min=1e-30))
    waves = torch.cos(2 * torch.pi * x) + torch.cos(2 * torch.pi * y)
    return 20 + torch.e - 20 * torch.exp(-0.2 / 2**0.5 * r) - torch.exp(waves / 2)


ACKLEY = Landscape(
    key="ackley",
    title="Ackley",
    function=ackley,
    latex=(
        r"\begin{aligned} f(x, y) = {} & 20 - 20\,e^{-0.2 \sqrt{(x^2 + y^2)/2}} \\"
        r" & {} + e - e^{(\cos 2\pi x + \cos 2\pi y)/2} \end{aligned}"
    ),
    plain="f(x, y) = 20 − 20·exp(−0.2·√((x² + y²)/2)) + e − exp((cos(2π·x) + cos(2π·y))/2)",
    box=Box(-5.0, 5.0, -5.0, 5.0),
    minima=(Minimum(0.0, 0.0),),
    lowest=0.0,
    logarithmic=False,
    start=(-3.2, 2.6),
    source="D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer 1987",
    smooth_at_minima=False,  # a cone
)


def griewank(x: Any, y: Any) -> Any:
    """1 + (x² + y²)/4000 − cos x · cos(y/√(2)); shapes (...), (...) -> (...).

    Source: A. O. Griewank, Journal of Optimization Theory and Applications 34 (1981), 11-39.
    """
    return 1 + (x * x + y * y) / 4000 - torch.cos(x) * torch.cos(y / 2**0.5)


def griewank_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of griewank."""
    v = y / 2**0.5
    return (
        x / 2000 + torch.sin(x) * torch.cos(v),
        y / 2000 + torch.cos(x) * torch.sin(v) / 2**0.5,
    )


GRIEWANK = Landscape(
    key="griewank",
    title="Griewank",
    function=griewank,
    gradient=griewank_gradient,
    latex=r"f(x, y) = 1 + \frac{x^2 + y^2}{4000} - \cos x \, \cos\frac{y}{\sqrt{2}}",
    gradient_latex=(
        r"\nabla f = \begin{pmatrix} \frac{x}{2000} + \sin x \, \cos\frac{y}{\sqrt{2}} \\"
        r" \frac{y}{2000} + \frac{1}{\sqrt{2}} \cos x \, \sin\frac{y}{\sqrt{2}} \end{pmatrix}"
    ),
    plain="f(x, y) = 1 + (x² + y²)/4000 − cos(x)·cos(y/√(2))",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(
        Minimum(0.0, 0.0),
        Minimum(3.1400226339, 4.43844448092, 0.00739604033411508),
        Minimum(-3.1400226339, 4.43844448092, 0.00739604033411508),
        Minimum(3.1400226339, -4.43844448092, 0.00739604033411508),
        Minimum(-3.1400226339, -4.43844448092, 0.00739604033411508),
    ),
    lowest=0.0,
    logarithmic=False,
    start=(-7.5, 6.0),
    source="A. O. Griewank, Journal of Optimization Theory and Applications 34 (1981), 11-39",
)


def levy_13(x: Any, y: Any) -> Any:
    """sin²3πx + (x − 1)² (1 + sin²3πy) + (y − 1)² (1 + sin²2πy); shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, Levy function N. 13.
    """
    a, b = x - 1, y - 1
    p = torch.sin(3 * torch.pi * x)
    q = torch.sin(3 * torch.pi * y)
    r = torch.sin(2 * torch.pi * y)
    return p * p + a * a * (1 + q * q) + b * b * (1 + r * r)


LEVY_13 = Landscape(
    key="levy_13",
    title="Lévy 13",
    function=levy_13,
    latex=(
        r"\begin{aligned} f(x, y) = {} & \sin^2 3\pi x + (x - 1)^2 (1 + \sin^2 3\pi y) \\"
        r" & {} + (y - 1)^2 (1 + \sin^2 2\pi y) \end{aligned}"
    ),
    plain="f(x, y) = sin(3π·x)² + (x − 1)²·(1 + sin(3π·y)²) + (y − 1)²·(1 + sin(2π·y)²)",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(Minimum(1.0, 1.0),),
    lowest=0.0,
    logarithmic=False,
    start=(-6.0, 5.2),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, Levy function N. 13",
)


def bohachevsky_1(x: Any, y: Any) -> Any:
    """x² + 2y² − 0.3 cos 3πx − 0.4 cos 4πy + 0.7; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 11.
    """
    return x * x + 2 * (y * y) - 0.3 * torch.cos(3 * torch.pi * x) - 0.4 * torch.cos(4 * torch.pi * y) + 0.7


def bohachevsky_1_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of bohachevsky_1."""
    return (
        2 * x + 0.9 * torch.pi * torch.sin(3 * torch.pi * x),
        4 * y + 1.6 * torch.pi * torch.sin(4 * torch.pi * y),
    )


BOHACHEVSKY_1 = Landscape(
    key="bohachevsky_1",
    title="Bohachevsky 1",
    function=bohachevsky_1,
    gradient=bohachevsky_1_gradient,
    latex=(
        r"\begin{aligned} f(x, y) = {} & x^2 + 2y^2 - 0.3 \cos 3\pi x \\"
        r" & {} - 0.4 \cos 4\pi y + 0.7 \end{aligned}"
    ),
    gradient_latex=(r"\nabla f = \begin{pmatrix} 2x + 0.9\,\pi \sin 3\pi x \\ 4y + 1.6\,\pi \sin 4\pi y \end{pmatrix}"),
    plain="f(x, y) = x² + 2·y² − 0.3·cos(3π·x) − 0.4·cos(4π·y) + 0.7",
    box=Box(-2.0, 2.0, -2.0, 2.0),
    minima=(Minimum(0.0, 0.0),),
    lowest=0.0,
    logarithmic=False,
    start=(-1.5, 1.2),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 11",
)


def mccormick(x: Any, y: Any) -> Any:
    """sin(x + y) + (x − y)² − 1.5x + 2.5y + 1; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 75.
    """
    d = x - y
    return torch.sin(x + y) + d * d - 1.5 * x + 2.5 * y + 1


def mccormick_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of mccormick."""
    wave, slope = torch.cos(x + y), 2 * (x - y)
    return wave + slope - 1.5, wave - slope + 2.5


MCCORMICK = Landscape(
    key="mccormick",
    title="McCormick",
    function=mccormick,
    gradient=mccormick_gradient,
    latex=r"f(x, y) = \sin(x + y) + (x - y)^2 - 1.5\,x + 2.5\,y + 1",
    gradient_latex=(
        r"\nabla f = \begin{pmatrix} \cos(x + y) + 2\,(x - y) - 1.5 \\"
        r" \cos(x + y) - 2\,(x - y) + 2.5 \end{pmatrix}"
    ),
    plain="f(x, y) = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1",
    box=Box(-1.5, 4.0, -3.0, 4.0),
    minima=(
        Minimum(-0.547197551197, -1.5471975512, -1.91322295498104),
        Minimum(2.59439510239, 1.59439510239, 1.22836969860876),
    ),
    lowest=-1.91322295498104,
    logarithmic=True,
    start=(3.5, -1.0),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 75",
)


def drop_wave(x: Any, y: Any) -> Any:
    """−(1 + cos 12r)/(r²/2 + 2) with r = √(x² + y²); shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, drop-wave function.
    """
    # at 0 the square root has no gradient and would give NaN; cut off there, it gives 0
    r = torch.sqrt((x * x + y * y).clamp(min=1e-30))
    return -(1 + torch.cos(12 * r)) / (r * r / 2 + 2)


DROP_WAVE = Landscape(
    key="drop_wave",
    title="Drop-wave",
    function=drop_wave,
    latex=r"f(x, y) = -\frac{1 + \cos 12\,r}{\frac{1}{2} r^2 + 2}, \quad r = \sqrt{x^2 + y^2}",
    plain="f(x, y) = −(1 + cos(12·√(x² + y²)))/((x² + y²)/2 + 2)",
    box=Box(-5.12, 5.12, -5.12, 5.12),
    minima=(Minimum(0.0, 0.0, -1.0),),
    lowest=-1.0,
    logarithmic=False,
    start=(-2.4, 1.7),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, drop-wave function",
)


def schaffer_4(x: Any, y: Any) -> Any:
    """½ + (cos²(sin|x² − y²|) − ½)/(1 + 0.001 (x² + y²))²; shapes (...), (...) -> (...).

    Source: Surjanovic & Bingham, Virtual Library of Simulation Experiments, Schaffer function N. 4.
    """
    xx, yy = x * x, y * y
    wave = torch.cos(torch.sin(torch.abs(xx - yy)))
    fading = 1 + 0.001 * (xx + yy)
    return 0.5 + (wave * wave - 0.5) / (fading * fading)


SCHAFFER_4 = Landscape(
    key="schaffer_4",
    title="Schaffer 4",
    function=schaffer_4,
    latex=(
        r"f(x, y) = \frac{1}{2} + \frac{\cos^2\left(\sin\left|x^2 - y^2\right|\right) - \frac{1}{2}}"
        r"{\left(1 + 0.001\,(x^2 + y^2)\right)^2}"
    ),
    plain="f(x, y) = 0.5 + (cos(sin(|x² − y²|))² − 0.5)/(1 + 0.001·(x² + y²))²",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(
        Minimum(0.0, 1.25313183146, 0.292578632035981),
        Minimum(0.0, -1.25313183146, 0.292578632035981),
        Minimum(1.25313183146, 0.0, 0.292578632035981),
        Minimum(-1.25313183146, 0.0, 0.292578632035981),
    ),
    lowest=0.292578632035981,
    logarithmic=False,
    start=(-4.0, 2.6),
    source="Surjanovic & Bingham, Virtual Library of Simulation Experiments, Schaffer function N. 4",
)
