"""What the drawing shows beside the picture itself: numbers, what is lit, and the colours of all that."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont, QGuiApplication

from gradviz.views.common.colours import colours

TYPE_PIXELS = 13  # of names and numbers in the drawing's own units; chain_picture.LINE is made for it
LARGE_PIXELS = 21  # where the drawing is so small that the others can't be read: of names and numbers alone
FAR = 0.7  # pixels for a unit of the drawing, below which that is so
PATH, STAGE, FORWARD, BACKWARD = 2, 5, 1, 0  # colours().lanes: green, amber, blue, orange


@dataclass(frozen=True, slots=True)
class GraphNumbers:
    """Every number as it is written, None where it is not computed yet.

    `gradient_names` are the nodes' ∂output/∂node, `sums` what is added up beneath a node, `products` the
    «incoming × local» of edges.
    """

    values: tuple[str | None, ...]
    gradients: tuple[str | None, ...]
    gradient_names: tuple[str, ...]
    locals: tuple[str | None, ...]
    sums: dict[int, str] = field(default_factory=dict)
    products: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GraphMarks:
    """What is lit by the stage, what lies on a path, and what is selected: a node or an edge."""

    stage_nodes: frozenset[int] = frozenset()
    stage_edges: frozenset[int] = frozenset()
    path_nodes: frozenset[int] = frozenset()
    path_edges: frozenset[int] = frozenset()
    closed_edges: frozenset[int] = frozenset()
    node: int | None = None
    edge: int | None = None


@dataclass(frozen=True, slots=True)
class GraphLooks:
    """Colours and fonts of one theme, made once for a drawing."""

    base: QColor
    input_fill: QColor
    line: QColor
    text: QColor
    faint: QColor
    selected: QColor
    stage: QColor
    stage_fill: QColor
    path: QColor
    value: QColor
    gradient: QColor
    plain: QFont
    bold: QFont
    small: QFont
    large: QFont


def graph_looks() -> GraphLooks:
    """The looks of the theme that the application has now."""
    theme = colours()
    stage_fill = QColor(theme.lanes[STAGE])
    stage_fill.setAlpha(70 if theme.is_dark else 60)
    plain = QFont(QGuiApplication.font())
    plain.setPixelSize(TYPE_PIXELS)
    bold, small, large = QFont(plain), QFont(plain), QFont(plain)
    bold.setBold(True)
    small.setPixelSize(TYPE_PIXELS - 2)
    large.setPixelSize(LARGE_PIXELS)
    # on white the orange is too pale for small type: 3.9 : 1
    gradient = QColor(theme.lanes[BACKWARD]) if theme.is_dark else QColor(theme.lanes[BACKWARD]).darker(120)
    return GraphLooks(
        QColor(theme.base),
        QColor(theme.alternate),
        QColor(theme.faint_text),
        QColor(theme.text),
        QColor(theme.faint_text),
        QColor(theme.accent),
        QColor(theme.lanes[STAGE]),
        stage_fill,
        QColor(theme.lanes[PATH]),
        QColor(theme.lanes[FORWARD]),
        gradient,
        plain,
        bold,
        small,
        large,
    )
