"""How long an edit of a network takes until all its numbers are known, and one of a graph of local derivatives.

Prints one JSON line a figure, with a ratio where there is something to compare with: the numbers of a network of six
layers of twelve units with a bare torch pass forward and back; a step of training with a bare loop of torch's own; an
edit and a phase on the screen, painted, with the same drawing repainted without any change; frames and surfaces of a
training a second, and how long its pause keeps one waiting. Only what is on the screen needs a display.

    python -m tests.benchmarks.network [ROUNDS]
"""

from __future__ import annotations

import itertools
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace

import torch
from PySide6.QtCore import QEventLoop, QTimer

from gradviz.app.application import create
from gradviz.core.assignments import parse_assignments
from gradviz.core.chain_gradients import backward
from gradviz.core.chain_graph import ChainGraph
from gradviz.core.data_sets import DataRequest, make_data
from gradviz.core.decision_surface import surfaces
from gradviz.core.graph_layout import graph_layout
from gradviz.core.network import Layer, Network, Shape, layer_activation, new_network
from gradviz.core.network_formulas import derivation_of
from gradviz.core.network_parts import Edge, Unit
from gradviz.core.network_phases import phase_text
from gradviz.core.network_trace import Sample, phases, trace
from gradviz.core.one_thread import one_thread
from gradviz.core.training import Training, TrainingRequest, TrainingSettings
from gradviz.views.network.tab import NetworkTab
from tests.core.random_assignments import random_program

STEPS = 300


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """The median of so many rounds."""
    work()
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1e3)
    return statistics.median(found)


def bare_pass() -> Callable[[], object]:
    """The same network as torch alone has it."""
    parts = [part for _ in range(6) for part in (torch.nn.Linear(12, 12), torch.nn.Sigmoid())]
    model, x = torch.nn.Sequential(*parts).double(), torch.full((1, 12), 0.5, dtype=torch.float64)

    def one() -> None:
        model.zero_grad()
        (0.5 * ((model(x) - 1.0) ** 2).sum()).backward()

    return one


def bare_training(network: Network, request: TrainingRequest) -> float:
    """Milliseconds a step of the shortest loop over the same samples."""
    parts = []
    for layer, weight in zip(network.shape.layers, network.weights, strict=True):
        parts += [torch.nn.Linear(weight.shape[1], layer.units), torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*parts).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01, foreach=False)
    inputs, targets = torch.tensor(request.data.inputs), torch.tensor(request.data.targets)

    def step() -> None:
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(inputs), targets).backward()
        optimizer.step()

    return milliseconds(step, STEPS)


def say(**figures: object) -> None:
    rounded = {name: round(v, 3) if isinstance(v, float) else v for name, v in figures.items()}
    print(json.dumps(rounded, ensure_ascii=False))  # noqa: T201


def networks(rounds: int) -> None:
    layers = tuple(Layer(12, layer_activation("sigmoid")) for _ in range(6))
    network, sample = new_network(Shape(12, layers)), Sample((0.5,) * 12, (1.0,) * 12)
    with one_thread():
        bare = milliseconds(bare_pass(), rounds)
    edit = milliseconds(lambda: trace(network.with_weight(0, 0, 0, 0.5), sample), rounds)
    say(what="edit of a 6 × 12 network", ms=edit, bare_torch_ms=bare, ratio=edit / bare)
    found = trace(network, sample)
    say(
        what="a phase's text",
        ms=max(milliseconds(lambda p=p: phase_text(found, p, 0.1), 9) for p in phases(network.shape)),
    )
    say(what="an edge's derivation", ms=milliseconds(lambda: derivation_of(found, Edge(0, 3, 4)), rounds))
    plane = new_network(Shape(2, layers))
    say(
        what="outputs of 72 units at 64 × 64 places",
        ms=milliseconds(lambda: surfaces(plane, (-1, 1, -1, 1), 64), rounds),
    )


def training(_rounds: int) -> None:
    layers = tuple(Layer(units, layer_activation("sigmoid")) for units in (8, 8, 1))
    network = new_network(Shape(2, layers, "mse"))
    settings = TrainingSettings("adam", (("lr", 0.01),), steps=STEPS)
    request = TrainingRequest(network, make_data(DataRequest("moons", 200, 0.1), 1), settings)
    run = Training(request)
    start = time.perf_counter()
    for _ in run:
        pass
    step = (time.perf_counter() - start) * 1e3 / STEPS
    with one_thread():
        bare = bare_training(network, request)
    say(what="a step of training 2-8-8-1 on 200 samples", ms=step, bare_torch_ms=bare, ratio=step / bare)


def chains(rounds: int) -> None:
    text, at = random_program(8)
    say(what="graph of a text", ms=milliseconds(lambda: ChainGraph(parse_assignments(text)), 9))
    graph = ChainGraph(parse_assignments(text))
    values = graph.evaluate(at)
    say(what="its values", nodes=len(graph.nodes), ms=milliseconds(lambda: graph.evaluate(at), rounds))
    say(what="its steps back", ms=milliseconds(lambda: backward(graph, values, graph.last), rounds))
    edges = [(edge.source, edge.target) for edge in graph.edges]
    say(what="its layout", ms=milliseconds(lambda: graph_layout([(60.0, 40.0)] * len(graph.nodes), edges), 9))


def drawn(rounds: int) -> None:
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    application, window = create(["gradviz", "--tab", "network", "--language", "en", "--theme", "light"])
    window.resize(1280, 800)
    window.show()
    tab = window.current_tab
    assert isinstance(tab, NetworkTab)
    while tab.walk is None:
        settle(0.05)
    layers = tuple(Layer(12, layer_activation("sigmoid")) for _ in range(6))
    tab.set_request(
        replace(tab.request, network=new_network(Shape(12, layers)), sample=Sample((0.5,) * 12, (1.0,) * 12))
    )
    settle(5.0)  # the formulas are typeset by then, which wants the interpreter
    values = itertools.count()

    def edit() -> None:
        tab.diagram.value_edited.emit(Edge(0, 3, 4), 0.01 * (next(values) % 100))
        tab.repaint()
        tab.diagram.viewport().repaint()

    def phase() -> None:
        tab.step()
        tab.diagram.viewport().repaint()

    bare = milliseconds(tab.diagram.viewport().repaint, rounds)
    for what, selected, work in (
        ("an edit of a 6 × 12 network, drawn, with an edge selected", Edge(0, 3, 4), edit),
        ("an edit of a 6 × 12 network, drawn, with a unit selected", Unit(2, 5), edit),
        ("a phase, drawn", None, phase),
    ):
        tab.diagram.part_selected.emit(selected)
        settle(1.0)
        found = milliseconds(work, rounds)
        say(what=what, ms=found, repaint_ms=bare, ratio=found / bare)
        settle(1.0)
    window.close()
    del application


def trained(seconds: float) -> None:
    """What one sees of a training: the wider the network, the longer a step, and none may stand still."""
    os.environ["GRADVIZ_HOME"] = tempfile.mkdtemp()
    application, window = create(["gradviz", "--tab", "network", "--language", "en", "--theme", "light"])
    window.resize(1280, 800)
    window.show()
    tab = window.current_tab
    assert isinstance(tab, NetworkTab)
    while tab.walk is None:
        settle(0.05)
    counts = {"frames": 0, "surfaces": 0}
    tab.training.network_changed.connect(lambda _: counts.update(frames=counts["frames"] + 1))
    tab.training.pictures_changed.connect(lambda _: counts.update(surfaces=counts["surfaces"] + 1))
    for widths, samples in (((4, 1), 200), ((32, 32, 1), 200), ((12,) * 5 + (1,), 200), ((256,) * 5 + (1,), 10_000)):
        layers = tuple(Layer(units, layer_activation("tanh")) for units in widths)
        sample = Sample((0.0, 1.0), (1.0,))
        network = new_network(Shape(2, layers))
        tab.set_request(replace(tab.request, network=network, sample=sample, data=DataRequest("moons", samples, 0.1)))
        settle(1.0)
        counts.update(frames=0, surfaces=0)
        tab.training.toggle()
        settle(seconds)
        start = time.perf_counter()
        tab.training.pause()
        answer = (time.perf_counter() - start) * 1e3
        title = "-".join(map(str, (2, *widths)))
        a_second = {f"{name}_a_second": count / seconds for name, count in counts.items()}
        say(what=f"{title} trains on {samples} samples", **a_second, pause_ms=answer)
        settle(1.0)
    window.close()
    del application


def settle(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    networks(asked)
    training(asked)
    chains(asked)
    drawn(asked)
    trained(5.0)
