"""Copy as PyTorch: a network with a sample, or a whole training, as a script that prints the same numbers by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from gradviz.core.activation import Activation
from gradviz.core.descent_script import source_of
from gradviz.core.expression_torch import Formula
from gradviz.core.network import Network
from gradviz.core.network_losses import network_loss
from gradviz.core.network_trace import Sample
from gradviz.core.optimizers import optimizer
from gradviz.core.training import TrainingRequest
from gradviz.core.training_record import ValueChange

_LOST = "from math import inf, nan  # what Python has no literals for\n\n"

_ONE_PASS = """\
{lost}import torch

{functions}
inputs = torch.tensor({inputs}, dtype=torch.float64)
targets = torch.tensor({targets}, dtype=torch.float64)
{parameters}
{layers}
outputs = o{last}
loss = {loss}
loss.backward()

print(f"E = {{loss.item():.10g}}")
for name, o in {outputs}.items():
    print(name, *(f"{{value:.10g}}" for value in o.flatten().tolist()))
for name, parameter in {shown}.items():
    print(f"dE/d{{name}}", *(f"{{value:.10g}}" for value in parameter.grad.flatten().tolist()))
"""

_TRAINING = """\
{lost}import torch

{functions}
{data}
{parameters}

def network(inputs):
    o0 = inputs
{layers}
    return o{last}


def loss_of(outputs, targets):
    return {loss}


optimizer = torch.optim.{optimizer}([{names}]{arguments})
{generator}{changes}
for step in range({steps}):
{change}{batch}
    def closure():
        optimizer.zero_grad()
        loss = loss_of(network({batch_inputs}), {batch_targets})
        loss.backward()
        return loss

    loss = optimizer.step(closure)
    if step % {every} == 0:
        print(f"step {{step}}: loss = {{loss.item():.10g}}")

with torch.no_grad():
    print(f"after {last_step} steps: train = {{loss_of(network(train_inputs), train_targets).item():.10g}}"){test}
"""

_TEST_LINE = """
    print(f"test = {loss_of(network(test_inputs), test_targets).item():.10g}")"""

_CHANGE = """\
    if step in changes:
        optimizer.param_groups[0].update(changes[step])
"""

_BATCHES = """\
order = torch.Generator().manual_seed({seed})
batches = []
"""

_BATCH = """\
    if not batches:  # a new epoch
        batches = list(torch.split(torch.randperm(len(train_inputs), generator=order), {size}))[::-1]
    rows = batches.pop()
    batch_inputs, batch_targets = train_inputs[rows], train_targets[rows]
"""


def network_script(network: Network, sample: Sample) -> str:
    """One pass: prints the loss, every layer's outputs and the gradient of every weight and bias."""
    functions, names = _functions([layer.activation for layer in network.shape.layers])
    layers = "\n".join(_layers(network, names)).replace("o0 @", "inputs @")
    return _ONE_PASS.format(
        lost=_lost(network),
        functions=functions,
        inputs=[list(sample.inputs)],
        targets=[list(sample.targets)],
        parameters=_parameters(network, "float64"),
        layers=layers,
        last=len(names),
        loss=network_loss(network.shape.loss).call,
        outputs=_named((f"O{n}", f"o{n}") for n in range(1, len(names) + 1)),
        shown=_named((name, name) for name in _parameter_names(network)),
    )


def training_script(
    request: TrainingRequest, steps: int, every: int = 100, changes: Sequence[ValueChange] = (), first: int = 0
) -> str:
    """A training up to so many steps from the request's own weights, which are those after `first` steps.

    The optimizer begins with the request's values; `changes` are what was changed of them meanwhile.
    """
    changed = {change.step: dict(change.values) for change in changes if first <= change.step < steps}
    network, settings, data = request.network, request.settings, request.data
    functions, names = _functions([layer.activation for layer in network.shape.layers])
    record = optimizer(settings.optimizer)
    arguments = record.arguments(dict(settings.values))
    is_batched = 0 < settings.batch < len(data.train)
    sets = [("train", data.train), *([("test", data.test)] if len(data.test) else [])]
    return _TRAINING.format(
        lost=_lost(network),
        functions=functions,
        data="\n".join(
            f"{name}_{what} = torch.tensor({array[rows].tolist()}, dtype=torch.{settings.precision})"
            for name, rows in sets
            for what, array in (("inputs", data.inputs), ("targets", data.targets))
        ),
        parameters=_parameters(network, settings.precision),
        layers="\n".join(f"    {line}" for line in _layers(network, names)),
        last=len(names),
        loss=network_loss(network.shape.loss).call,
        optimizer=record.class_name,
        names=", ".join(_trained_names(network)),
        arguments=f", {arguments}" if arguments else "",
        generator=_BATCHES.format(seed=settings.seed) if is_batched else "",
        changes=f"changes = {changed!r}  # from a step on: what was changed while it trained\n" if changed else "",
        steps=f"{first}, {steps}" if first else steps,
        change=_CHANGE if changed else "",
        last_step=steps,
        batch=_BATCH.format(size=settings.batch) if is_batched else "",
        batch_inputs="batch_inputs" if is_batched else "train_inputs",
        batch_targets="batch_targets" if is_batched else "train_targets",
        every=every,
        test=_TEST_LINE if len(data.test) else "",
    )


def _functions(activations: list[Activation]) -> tuple[str, list[str]]:
    """Definitions of the activations, each once, and the name of every layer's."""
    known: dict[tuple[str, Any], str] = {}
    texts, names = [], []
    for activation in activations:
        key = (activation.key, activation.values)
        if key not in known:
            is_own = isinstance(activation.record.function, Formula)
            stem = "own" if is_own else activation.key
            known[key] = stem if stem not in known.values() else f"{stem}_{len(known)}"
            if is_own:
                texts.append(source_of(activation.record.function).replace("own_function(", f"{known[key]}(", 1))
            else:
                call = activation.record.call.format(**dict(activation.values))
                texts.append(f"\ndef {known[key]}(x):\n    return {call}\n")
        names.append(known[key])
    return "\n".join(texts) + "\n", names


def _lost(network: Network) -> str:
    """What a script needs that writes numbers such as NaN; a training may have led there."""
    return "" if all(np.isfinite(array).all() for array in (*network.weights, *network.biases)) else _LOST


def _parameters(network: Network, precision: str) -> str:
    lines = []
    for place, (weight, bias) in enumerate(zip(network.weights, network.biases, strict=True), start=1):
        parts = [(f"w{place}", weight), *([(f"b{place}", bias)] if network.shape.layers[place - 1].bias else [])]
        for name, array in parts:
            lines.append(f"{name} = torch.tensor({array.tolist()}, dtype=torch.{precision}, requires_grad=True)")
    return "\n".join(lines)


def _parameter_names(network: Network) -> list[str]:
    """Layer by layer, weights before biases."""
    names = []
    for place, layer in enumerate(network.shape.layers, start=1):
        names += [f"w{place}", *([f"b{place}"] if layer.bias else [])]
    return names


def _trained_names(network: Network) -> list[str]:
    """In the order in which the optimizer gets them: all weights, then all biases."""
    names = _parameter_names(network)
    return sorted(names, key=lambda name: (name[0] == "b", int(name[1:])))


def _layers(network: Network, names: list[str]) -> list[str]:
    lines = []
    for place, (name, layer) in enumerate(zip(names, network.shape.layers, strict=True), start=1):
        bias = f" + b{place}" if layer.bias else ""
        lines.append(f"o{place} = {name}(o{place - 1} @ w{place}.T{bias})")
    return lines


def _named(pairs: Iterable[tuple[str, str]]) -> str:
    """A dict of names, as Python writes it."""
    return "{" + ", ".join(f'"{title}": {name}' for title, name in pairs) + "}"
