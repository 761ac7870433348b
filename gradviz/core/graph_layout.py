"""A directed graph drawn from left to right in layers: nodes apart from one another, edges around them, few crossings.

Layers by the longest path, an order in each by barycentres, and heights by what a node hangs on (Sugiyama, Tagawa &
Toda 1981; Gansner et al. 1993, «A technique for drawing directed graphs», for the transpositions). An edge over several
layers has a stop in each of them, with room of its own, so that no node stands in its way.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from gradviz.core.drawing_room import Room
from gradviz.core.graph_bands import Band, Layers, Placed, Point, best_bands, placed

NARROWEST_GAP = 30.0  # between two layers, where edges only pass
MOST_MORE = 48.0  # height between two nodes that a flat drawing gets in addition
SWEEPS = 16
STRAIGHTENINGS = 24

Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """The middle of every node, and the points of every edge: from the right side of its source, by its stops, to the
    left side of its target. y points down, and everything lies between 0 and `width`, 0 and `height`.

    Of a route the pieces from every second point on lie between two layers; the others are level or, where an edge runs
    back to the next of `bands`, upright.
    """

    places: tuple[Point, ...]
    routes: tuple[tuple[Point, ...], ...]
    width: float
    height: float
    crossings: int
    bands: int = 1


def graph_layout(
    sizes: Sequence[Size],
    edges: Sequence[tuple[int, int]],
    gap: float | Sequence[float] = 60.0,
    spacing: float = 24.0,
    room: Room | None = None,
    channel: float = 0.0,
) -> GraphLayout:
    """The layout of nodes with these sizes (width, height) and edges (source, target).

    `gap` is the free width between two layers, or that which each edge needs where it begins and where it ends;
    `spacing` the free height between two nodes of one. For a room a long drawing is broken into bands, in which an edge
    takes `channel` of the height between two of them, and one that is flat stretches to the height that is left.

    Raises:
        ValueError: the edges go in a circle.
    """
    gaps = [float(gap)] * len(edges) if isinstance(gap, int | float) else list(gap)
    return _Drawing(sizes, edges, gaps, spacing).result(room, max(channel, spacing / 2))


class _Drawing:
    """Nodes and stops are both numbered: stops behind the nodes, with the height of an edge's room."""

    def __init__(
        self, sizes: Sequence[Size], edges: Sequence[tuple[int, int]], gaps: Sequence[float], spacing: float
    ) -> None:
        self._sizes, self._edges, self._spacing = list(sizes), list(edges), spacing
        layer_of = _layer_of(len(sizes), edges)
        self._gaps = [NARROWEST_GAP] * (max(layer_of, default=-1) + 1)  # behind every layer
        for (source, target), gap in zip(edges, gaps, strict=True):
            for layer in (layer_of[source], layer_of[target] - 1):
                self._gaps[layer] = max(self._gaps[layer], gap)
        self._heights = [height for _, height in sizes]
        self._chains: list[list[int]] = []  # of every edge: source, stops, target
        self._rows: list[list[int]] = [[] for _ in range(max(layer_of, default=-1) + 1)]
        for node, layer in enumerate(layer_of):
            self._rows[layer].append(node)
        for source, target in edges:
            stops = range(len(self._heights), len(self._heights) + layer_of[target] - layer_of[source] - 1)
            for layer, stop in enumerate(stops, start=layer_of[source] + 1):
                self._heights.append(spacing / 2)
                self._rows[layer].append(stop)
            self._chains.append([source, *stops, target])
        self._left: list[list[int]] = [[] for _ in self._heights]
        self._right: list[list[int]] = [[] for _ in self._heights]
        for chain in self._chains:
            for here, there in itertools.pairwise(chain):
                self._right[here].append(there)
                self._left[there].append(here)

    def result(self, room: Room | None, channel: float) -> GraphLayout:
        crossings = self._order()
        layers = self._layers(channel)
        bands: tuple[Band, ...] = ((0, len(self._rows)),)
        if room is not None and self._rows:
            bands = best_bands(layers, room)
            layers = self._stretched(layers, bands, room)
        found = placed(layers, bands)
        places = tuple(found.places[node] for node in range(len(self._sizes)))
        routes = tuple(self._route(found, number) for number in range(len(self._edges)))
        return GraphLayout(places, routes, found.width, found.height, crossings, len(bands))

    def _layers(self, channel: float) -> Layers:
        widths = [max((self._sizes[n][0] for n in row if n < len(self._sizes)), default=0.0) for row in self._rows]
        return Layers(
            self._rows, widths, self._gaps, self._straighten(), self._heights, self._chains, channel, self._spacing
        )

    def _stretched(self, layers: Layers, bands: Sequence[Band], room: Room) -> Layers:
        """The same with more height between nodes, as far as the room has it to spare."""
        flat = placed(layers, bands)
        free = room.height / room.scale(flat.width, flat.height) - 2 * room.margin - flat.height
        rows = [self._rows[first:last] for first, last in bands]
        between = sum(max(max(map(len, band)) - 1, 1) for band in rows) + 1.5 * (len(bands) - 1)
        more = min(max(free, 0.0) / between, MOST_MORE)
        while more > 1.0:  # what is straightened may need more than its share
            self._spacing += more
            other = self._layers(layers.channel)
            found = placed(other, bands)
            if room.scale(found.width, found.height) >= room.scale(flat.width, flat.height) * 0.999:
                return other
            self._spacing -= more
            more /= 2
        return layers

    def _route(self, found: Placed, number: int) -> tuple[Point, ...]:
        """Level through every layer, its own too, and slanting only where no node can stand."""
        chain, (source, target) = self._chains[number], self._edges[number]
        (x, y), (to_x, to_y) = found.places[source], found.places[target]
        route: list[Point] = [(x + self._sizes[source][0] / 2, y)]
        first = next(layer for layer, row in enumerate(self._rows) if source in row)
        for layer, (here, there) in enumerate(itertools.pairwise(chain), start=first):
            route.append((found.sides[here][1], found.places[here][1]))
            route += found.turns.get((number, layer), ())
            route.append((found.sides[there][0], found.places[there][1]))
        return (*route, (to_x - self._sizes[target][0] / 2, to_y))

    # -- the order in every layer

    def _order(self) -> int:
        """Sweeps to and fro, each time after the neighbours' barycentres, and keeps the best order seen."""
        best, fewest = [row.copy() for row in self._rows], self._crossings()
        for sweep in range(SWEEPS):
            if fewest == 0:
                break
            forward = sweep % 2 == 0
            neighbours = self._left if forward else self._right
            order = range(1, len(self._rows)) if forward else range(len(self._rows) - 2, -1, -1)
            for layer in order:
                self._sort(layer, neighbours, self._rows[layer - 1 if forward else layer + 1])
            self._transpose()
            found = self._crossings()
            if found < fewest:
                best, fewest = [row.copy() for row in self._rows], found
        self._rows = best
        return fewest

    def _sort(self, layer: int, neighbours: list[list[int]], beside: list[int]) -> None:
        position = {node: place for place, node in enumerate(beside)}
        row = self._rows[layer]
        keys = {
            node: sum(position[n] for n in neighbours[node]) / len(neighbours[node]) if neighbours[node] else None
            for node in row
        }
        movable = iter(sorted((n for n in row if keys[n] is not None), key=lambda n: keys[n] or 0.0))
        self._rows[layer] = [node if keys[node] is None else next(movable) for node in row]

    def _transpose(self) -> None:
        """Exchanges neighbours as long as that takes crossings away; what it starts from bounds how often."""
        improved = True
        while improved:
            improved = False
            for layer, row in enumerate(self._rows):
                left = {n: p for p, n in enumerate(self._rows[layer - 1])} if layer else {}
                right = {n: p for p, n in enumerate(self._rows[layer + 1])} if layer + 1 < len(self._rows) else {}
                for place in range(len(row) - 1):
                    a, b = row[place], row[place + 1]
                    if self._crossed(a, b, left, right) > self._crossed(b, a, left, right):
                        row[place], row[place + 1] = b, a
                        improved = True

    def _crossed(self, above: int, below: int, left: dict[int, int], right: dict[int, int]) -> int:
        """How often the edges of two neighbours cross, one standing above the other."""
        count = 0
        for neighbours, position in ((self._left, left), (self._right, right)):
            lower = [position[n] for n in neighbours[below]]
            count += sum(position[u] > place for u in neighbours[above] for place in lower)
        return count

    def _crossings(self) -> int:
        count = 0
        for row, beside in itertools.pairwise(self._rows):
            position = {node: place for place, node in enumerate(beside)}
            ends = [position[there] for here in row for there in sorted(self._right[here], key=position.__getitem__)]
            count += sum(ends[i] > ends[j] for i in range(len(ends)) for j in range(i + 1, len(ends)))
        return count

    # -- where they stand

    def _straighten(self) -> list[float]:
        """Heights: everything is drawn to the middle of its neighbours, as far as the others of its layer let it."""
        heights = [0.0] * len(self._heights)
        for row in self._rows:
            self._place(row, heights, [0.0] * len(row))
        for round_ in range(STRAIGHTENINGS):
            rows = self._rows if round_ % 2 == 0 else self._rows[::-1]
            for row in rows:
                wanted = []
                for node in row:
                    beside = self._left[node] + self._right[node]
                    wanted.append(sum(heights[n] for n in beside) / len(beside) if beside else heights[node])
                self._place(row, heights, wanted)
        top = min((heights[n] - self._heights[n] / 2 for n in range(len(heights))), default=0.0)
        return [height - top for height in heights]

    def _place(self, row: list[int], heights: list[float], wanted: list[float]) -> None:
        """The heights nearest to the wanted ones, in least squares, that keep the order and the distances.

        By pools of adjacent violators: whatever would overlap stands as one block at its members' mean.
        """
        blocks: list[tuple[float, list[int]]] = []  # what the first of a block wants in the mean, its members
        offsets = self._offsets(row)
        for place in range(len(row)):
            mean, members = wanted[place] - offsets[place], [place]
            while blocks and blocks[-1][0] >= mean:
                other, before = blocks.pop()
                mean = (other * len(before) + mean * len(members)) / (len(before) + len(members))
                members = before + members
            blocks.append((mean, members))
        for mean, members in blocks:
            for place in members:
                heights[row[place]] = mean + offsets[place]

    def _offsets(self, row: list[int]) -> list[float]:
        """How far each one's middle must at least lie under the first one's."""
        offsets: list[float] = []
        for place, node in enumerate(row):
            if place == 0:
                offsets.append(0.0)
                continue
            apart = (self._heights[row[place - 1]] + self._heights[node]) / 2 + self._spacing
            offsets.append(offsets[-1] + apart)
        return offsets


def _layer_of(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The layer of every node, from the left: behind all its sources, and what has none right before its first target.

    Raises:
        ValueError: the edges go in a circle.
    """
    sources: list[list[int]] = [[] for _ in range(count)]
    targets: list[list[int]] = [[] for _ in range(count)]
    for source, target in edges:
        sources[target].append(source)
        targets[source].append(target)
    waiting = [len(each) for each in sources]
    ready = [node for node in range(count) if not waiting[node]]
    layer = [0] * count
    for node in ready:  # grows while it is walked through
        for target in targets[node]:
            layer[target] = max(layer[target], layer[node] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    if len(ready) < count:
        raise ValueError("the edges go in a circle")
    for node in range(count):
        if not sources[node] and targets[node]:
            layer[node] = min(layer[target] for target in targets[node]) - 1
    return layer
