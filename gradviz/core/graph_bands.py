"""A long drawing in several bands under one another, as a text has lines: the whole is large enough to be read.

Layers stay in their order, from left to right in every band; an edge from one band to the next leaves it at the right,
runs back between the two and enters at the left (Rüegg & von Hanxleden 2018, «Wrapping layered graphs»).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradviz.core.drawing_room import Room

Point = tuple[float, float]
Band = tuple[int, int]  # the first of its layers, and the one behind its last

MOST_BANDS = 5
WELL = 0.65  # of the largest scale is read well: such a drawing stays one band
WORTH = 1.2  # so much larger the drawing must be for a band more
LANE, AT_SIDE = 12.0, 18.0  # between two edges that run back, at the sides; from a band to the first of them
COST = 0.985  # what is left of the worth of a cut for each edge that it cuts


@dataclass(frozen=True, slots=True)
class Layers:
    """What a layered drawing is made of, nodes and stops of edges numbered alike.

    `rows` are the members of every layer downwards, `widths` of the layers and `gaps` behind them, `heights` where the
    middles stand and `extents` how tall they are; `chains` lead from the source of every edge over its stops to its
    target. `channel` is the height that an edge with its label takes between two bands.
    """

    rows: Sequence[Sequence[int]]
    widths: Sequence[float]
    gaps: Sequence[float]
    heights: Sequence[float]
    extents: Sequence[float]
    chains: Sequence[Sequence[int]]
    channel: float
    spacing: float

    def cut_by(self, layer: int) -> list[int]:
        """The edges that lead from a layer to the next, downwards: first by where they begin."""
        found = [(self._ends(number, layer), number) for number in range(len(self.chains))]
        return [number for ends, number in sorted((ends, number) for ends, number in found if ends is not None)]

    def _ends(self, number: int, layer: int) -> Point | None:
        members, following = set(self.rows[layer]), set(self.rows[layer + 1])
        for here, there in itertools.pairwise(self.chains[number]):
            if here in members and there in following:
                return self.heights[here], self.heights[there]
        return None

    def width_of(self, band: Band) -> float:
        first, last = band
        return sum(self.widths[first:last]) + sum(self.gaps[first : last - 1])

    def reach_of(self, band: Band) -> tuple[float, float]:
        """Where a band begins and ends, downwards."""
        members = [node for row in self.rows[band[0] : band[1]] for node in row]
        tops = [self.heights[node] - self.extents[node] / 2 for node in members]
        bottoms = [self.heights[node] + self.extents[node] / 2 for node in members]
        return min(tops, default=0.0), max(bottoms, default=0.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """Middles of all nodes and stops, the sides of their columns, and the turns of the edges that run back."""

    places: dict[int, Point]
    sides: dict[int, tuple[float, float]]
    turns: dict[tuple[int, int], tuple[Point, Point, Point, Point]]  # by edge and layer: right, right, left, left
    width: float
    height: float


def best_bands(layers: Layers, room: Room) -> tuple[Band, ...]:
    """The bands in which the drawing is largest in a room: few, and cut where few edges are."""
    whole: tuple[Band, ...] = ((0, len(layers.rows)),)
    best, worth = whole, room.scale(*_size(layers, whole))
    if worth >= WELL * room.largest:
        return whole
    cuts = [len(layers.cut_by(layer)) for layer in range(len(layers.rows) - 1)]
    for count in range(2, min(MOST_BANDS, len(layers.rows)) + 1):
        found = [
            (room.scale(*_size(layers, bands)) * COST ** sum(cuts[last - 1] for _, last in bands[:-1]), bands)
            for bands in _candidates(layers, count)
        ]
        value, bands = max(found, default=(0.0, whole))
        if value >= WORTH ** (count - len(best)) * worth:
            best, worth = bands, value
    return best


def placed(layers: Layers, bands: Sequence[Band]) -> Placed:
    """Where everything stands in these bands; y points down and nothing is left of or above 0."""
    cut = [layers.cut_by(last - 1) for _, last in bands[:-1]]
    lead = max((AT_SIDE + LANE * len(edges) for edges in cut), default=0.0)
    places: dict[int, Point] = {}
    sides: dict[int, tuple[float, float]] = {}
    bottoms, right, y = [], 0.0, 0.0
    for number, band in enumerate(bands):
        top, bottom = layers.reach_of(band)
        x = lead
        for layer in range(*band):
            half = layers.widths[layer] / 2
            for node in layers.rows[layer]:
                places[node] = x + half, layers.heights[node] - top + y
                sides[node] = places[node][0] - half, places[node][0] + half
            x += layers.widths[layer] + layers.gaps[layer]
        right = max(right, lead + layers.width_of(band))
        bottoms.append(y + bottom - top)
        y = bottoms[-1] + layers.spacing
        if number < len(cut):
            y += layers.channel * len(cut[number]) + layers.spacing / 2
    turns = {}
    for (_, last), edges, foot in zip(bands[:-1], cut, bottoms[:-1], strict=True):
        for place, edge in enumerate(edges):
            here, there = _pair(layers, edge, last - 1)
            # nested, so that no two of them cross: the uppermost runs outside at the right, inside at the left
            outer = right + AT_SIDE + LANE * (len(edges) - 1 - place)
            inner = lead - AT_SIDE - LANE * place
            level = foot + layers.spacing / 2 + layers.channel * (len(edges) - place - 0.5)
            turns[edge, last - 1] = (
                (outer, places[here][1]), (outer, level), (inner, level), (inner, places[there][1])
            )  # fmt: skip
    reach = max((turn[0][0] for turn in turns.values()), default=right)
    return Placed(places, sides, turns, reach, bottoms[-1] if bottoms else 0.0)


def _pair(layers: Layers, edge: int, layer: int) -> tuple[int, int]:
    """The two ends of the piece of an edge that leads from a layer to the next."""
    members = set(layers.rows[layer])
    chain = layers.chains[edge]
    place = next(place for place, node in enumerate(chain) if node in members)
    return chain[place], chain[place + 1]


def _size(layers: Layers, bands: Sequence[Band]) -> tuple[float, float]:
    found = placed(layers, bands)
    return found.width, found.height


def _candidates(layers: Layers, count: int) -> Iterator[tuple[Band, ...]]:
    """Bands of about the same width: each cut where it would be, or a layer before or behind."""
    total, last = layers.width_of((0, len(layers.rows))), len(layers.rows)
    ends = [layers.width_of((0, layer)) for layer in range(1, last)]  # where each cut would be
    near = []
    for number in range(1, count):
        ideal = min(range(1, last), key=lambda layer: abs(ends[layer - 1] - total * number / count))
        near.append([layer for layer in (ideal - 1, ideal, ideal + 1) if 0 < layer < last])
    for cuts in itertools.product(*near):
        edges = (0, *cuts, last)
        if all(a < b for a, b in itertools.pairwise(edges)):
            yield tuple(itertools.pairwise(edges))
