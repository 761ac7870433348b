"""Landscapes with one way down: bowls and valleys, all of them polynomials."""

from __future__ import annotations

from typing import Any

from gradviz.core.landscape import Box, Landscape, Minimum


def sphere(x: Any, y: Any) -> Any:
    """x² + y²; shapes (...), (...) -> (...)."""
    return x * x + y * y


def sphere_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of sphere."""
    return 2 * x, 2 * y


SPHERE = Landscape(
    key="sphere",
    title="Sphere",
    function=sphere,
    gradient=sphere_gradient,
    latex=r"f(x, y) = x^2 + y^2",
    gradient_latex=r"\nabla f = \begin{pmatrix} 2x \\ 2y \end{pmatrix}",
    plain="f(x, y) = x² + y²",
    box=Box(-5.12, 5.12, -5.12, 5.12),
    minima=(Minimum(0.0, 0.0),),
    lowest=0.0,
    logarithmic=False,
    start=(-4.0, 3.0),
    source="K. A. De Jong, An Analysis of the Behavior of a Class of Genetic Adaptive Systems, 1975, F1",
    operators_only=True,
)


def ravine(x: Any, y: Any) -> Any:
    """(x² + 25y²)/2, whose curvatures are 1 and 25; shapes (...), (...) -> (...)."""
    return (x * x + 25 * (y * y)) / 2


def ravine_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of ravine."""
    return 1 * x, 25 * y


RAVINE = Landscape(
    key="ravine",
    title="Ravine",
    function=ravine,
    gradient=ravine_gradient,
    latex=r"f(x, y) = \frac{1}{2}\,(x^2 + 25\,y^2)",
    gradient_latex=r"\nabla f = \begin{pmatrix} x \\ 25\,y \end{pmatrix}",
    plain="f(x, y) = (x² + 25y²)/2",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(Minimum(0.0, 0.0),),
    lowest=0.0,
    logarithmic=True,
    start=(-9.0, 4.0),
    source="the quadratic of condition 25 on which momentum is explained: B. T. Polyak 1964",
    operators_only=True,
)


def booth(x: Any, y: Any) -> Any:
    """(x + 2y − 7)² + (2x + y − 5)²; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 17.
    """
    a = x + 2 * y - 7
    b = 2 * x + y - 5
    return a * a + b * b


def booth_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of booth."""
    return 10 * x + 8 * y - 34, 8 * x + 10 * y - 38


BOOTH = Landscape(
    key="booth",
    title="Booth",
    function=booth,
    gradient=booth_gradient,
    latex=r"f(x, y) = (x + 2y - 7)^2 + (2x + y - 5)^2",
    gradient_latex=r"\nabla f = \begin{pmatrix} 10x + 8y - 34 \\ 8x + 10y - 38 \end{pmatrix}",
    plain="f(x, y) = (x + 2y − 7)² + (2x + y − 5)²",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(Minimum(1.0, 3.0),),
    lowest=0.0,
    logarithmic=True,
    start=(-7.0, -4.0),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 17",
    operators_only=True,
)


def matyas(x: Any, y: Any) -> Any:
    """0.26 (x² + y²) − 0.48 xy; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 71.
    """
    return 0.26 * (x * x + y * y) - 0.48 * (x * y)


def matyas_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of matyas."""
    return 0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x


MATYAS = Landscape(
    key="matyas",
    title="Matyas",
    function=matyas,
    gradient=matyas_gradient,
    latex=r"f(x, y) = 0.26\,(x^2 + y^2) - 0.48\,xy",
    gradient_latex=r"\nabla f = \begin{pmatrix} 0.52\,x - 0.48\,y \\ 0.52\,y - 0.48\,x \end{pmatrix}",
    plain="f(x, y) = 0.26·(x² + y²) − 0.48·x·y",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(Minimum(0.0, 0.0),),
    lowest=0.0,
    logarithmic=True,
    start=(-8.0, 2.0),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 71",
    operators_only=True,
)


def rosenbrock(x: Any, y: Any) -> Any:
    """(1 − x)² + 100 (y − x²)²; shapes (...), (...) -> (...).

    Source: H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960.
    """
    a = 1 - x
    b = y - x * x
    return a * a + 100 * (b * b)


def rosenbrock_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of rosenbrock."""
    b = y - x * x
    return -2 * (1 - x) - 400 * x * b, 200 * b


ROSENBROCK = Landscape(
    key="rosenbrock",
    title="Rosenbrock",
    function=rosenbrock,
    gradient=rosenbrock_gradient,
    latex=r"f(x, y) = (1 - x)^2 + 100\,(y - x^2)^2",
    gradient_latex=(r"\nabla f = \begin{pmatrix} -2\,(1 - x) - 400\,x\,(y - x^2) \\ 200\,(y - x^2) \end{pmatrix}"),
    plain="f(x, y) = (1 − x)² + 100 (y − x²)²",
    box=Box(-2.0, 2.0, -1.0, 3.0),
    minima=(Minimum(1.0, 1.0),),
    lowest=0.0,
    logarithmic=True,
    start=(-1.2, 1.0),  # Rosenbrock's own
    source="H. H. Rosenbrock, The Computer Journal 3 (1960), 175-184",
    operators_only=True,
)


def beale(x: Any, y: Any) -> Any:
    """(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 10.
    """
    xy = x * y
    xyy = xy * y
    a = 1.5 - x + xy
    b = 2.25 - x + xyy
    c = 2.625 - x + xyy * y
    return a * a + b * b + c * c


def beale_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of beale."""
    yy = y * y
    a = 1.5 - x + x * y
    b = 2.25 - x + x * yy
    c = 2.625 - x + x * yy * y
    return 2 * (a * (y - 1) + b * (yy - 1) + c * (yy * y - 1)), 2 * x * (a + 2 * b * y + 3 * c * yy)


BEALE = Landscape(
    key="beale",
    title="Beale",
    function=beale,
    gradient=beale_gradient,
    latex=(
        r"\begin{aligned} f(x, y) = {} & (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 \\"
        r" & {} + (2.625 - x + xy^3)^2 \end{aligned}"
    ),
    gradient_latex=(
        r"\begin{aligned} a &= 1.5 - x + xy, \quad b = 2.25 - x + xy^2, \quad c = 2.625 - x + xy^3 \\"
        r" \nabla f &= \begin{pmatrix} 2a\,(y - 1) + 2b\,(y^2 - 1) + 2c\,(y^3 - 1) \\"
        r" 2ax + 4bxy + 6cxy^2 \end{pmatrix} \end{aligned}"
    ),
    plain="f(x, y) = (1.5 − x + x·y)² + (2.25 − x + x·y²)² + (2.625 − x + x·y³)²",
    box=Box(-4.5, 4.5, -4.5, 4.5),
    minima=(Minimum(3.0, 0.5),),
    lowest=0.0,
    logarithmic=True,
    start=(1.0, 1.5),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 10",
    operators_only=True,
)


def zakharov(x: Any, y: Any) -> Any:
    """x² + y² + s² + s⁴ with s = x/2 + y; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 173.
    """
    s = x / 2 + y
    square = s * s
    return x * x + y * y + square + square * square


def zakharov_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of zakharov."""
    s = x / 2 + y
    inner = 2 * s + 4 * s * (s * s)
    return 2 * x + inner / 2, 2 * y + inner


ZAKHAROV = Landscape(
    key="zakharov",
    title="Zakharov",
    function=zakharov,
    gradient=zakharov_gradient,
    latex=r"f(x, y) = x^2 + y^2 + s^2 + s^4, \quad s = \frac{x}{2} + y",
    gradient_latex=(
        r"\nabla f = \begin{pmatrix} 2x + s + 2s^3 \\ 2y + 2s + 4s^3 \end{pmatrix}, \quad s = \frac{x}{2} + y"
    ),
    plain="f(x, y) = x² + y² + (x/2 + y)² + (x/2 + y)⁴",
    box=Box(-5.0, 10.0, -5.0, 10.0),
    minima=(Minimum(0.0, 0.0),),
    lowest=0.0,
    logarithmic=True,
    start=(-4.0, 7.0),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 173",
    operators_only=True,
)


def dixon_price(x: Any, y: Any) -> Any:
    """(x − 1)² + 2 (2y² − x)²; shapes (...), (...) -> (...).

    Source: Jamil & Yang 2013, arXiv:1308.4008, function 48, for two variables.
    """
    a = x - 1
    b = 2 * (y * y) - x
    return a * a + 2 * (b * b)


def dixon_price_gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """(∂f/∂x, ∂f/∂y) of dixon_price."""
    b = 2 * (y * y) - x
    return 2 * (x - 1) - 4 * b, 16 * y * b


DIXON_PRICE = Landscape(
    key="dixon_price",
    title="Dixon–Price",
    function=dixon_price,
    gradient=dixon_price_gradient,
    latex=r"f(x, y) = (x - 1)^2 + 2\,(2y^2 - x)^2",
    gradient_latex=(r"\nabla f = \begin{pmatrix} 2\,(x - 1) - 4\,(2y^2 - x) \\ 16\,y\,(2y^2 - x) \end{pmatrix}"),
    plain="f(x, y) = (x − 1)² + 2 (2y² − x)²",
    box=Box(-10.0, 10.0, -10.0, 10.0),
    minima=(Minimum(1.0, 0.707106781186548), Minimum(1.0, -0.707106781186548)),
    lowest=0.0,
    logarithmic=True,
    start=(-6.0, 5.0),
    source="Jamil & Yang 2013, arXiv:1308.4008, function 48; catalogues list only the minimum with y > 0",
    operators_only=True,
)
