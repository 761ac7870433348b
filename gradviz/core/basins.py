"""Polynomial landscapes with several basins, and the saddles, which have none."""

from __future__ import annotations

from typing import Any

from gradviz.core.landscape import Box, Landscape, Minimum


def himmelblau(x: Any, y: Any) -> Any:
    """(x² + y − 11)² + (x + y² − 7)²; shapes (...), (...) -> (...).

    Source: D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill 1972, problem 10.
    """
    a = x**2 + y - 11
    b = x + y * y - 7
    # The page writes a ** 2 and y ** 2. The products have the same bits, gradient included, in half the backward
    # pass's time; x * x has not: autograd would add the parts of ∂f/∂x in another order than it does for x ** 2.
    return a * a + b * b


def himmelblau_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of himmelblau in closed form; shapes (...), (...) -> (...), (...)."""
    a = x**2 + y - 11
    b = x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


HIMMELBLAU = Landscape(
    key="himmelblau",
    title="Himmelblau",
    function=himmelblau,
    gradient=himmelblau_gradient,
    latex=r"f(x, y) = (x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    gradient_latex=(
        r"\nabla f = \begin{pmatrix} 4x\,(x^2 + y - 11) + 2\,(x + y^2 - 7) \\"
        r" 2\,(x^2 + y - 11) + 4y\,(x + y^2 - 7) \end{pmatrix}"
    ),
    plain="f(x, y) = (x² + y − 11)² + (x + y² − 7)²",
    box=Box(-6.0, 6.0, -6.0, 6.0),
    minima=(
        Minimum(3.0, 2.0),
        Minimum(-2.80511808695, 3.13131251825),
        Minimum(-3.77931025338, -3.28318599129),
        Minimum(3.58442834033, -1.84812652696),
    ),
    lowest=0.0,
    logarithmic=True,
    start=(-4.0, 0.0),  # the course's
    source="D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill 1972",
    operators_only=True,
)


def six_hump_camel(x: Any, y: Any) -> Any:
    """(4 − 2.1x² + x⁴/3) x² + xy + (4y² − 4) y²; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 30.
    """
    xx, yy = x * x, y * y
    return (4 - 2.1 * xx + xx * xx / 3) * xx + x * y + (4 * yy - 4) * yy


def six_hump_camel_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of six_hump_camel."""
    xx = x * x
    return (8 - 8.4 * xx + 2 * (xx * xx)) * x + y, x + (16 * (y * y) - 8) * y


SIX_HUMP_CAMEL = Landscape(
    key="six_hump_camel",
    title="Six-hump camel",
    function=six_hump_camel,
    gradient=six_hump_camel_gradient,
    latex=(
        r"\begin{aligned} f(x, y) = {} & \left(4 - 2.1\,x^2 + \frac{x^4}{3}\right) x^2 + xy \\"
        r" & {} + (4y^2 - 4)\,y^2 \end{aligned}"
    ),
    gradient_latex=r"\nabla f = \begin{pmatrix} 8x - 8.4\,x^3 + 2x^5 + y \\ x - 8y + 16\,y^3 \end{pmatrix}",
    plain="f(x, y) = (4 − 2.1·x² + x⁴/3)·x² + x·y + (4·y² − 4)·y²",
    box=Box(-3.0, 3.0, -2.0, 2.0),
    minima=(
        Minimum(0.0898420131003, -0.712656403021, -1.03162845348988),
        Minimum(-0.0898420131003, 0.712656403021, -1.03162845348988),
        Minimum(1.70360671497, -0.796083568673, -0.215463824383718),
        Minimum(-1.70360671497, 0.796083568673, -0.215463824383718),
        Minimum(1.6071047529202, 0.568651454884131, 2.10425031031126),
        Minimum(-1.6071047529202, -0.568651454884131, 2.10425031031126),
    ),
    lowest=-1.03162845348988,
    logarithmic=True,
    start=(-2.0, 1.6),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 30",
    operators_only=True,
)


def three_hump_camel(x: Any, y: Any) -> Any:
    """2x² − 1.05x⁴ + x⁶/6 + xy + y²; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 29.
    """
    xx = x * x
    return (2 - 1.05 * xx + xx * xx / 6) * xx + x * y + y * y


def three_hump_camel_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of three_hump_camel."""
    xx = x * x
    return (4 - 4.2 * xx + xx * xx) * x + y, x + 2 * y


THREE_HUMP_CAMEL = Landscape(
    key="three_hump_camel",
    title="Three-hump camel",
    function=three_hump_camel,
    gradient=three_hump_camel_gradient,
    latex=r"f(x, y) = 2x^2 - 1.05\,x^4 + \frac{x^6}{6} + xy + y^2",
    gradient_latex=r"\nabla f = \begin{pmatrix} 4x - 4.2\,x^3 + x^5 + y \\ x + 2y \end{pmatrix}",
    plain="f(x, y) = 2·x² − 1.05·x⁴ + x⁶/6 + x·y + y²",
    box=Box(-5.0, 5.0, -5.0, 5.0),
    minima=(
        Minimum(0.0, 0.0),
        Minimum(1.74755234583, -0.873776172915, 0.298638442236861),
        Minimum(-1.74755234583, 0.873776172915, 0.298638442236861),
    ),
    lowest=0.0,
    logarithmic=True,
    start=(-2.6, -3.0),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 29",
    operators_only=True,
)


def goldstein_price(x: Any, y: Any) -> Any:
    """[1 + (t+1)² (19 − 14t + 3t²)] · [30 + u² (18 − 16u + 3u²)], t = x + y, u = 2x − 3y; shapes (...), (...) -> (...).

    Source: Goldstein & Price, On descent from local minima, Mathematics of Computation 25 (1971), where the brackets
    are written out: 19 − 14x + 3x² − 14y + 6xy + 3y² and 18 − 32x + 12x² + 48y − 36xy + 27y².
    """
    t = x + y
    u = 2 * x - 3 * y
    s = t + 1
    return (1 + s * s * (19 - 14 * t + 3 * (t * t))) * (30 + u * u * (18 - 16 * u + 3 * (u * u)))


def goldstein_price_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of goldstein_price: each bracket's own derivative falls apart into linear factors."""
    t = x + y
    u = 2 * x - 3 * y
    s = t + 1
    a = 1 + s * s * (19 - 14 * t + 3 * (t * t))
    b = 30 + u * u * (18 - 16 * u + 3 * (u * u))
    along_t = 12 * s * (t - 1) * (t - 2) * b
    along_u = 12 * u * (u - 1) * (u - 3) * a
    return along_t + 2 * along_u, along_t - 3 * along_u


GOLDSTEIN_PRICE = Landscape(
    key="goldstein_price",
    title="Goldstein–Price",
    function=goldstein_price,
    gradient=goldstein_price_gradient,
    latex=(
        r"\begin{aligned} f(x, y) = {} & \left[1 + (t + 1)^2 (19 - 14t + 3t^2)\right] \\"
        r" & {} \cdot \left[30 + u^2 (18 - 16u + 3u^2)\right], \\"
        r" & t = x + y, \quad u = 2x - 3y \end{aligned}"
    ),
    gradient_latex=(
        r"\begin{aligned} f &= A(t)\,B(u), \quad t = x + y, \quad u = 2x - 3y \\"
        r" A' &= 12\,(t + 1)(t - 1)(t - 2), \quad B' = 12\,u\,(u - 1)(u - 3) \\"
        r" \nabla f &= \begin{pmatrix} A'B + 2AB' \\ A'B - 3AB' \end{pmatrix} \end{aligned}"
    ),
    plain=(
        "f(x, y) = (1 + (x + y + 1)²·(19 − 14·(x + y) + 3·(x + y)²))"
        "·(30 + (2·x − 3·y)²·(18 − 16·(2·x − 3·y) + 3·(2·x − 3·y)²))"
    ),
    box=Box(-2.0, 2.0, -2.0, 2.0),
    minima=(
        Minimum(0.0, -1.0, 3.0),
        Minimum(-0.6, -0.4, 30.0),
        Minimum(1.8, 0.2, 84.0),
        Minimum(1.2, 0.8, 840.0),
    ),
    lowest=3.0,
    logarithmic=True,
    start=(-1.5, 1.0),
    source="Goldstein & Price, Mathematics of Computation 25 (1971), 569-574",
    operators_only=True,
)


def styblinski_tang(x: Any, y: Any) -> Any:
    """½ (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y); shapes (...), (...) -> (...).

    Source: Styblinski & Tang, Neural Networks 3 (1990), 467-483.
    """
    xx, yy = x * x, y * y
    return ((xx - 16) * xx + 5 * x + (yy - 16) * yy + 5 * y) / 2


def styblinski_tang_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of styblinski_tang."""
    return (2 * (x * x) - 16) * x + 2.5, (2 * (y * y) - 16) * y + 2.5


STYBLINSKI_TANG = Landscape(
    key="styblinski_tang",
    title="Styblinski–Tang",
    function=styblinski_tang,
    gradient=styblinski_tang_gradient,
    latex=r"f(x, y) = \frac{1}{2}\,(x^4 - 16\,x^2 + 5x + y^4 - 16\,y^2 + 5y)",
    gradient_latex=r"\nabla f = \begin{pmatrix} 2x^3 - 16x + 2.5 \\ 2y^3 - 16y + 2.5 \end{pmatrix}",
    plain="f(x, y) = (x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)/2",
    box=Box(-5.0, 5.0, -5.0, 5.0),
    minima=(
        Minimum(-2.90353402777, -2.90353402777, -78.3323314075428),
        Minimum(2.74680277099, -2.90353402777, -64.1956123590554),
        Minimum(-2.90353402777, 2.74680277099, -64.1956123590554),
        Minimum(2.74680277099, 2.74680277099, -50.0588933105679),
    ),
    lowest=-78.3323314075428,
    logarithmic=True,
    start=(0.5, -0.5),
    source="Styblinski & Tang, Neural Networks 3 (1990), 467-483",
    operators_only=True,
)


def saddle(x: Any, y: Any) -> Any:
    """x² − y²; shapes (...), (...) -> (...)."""
    return x * x - y * y


def saddle_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of saddle."""
    return 2 * x, -2 * y


SADDLE = Landscape(
    key="saddle",
    title="Saddle",
    function=saddle,
    gradient=saddle_gradient,
    latex=r"f(x, y) = x^2 - y^2",
    gradient_latex=r"\nabla f = \begin{pmatrix} 2x \\ -2y \end{pmatrix}",
    plain="f(x, y) = x² − y²",
    box=Box(-2.0, 2.0, -2.0, 2.0),
    minima=(),
    lowest=-4.0,
    logarithmic=False,
    start=(-1.7, 0.01),
    source="the hyperbolic paraboloid, the plainest saddle point",
    operators_only=True,
)


def monkey_saddle(x: Any, y: Any) -> Any:
    """x³ − 3xy²; shapes (...), (...) -> (...).

    Source: Hilbert & Cohn-Vossen, Anschauliche Geometrie, 1932, § 29.
    """
    return x * (x * x - 3 * (y * y))


def monkey_saddle_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of monkey_saddle."""
    return 3 * (x * x - y * y), -6 * (x * y)


MONKEY_SADDLE = Landscape(
    key="monkey_saddle",
    title="Monkey saddle",
    function=monkey_saddle,
    gradient=monkey_saddle_gradient,
    latex=r"f(x, y) = x^3 - 3xy^2",
    gradient_latex=r"\nabla f = \begin{pmatrix} 3x^2 - 3y^2 \\ -6xy \end{pmatrix}",
    plain="f(x, y) = x³ − 3·x·y²",
    box=Box(-2.0, 2.0, -2.0, 2.0),
    minima=(),
    lowest=-16.0,
    logarithmic=False,
    start=(1.6, 0.05),
    source="Hilbert & Cohn-Vossen, Anschauliche Geometrie, 1932, § 29",
    operators_only=True,
)
