"""The parts of a drawn network by which formulas, tables and the picture name the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Input:
    """One of the network's inputs, from 0."""

    number: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a layer; both count from 0."""

    layer: int
    number: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The weight that leads into `layer` from the one before it (from the inputs, for layer 0)."""

    layer: int
    source: int
    unit: int


@dataclass(frozen=True, slots=True)
class Bias:
    """The bias of a unit."""

    layer: int
    unit: int


@dataclass(frozen=True, slots=True)
class Target:
    """What one of the outputs should be."""

    number: int


@dataclass(frozen=True, slots=True)
class LossPart:
    """The loss at the right."""


Part: TypeAlias = Input | Unit | Edge | Bias | Target | LossPart


def source_of_edge(edge: Edge) -> Input | Unit:
    """Where an edge begins."""
    return Input(edge.source) if edge.layer == 0 else Unit(edge.layer - 1, edge.source)
