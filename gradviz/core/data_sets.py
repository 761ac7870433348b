"""Small sets of samples to train a network on: the gates, clouds of points of two classes, or a table of one's own.

Every set is made of a frozen request, and the same request gives the same numbers: points, noise and the split into
training and test each have their own generator (numpy's PCG64, by the seed).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz.core.worded_error import WordedError

Points = NDArray[np.float64]
Labels = NDArray[np.int64]
Generator = np.random.Generator

MOST_SAMPLES = 10_000
MOST_NOISE = 10.0
MOST_TARGETS = 200
SMALLEST_SPAN = 1e-100  # of a column; no axis can show less
SEED_HIGH = 2**31 - 1
TABLE = "table"  # the key of a set that is read from a file


@dataclass(frozen=True, slots=True)
class DataSet:
    """`make` takes (samples, generator) and gives points (samples, 2) and their classes 0 and 1, without noise."""

    key: str
    title: str
    summary: str
    source: str
    make: Callable[[int, Generator], tuple[Points, Labels]]
    samples: int = 200
    noise: float = 0.1


@dataclass(frozen=True, slots=True)
class DataRequest:
    """Which samples to make. `noise` is the standard deviation of what is added to every coordinate.

    `test_share` of the samples are kept for the test; with `standardised` every column has mean 0 and deviation 1 over
    the samples for training. `path` is the file of a table, whose last `target_columns` are the targets.
    """

    key: str = "xor"
    samples: int = 4
    noise: float = 0.0
    test_share: float = 0.0
    seed: int = 0
    standardised: bool = False
    path: str = ""
    target_columns: int = 1

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Inputs (samples, inputs), targets (samples, outputs), and which rows are for training and which for the test.

    `labels` are the classes, None where the targets are numbers. `names` are those of the input columns.
    """

    inputs: Points
    targets: Points
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    labels: Labels | None = None
    names: tuple[str, ...] = ()

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top of the first two inputs, with a margin; of a single input its own range twice."""
        columns = [self.inputs[:, 0], self.inputs[:, min(1, self.inputs.shape[1] - 1)]]
        edges: list[float] = []
        for column in columns:
            low, high = float(column.min()), float(column.max())
            size = max(abs(low), abs(high))
            # of a column that is all but constant 1, and never less than numbers of this size can tell apart
            margin = max(0.25 * (high - low) if high - low > SMALLEST_SPAN else 1.0, 1e-6 * size)
            edges += [low - margin, high + margin]
        return edges[0], edges[1], edges[2], edges[3]


def make_data(request: DataRequest, outputs: int) -> Data:
    """The samples of a set of the catalogue, with targets for so many outputs.

    One output learns the class itself, 0 or 1; of several each class has its own, and those without a class learn 0.

    Raises:
        KeyError: there is no such set.
    """
    points, spread, split = (np.random.default_rng([request.seed, stream]) for stream in range(3))
    inputs, labels = data_set(request.key).make(request.samples, points)
    inputs = inputs + spread.normal(0.0, 1.0, inputs.shape) * request.noise
    train, test = _split(request, split)
    if request.standardised:
        inputs = standardised(inputs, train)
    return Data(inputs, targets_of(labels, outputs), train, test, labels, ("x₁", "x₂"))


def targets_of(labels: Labels, outputs: int) -> Points:
    """(samples, outputs): the class itself for one output, else 1 at the class's own output and 0 elsewhere."""
    if outputs == 1:
        return labels[:, None].astype(np.float64)
    targets: Points = (labels[:, None] == np.arange(outputs)).astype(np.float64)
    return targets


def standardised(inputs: Points, train: NDArray[np.int64]) -> Points:
    """Every column with mean 0 and deviation 1 over the rows for training; a constant column becomes 0."""
    chosen = inputs[train]
    deviation = chosen.std(axis=0)
    found: Points = (inputs - chosen.mean(axis=0)) / np.where(deviation == 0, 1.0, deviation)
    return found


def split_rows(count: int, share: float, generator: Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows for training and for the test, each in rising order; at least one is for training."""
    tested = min(round(share * count), count - 1)
    order = generator.permutation(count)
    return np.sort(order[tested:]), np.sort(order[:tested])


def data_request_from_state(state: Mapping[str, Any]) -> DataRequest:
    """The request that `DataRequest.state` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data is no such state.
    """
    request = DataRequest(
        key=str(state["key"]),
        samples=int(state["samples"]),
        noise=float(state["noise"]),
        test_share=float(state["test_share"]),
        seed=int(state["seed"]),
        standardised=bool(state["standardised"]),
        path=str(state["path"]),
        target_columns=int(state["target_columns"]),
    )
    check_request(request)
    return request


def check_request(request: DataRequest) -> None:
    """Raises WordedError where a number can't be taken, KeyError where there is no such set."""
    if request.key != TABLE:
        data_set(request.key)
    limits: tuple[tuple[str, float, float, float], ...] = (
        ("{0:g} samples; there must be {1:g} to {2:g}", request.samples, 1, MOST_SAMPLES),
        ("the noise is {0:g}; it must lie between {1:g} and {2:g}", request.noise, 0.0, MOST_NOISE),
        ("the share for the test is {0:g}; it must lie between {1:g} and {2:g}", request.test_share, 0.0, 0.9),
        ("the seed is {0:g}; it must lie between {1:g} and {2:g}", request.seed, 0, SEED_HIGH),
        ("{0:g} target columns; there must be {1:g} to {2:g}", request.target_columns, 1, MOST_TARGETS),
    )
    for template, value, low, high in limits:
        if not low <= value <= high:
            raise WordedError(template, value, low, high)


def _split(request: DataRequest, generator: Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return split_rows(request.samples, request.test_share, generator)


# -- the sets


def _gate(*outputs: int) -> Callable[[int, Generator], tuple[Points, Labels]]:
    """The corners (0, 0), (0, 1), (1, 0), (1, 1), again and again, with these classes."""

    def make(samples: int, _generator: Generator) -> tuple[Points, Labels]:
        corner = np.arange(samples) % 4
        return np.stack([corner // 2, corner % 2], axis=1).astype(np.float64), np.array(outputs)[corner]

    return make


def _moons(samples: int, generator: Generator) -> tuple[Points, Labels]:
    labels = np.arange(samples) % 2
    angle = generator.uniform(0.0, math.pi, samples)
    x = np.where(labels == 0, np.cos(angle), 1.0 - np.cos(angle))
    y = np.where(labels == 0, np.sin(angle), 0.5 - np.sin(angle))
    return np.stack([x - 0.5, y - 0.25], axis=1), labels


def _circles(samples: int, generator: Generator) -> tuple[Points, Labels]:
    labels = np.arange(samples) % 2
    angle = generator.uniform(0.0, 2 * math.pi, samples)
    radius = np.where(labels == 0, 1.0, 0.5)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), labels


def _spiral(samples: int, generator: Generator) -> tuple[Points, Labels]:
    labels = np.arange(samples) % 2
    share = np.sqrt(generator.uniform(0.01, 1.0, samples))  # as many points outside as there is room
    angle = share * 3.5 * math.pi + labels * math.pi
    return np.stack([share * np.cos(angle), share * np.sin(angle)], axis=1), labels


DATA_SETS: tuple[DataSet, ...] = (
    DataSet("and", "AND", "1 where both inputs are 1: a straight line does it.", "", _gate(0, 0, 0, 1), 4, 0.0),
    DataSet("or", "OR", "1 where one of the inputs is 1: a straight line does it.", "", _gate(0, 1, 1, 1), 4, 0.0),
    DataSet(
        "xor",
        "XOR",
        "1 where the inputs differ: no straight line does it, a hidden layer does.",
        "Minsky & Papert 1969",
        _gate(0, 1, 1, 0),
        4,
        0.0,
    ),
    DataSet("moons", "Two moons", "Two half circles, one in the other.", "scikit-learn, make_moons", _moons),
    DataSet(
        "circles", "Circles", "A small circle within a large one.", "scikit-learn, make_circles", _circles, 200, 0.05
    ),
    DataSet(
        "spiral",
        "Spiral",
        "Two arms around each other: the hardest for a small network.",
        "Lang & Witbrock 1988",
        _spiral,
        300,
        0.02,
    ),
)


def data_set(key: str) -> DataSet:
    """The set with this key.

    Raises:
        KeyError: there is none.
    """
    for entry in DATA_SETS:
        if entry.key == key:
            return entry
    raise KeyError(key)
