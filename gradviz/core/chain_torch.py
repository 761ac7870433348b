"""The same graph as torch sees it: autograd's gradients as the judge, and the chain of `grad_fn` behind a value.

Every node is computed by the operation that its line says, on float64 tensors of no dimension. The branch that a
`where` does not take is detached, so that an infinite slope behind it can't become 0 · ∞.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz.core.chain_graph import ChainGraph
from gradviz.core.deferred_torch import torch
from gradviz.core.expression import OPERATIONS
from gradviz.core.expression_functions import BY_NAME
from gradviz.core.expression_program import constant_of, is_whole_exponent
from gradviz.core.expression_torch import Formula
from gradviz.core.expression_tree import Call, Choice, Negative, Node, Number, Operation, Variable, variables_of


@dataclass(frozen=True, slots=True)
class TorchNode:
    """An entry of torch's own graph: the name of its `grad_fn`, and the entries that its gradient goes on to.

    `node` is the place of our node that it belongs to. Where torch takes several entries for one of our operations
    (1/x is a Reciprocal and a Mul) all have its place; `is_last` is the one whose output it is.
    """

    name: str
    node: int | None
    is_last: bool
    onward: tuple[int, ...]


def autograd_gradients(graph: ChainGraph, inputs: Mapping[str, float], output: int) -> tuple[float, ...]:
    """∂output/∂(every node) by torch.autograd; 0 where no path leads. Imports torch."""
    tensors = _computed(graph, inputs)
    found = torch.autograd.grad(tensors[output], tensors, allow_unused=True)
    return tuple(0.0 if each is None else float(each) for each in found)


def torch_chain(graph: ChainGraph, inputs: Mapping[str, float], output: int) -> tuple[TorchNode, ...]:
    """The `grad_fn` chain from a node back to the leaves, breadth first; empty for an input. Imports torch."""
    tensors = _computed(graph, inputs)
    if tensors[output].is_leaf:
        return ()
    ours = {tensor.grad_fn: place for place, tensor in enumerate(tensors) if not tensor.is_leaf}
    leaves = {id(tensor): place for place, tensor in enumerate(tensors) if tensor.is_leaf}
    order: list[Any] = [tensors[output].grad_fn]
    owners: dict[Any, int | None] = {order[0]: output}
    numbers = {order[0]: 0}
    onward: list[tuple[int, ...]] = []
    for entry in order:  # grows while it is walked through
        following = [each for each, _ in entry.next_functions if each is not None]
        for each in following:
            if each not in numbers:
                numbers[each] = len(order)
                order.append(each)
                leaf = leaves.get(id(each.variable)) if hasattr(each, "variable") else None
                # what is none of ours is a part of the operation that it leads to
                owners[each] = leaf if leaf is not None else ours.get(each, owners[entry])
        onward.append(tuple(numbers[each] for each in following))
    return tuple(
        TorchNode(entry.name(), owners[entry], entry in ours or hasattr(entry, "variable"), onward[number])
        for number, entry in enumerate(order)
    )


def _computed(graph: ChainGraph, inputs: Mapping[str, float]) -> list[Any]:
    """A tensor for every node of the graph."""
    tensors: list[Any] = []
    names: dict[str, Any] = {}
    for node in graph.nodes:
        if node.tree is None:
            tensor = torch.tensor(float(inputs[node.name]), dtype=torch.float64, requires_grad=True)
        elif graph.detail == "values":
            variables = tuple(sorted(variables_of(node.tree)))
            tensor = Formula((node.tree,), variables)(*(names[name] for name in variables))
        else:
            tensor = _of_operation(node.tree, names)
            if not tensor.requires_grad:  # a `where` whose taken branch is a number
                tensor.requires_grad_()
        tensors.append(tensor)
        names[node.name] = tensor
    return tensors


def _of_operation(tree: Node, names: Mapping[str, Any]) -> Any:
    if isinstance(tree, Operation):
        left, right = _operand(tree.left, names), _operand(tree.right, names)
        if isinstance(right, float) and tree.operator == "^" and is_whole_exponent(right):
            right = int(right)
        return OPERATIONS[tree.operator](left, right)
    if isinstance(tree, Negative):
        return -_operand(tree.operand, names)
    if isinstance(tree, Call):
        record = BY_NAME[tree.name]
        function: Any = torch
        for name in record.torch.split("."):
            function = getattr(function, name)
        return function(*(_as_tensor(argument, names) for argument in tree.arguments), **dict(record.options))
    assert isinstance(tree, Choice)
    return _chosen(tree, names)


def _chosen(tree: Choice, names: Mapping[str, Any]) -> Any:
    variables = tuple(sorted(variables_of(tree.condition)))
    asked = Formula((Choice(tree.condition, Number(1.0), Number(0.0)),), variables or ("x",))
    is_first = bool(asked(*([float(names[name].detach()) for name in variables] or [0.0])))
    first, second = _as_tensor(tree.first, names), _as_tensor(tree.second, names)
    first, second = (first, second.detach()) if is_first else (first.detach(), second)
    return torch.where(torch.tensor(is_first), first, second)


def _operand(part: Node, names: Mapping[str, Any]) -> Any:
    """A node's tensor, or the number that stands in the text."""
    if isinstance(part, Variable):
        return names[part.name]
    value = constant_of(part)
    return Formula((part,), ("x",))(0.0) if value is None else value


def _as_tensor(part: Node, names: Mapping[str, Any]) -> Any:
    operand = _operand(part, names)
    return torch.tensor(operand, dtype=torch.float64) if isinstance(operand, float) else operand
