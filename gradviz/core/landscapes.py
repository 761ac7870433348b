"""The catalogue of landscapes, in the order in which they are offered.

To add one, write its function (and its gradient in closed form, if there is one) and its record in the module of its
kind, valleys, basins, waves or wells, and name the record here.
"""

from __future__ import annotations

from gradviz.core.basins import (
    GOLDSTEIN_PRICE,
    HIMMELBLAU,
    MONKEY_SADDLE,
    SADDLE,
    SIX_HUMP_CAMEL,
    STYBLINSKI_TANG,
    THREE_HUMP_CAMEL,
    himmelblau,
    himmelblau_gradient,
)
from gradviz.core.landscape import Box, Function, Gradient, Landscape, Minimum
from gradviz.core.valleys import BEALE, BOOTH, DIXON_PRICE, MATYAS, RAVINE, ROSENBROCK, SPHERE, ZAKHAROV
from gradviz.core.waves import (
    ACKLEY,
    BOHACHEVSKY_1,
    DROP_WAVE,
    GRIEWANK,
    LEVY_13,
    MCCORMICK,
    RASTRIGIN,
    SCHAFFER_4,
)
from gradviz.core.wells import (
    BRANIN,
    CROSS_IN_TRAY,
    EASOM,
    HOLDER_TABLE,
    MICHALEWICZ,
    SCHWEFEL,
    TWO_WELLS,
)

__all__ = [
    "LANDSCAPES",
    "SHOWN_FIRST",
    "Box",
    "Function",
    "Gradient",
    "Landscape",
    "Minimum",
    "himmelblau",
    "himmelblau_gradient",
    "landscape",
]

SHOWN_FIRST = 14  # so many are offered at once, the others under «more»

LANDSCAPES: tuple[Landscape, ...] = (
    HIMMELBLAU,
    ROSENBROCK,
    BEALE,
    BOOTH,
    RAVINE,
    SPHERE,
    RASTRIGIN,
    ACKLEY,
    SIX_HUMP_CAMEL,
    STYBLINSKI_TANG,
    GOLDSTEIN_PRICE,
    MCCORMICK,
    TWO_WELLS,
    SADDLE,
    MATYAS,
    GRIEWANK,
    THREE_HUMP_CAMEL,
    EASOM,
    BRANIN,
    LEVY_13,
    BOHACHEVSKY_1,
    ZAKHAROV,
    DIXON_PRICE,
    SCHWEFEL,
    MICHALEWICZ,
    DROP_WAVE,
    SCHAFFER_4,
    CROSS_IN_TRAY,
    HOLDER_TABLE,
    MONKEY_SADDLE,
)


def landscape(key: str) -> Landscape:
    """The landscape with this key.

    Raises:
        KeyError: no landscape has it.
    """
    for entry in LANDSCAPES:
        if entry.key == key:
            return entry
    raise KeyError(key)
