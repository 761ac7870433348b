"""Where the person stands in a graph: how many stages are done, what is lit, what is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_phases import Phases, Stage
from gradviz.views.chain_rule.graph_walk import Selection

NOTHING = Selection()


@dataclass(frozen=True, slots=True)
class Standing:
    """`position` is None at the end of all stages, whatever their number; `shows_stage`: the last of them alone is lit,
    not the paths. `path` is the one path that is looked at.
    """

    position: int | None = None
    shows_stage: bool = False
    selection: Selection = NOTHING
    path: int | None = None

    @property
    def shows_paths(self) -> bool:
        """Everything is computed, and no stage is lit: what is seen are the paths."""
        return self.position is None and not self.shows_stage

    def done(self, phases: Phases) -> int:
        """So many stages are done."""
        return phases.end if self.position is None else self.position

    def lit(self, phases: Phases) -> Stage | None:
        """The stage that is lit alone."""
        return phases.stage(self.done(phases)) if self.shows_stage else None

    def moved(self, position: int, phases: Phases, as_stage: bool) -> Standing:
        """So many stages are done; `as_stage` lights the last of them. Nothing is looked at any more."""
        return Standing(None if position >= phases.end else max(position, 0), as_stage)

    def stepped(self, phases: Phases) -> Standing:
        """One stage on; after the last all is seen, from there it begins anew."""
        if self.position is None and self.shows_stage:
            return Standing()
        return self.moved(1 if self.shows_paths else self.done(phases) + 1, phases, True)

    def stepped_back(self, phases: Phases) -> Standing:
        """As it was before the last stage; from all that is seen at the end, to that stage."""
        done = self.done(phases)
        if self.shows_paths and done > 0:
            return self.moved(done, phases, True)
        return self.moved(done - 1, phases, done > 1)

    def on_another_graph(self) -> Standing:
        """What of it a graph of other nodes leaves: those who have seen all of it see all again."""
        return Standing() if self.position is None else replace(self, selection=NOTHING, path=None)

    def within(self, graph: ChainGraph, phases: Phases) -> Standing:
        """The same where the graph has what is meant; else without it."""
        position = None if self.position is None or self.position >= phases.end else max(self.position, 0)
        node, edge = self.selection.node, self.selection.edge
        is_there = (node is None or node < len(graph.nodes)) and (edge is None or edge < len(graph.edges))
        return replace(self, position=position, selection=self.selection if is_there else NOTHING)

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        return {
            "position": self.position,
            "shows_stage": self.shows_stage,
            "node": self.selection.node,
            "edge": self.selection.edge,
            "path": self.path,
        }


def standing_from_state(state: Mapping[str, Any]) -> Standing:
    """The standing that `state` wrote; what is missing is as it is at first.

    Raises:
        ValueError: the data is no such state.
    """
    node, edge = _place(state.get("node")), _place(state.get("edge"))
    selection = Selection(node=node) if node is not None else Selection(edge=edge)
    return Standing(
        _place(state.get("position")), bool(state.get("shows_stage", False)), selection, _place(state.get("path"))
    )


def _place(value: object) -> int | None:
    if value is not None and (not isinstance(value, int) or value < 0):
        raise ValueError(f"place {value!r}")
    return value
