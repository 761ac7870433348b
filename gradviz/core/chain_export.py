"""The graph of the Chain rule tab as a file: CSV or NPZ, with the text and the values that it was computed from.

A CSV begins with comment lines `# name: JSON`; then one row for every node (its value and gradient) and one for every
edge (its local derivative, and what it brings back: incoming × local). An NPZ has one array for each column of the two
kinds and the header as JSON. Numbers are written so that reading them gives the same bits.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import gradviz
from gradviz.core.chain_gradients import Backward, backward
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.chain_picture import node_name
from gradviz.core.expression_latex import latex_of
from gradviz.core.plain_formula import plain_of_latex
from gradviz.core.whole_file import whole_file

FORMAT, VERSION = "gradviz chain rule", 1


@dataclass(frozen=True, slots=True)
class ChainExport:
    """What is written: a graph, the values of its inputs, the output and the text that it was read from."""

    graph: ChainGraph
    inputs: Mapping[str, float]
    output: int
    text: str

    def header(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "gradviz": gradviz.__version__,
            "text": self.text,
            "values": dict(self.inputs),
            "output": self.graph.nodes[self.output].name,
            "detail": self.graph.detail,
        }


def export_chain(what: ChainExport, path: Path) -> None:
    """Writes the graph as CSV or NPZ by the suffix of `path`; whole or not at all.

    Raises:
        ValueError: the suffix is neither.
        OSError: the place can't be written.
    """
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"{path.name} is neither {' nor '.join(WRITERS)}")
    with whole_file(path) as temporary:
        write(temporary, what)


def _write_csv(path: Path, what: ChainExport) -> None:
    graph, values, back = what.graph, what.graph.evaluate(what.inputs), _back(what)
    with path.open("w", encoding="utf-8", newline="") as file:
        for name, entry in what.header().items():
            file.write(f"# {name}: {json.dumps(entry, ensure_ascii=False)}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "name", "target", "formula", "value", "gradient"))
        for place, node in enumerate(graph.nodes):
            formula = "" if node.tree is None else plain_of_latex(latex_of(node.tree))
            writer.writerow(("node", node.name, "", formula, values.nodes[place], back.gradients[place]))
        products = {term.edge: term.product for step in back.steps for term in step.terms}
        for number, edge in enumerate(graph.edges):
            ends = graph.nodes[edge.source].name, graph.nodes[edge.target].name
            formula = plain_of_latex(latex_of(edge.local))
            writer.writerow(("edge", *ends, formula, values.locals[number], products.get(number, 0.0)))


def _write_npz(path: Path, what: ChainExport) -> None:
    graph, values, back = what.graph, what.graph.evaluate(what.inputs), _back(what)
    np.savez_compressed(
        path,
        header=np.array(json.dumps(what.header(), ensure_ascii=False)),
        node_names=np.array([node.name for node in graph.nodes]),
        node_titles=np.array([node_name(graph, place) for place in range(len(graph.nodes))]),
        values=np.array(values.nodes),
        gradients=np.array(back.gradients),
        edge_sources=np.array([edge.source for edge in graph.edges]),
        edge_targets=np.array([edge.target for edge in graph.edges]),
        locals=np.array(values.locals),
    )


def _back(what: ChainExport) -> Backward:
    return backward(what.graph, what.graph.evaluate(what.inputs), what.output)


WRITERS: dict[str, Callable[[Path, ChainExport], None]] = {".csv": _write_csv, ".npz": _write_npz}
