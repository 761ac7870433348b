"""torch's optimizers as records: what each is called, what it is for, and the hyper-parameters it takes.

Names and defaults of the hyper-parameters are read from the class's own signature; what is written here is only what
a signature does not say: the range that makes sense for a point in the plane.

Left out on purpose: Muon (wants a matrix) and SparseAdam (wants sparse gradients).

On a GPU three of them wait for the device by themselves, whatever the recording does: LBFGS and Adafactor read a norm
in every step, ASGD its own counters.
"""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass
from typing import Any

from gradviz.core.deferred_torch import torch
from gradviz.core.hyperparameters import Hyperparameter, Range, Values, hyperparameter_of

# How a step is computed, not what it computes: the program leaves these at torch's defaults.
_IMPLEMENTATION = frozenset({"params", "self", "foreach", "fused", "capturable", "differentiable"})


# By hyper-parameter name; "betas.1" is the second of a tuple. torch's own checks come on top of these.
_RANGES: dict[str, Range] = {
    "lr": Range(0.0, 1e6, low_included=False, logarithmic=True),
    "momentum": Range(0.0, 1.0),
    "dampening": Range(0.0, 1.0),
    "weight_decay": Range(0.0, 1e3, logarithmic=True),
    "lr_decay": Range(0.0, 1e3, logarithmic=True),
    "initial_accumulator_value": Range(0.0, 1e6, logarithmic=True),
    "eps": Range(0.0, 1.0, logarithmic=True),
    "eps.0": Range(0.0, 1.0, logarithmic=True),
    "eps.1": Range(0.0, 1.0, logarithmic=True),
    "rho": Range(0.0, 1.0),
    "alpha": Range(0.0, 1.0),
    "betas.0": Range(0.0, 1.0),
    "betas.1": Range(0.0, 1.0),
    "momentum_decay": Range(0.0, 1.0, logarithmic=True),
    "etas.0": Range(0.0, 1.0, low_included=False),
    "etas.1": Range(1.0, 10.0),
    "step_sizes.0": Range(0.0, 1e3, low_included=False, logarithmic=True),
    "step_sizes.1": Range(0.0, 1e3, low_included=False, logarithmic=True),
    "lambd": Range(0.0, 1.0, logarithmic=True),
    "t0": Range(0.0, 1e12, logarithmic=True),
    "beta2_decay": Range(-2.0, 0.0),
    "d": Range(1.0, 1e3),
    "max_iter": Range(1, 200),
    "max_eval": Range(1, 1000),
    "tolerance_grad": Range(0.0, 1e3, logarithmic=True),
    "tolerance_change": Range(0.0, 1e3, logarithmic=True),
    "history_size": Range(1, 1000),
}

# The choices that a signature can't say: torch raises "only 'strong_wolfe' is supported" for any other.
_CHOICES: dict[str, tuple[str | None, ...]] = {"line_search_fn": (None, "strong_wolfe")}

# By class: numbers that torch reads only at the first step, or (RMSprop) whose memory it only makes there.
_READ_ONCE: dict[str, frozenset[str]] = {
    "Adagrad": frozenset({"initial_accumulator_value"}),
    "RMSprop": frozenset({"momentum"}),
    "Rprop": frozenset({"lr"}),
}


@dataclass(frozen=True, slots=True)
class OptimizerRecord:
    """An optimizer of torch.optim: the class by name, and the values with which this entry starts.

    `preset` overrides the class's defaults (SGD with momentum is SGD with another preset); `needs_closure` is true
    where a step evaluates the function several times.
    """

    key: str
    class_name: str
    title: str
    summary: str
    source: str
    preset: tuple[tuple[str, Any], ...] = ()
    needs_closure: bool = False

    @property
    def torch_class(self) -> type[torch.optim.Optimizer]:
        found: type[torch.optim.Optimizer] = getattr(torch.optim, self.class_name)
        return found

    def hyperparameters(self) -> tuple[Hyperparameter, ...]:
        """What the class's signature offers, in its order, with this entry's preset as defaults. Imports torch."""
        preset = dict(self.preset)
        signature = inspect.signature(self.torch_class.__init__)
        return tuple(
            hyperparameter_of(parameter, preset.get(name, parameter.default), _RANGES, _CHOICES)
            for name, parameter in signature.parameters.items()
            if name not in _IMPLEMENTATION
        )

    def defaults(self) -> dict[str, Any]:
        """The value of every hyper-parameter with which this entry starts."""
        return {parameter.name: parameter.default for parameter in self.hyperparameters()}

    @property
    def changeable(self) -> frozenset[str]:
        """The hyper-parameters that can be changed while it runs: numbers that torch reads at every step."""
        numbers = {parameter.name for parameter in self.hyperparameters() if parameter.kind == "number"}
        return frozenset(numbers - _READ_ONCE.get(self.class_name, frozenset()))

    @property
    def reads_rate_once(self) -> bool:
        """True where the learning rate is only the first step's, so that nothing comes of a schedule."""
        return "lr" in _READ_ONCE.get(self.class_name, ())

    def build(self, parameters: list[torch.Tensor], values: Values) -> torch.optim.Optimizer:
        """The real optimizer over `parameters`.

        Raises:
            ValueError: torch refuses a value; the message is torch's own.
        """
        arguments = dict(values)
        on_cpu = all(parameter.device.type == "cpu" for parameter in parameters)
        if on_cpu and "foreach" in inspect.signature(self.torch_class.__init__).parameters:
            # what torch decides for a CPU tensor anyway, at every step anew: the same bits, 5 % sooner
            arguments["foreach"] = False
        return self.torch_class(parameters, **arguments)

    def refusal(self, values: Values) -> str | None:
        """torch's own reason for not taking these values, or None if it takes them."""
        return _refusal(self, tuple(values.items()), repr(values))

    def arguments(self, values: Values) -> str:
        """The keyword arguments as one writes them in Python, without those that equal the class's defaults."""
        own = {name: p.default for name, p in inspect.signature(self.torch_class.__init__).parameters.items()}
        return ", ".join(f"{name}={value!r}" for name, value in values.items() if name == "lr" or own[name] != value)


@functools.lru_cache(maxsize=256)  # every control of the window asks again for every lane
def _refusal(record: OptimizerRecord, values: tuple[tuple[str, Any], ...], _as_written: str) -> str | None:
    # 1 and 1.0 are the same to a cache, but not in torch's sentence: so it keeps values also as they are written
    try:
        record.build([torch.zeros(2, requires_grad=True)], dict(values))
    except (ValueError, TypeError, RuntimeError) as error:
        return str(error)
    return None


OPTIMIZERS: tuple[OptimizerRecord, ...] = (
    OptimizerRecord("sgd", "SGD", "SGD", "A step of −lr·∇f: plain gradient descent.", "Robbins & Monro 1951"),
    OptimizerRecord(
        "momentum",
        "SGD",
        "SGD momentum",
        "A heavy ball: the step keeps a share of the last one and rolls through narrow valleys.",
        "Polyak 1964",
        (("momentum", 0.9),),
    ),
    OptimizerRecord(
        "nesterov",
        "SGD",
        "SGD Nesterov",
        "Momentum that corrects itself by the gradient ahead of the ball.",
        "Nesterov 1983; Sutskever et al. 2013",
        (("momentum", 0.9), ("nesterov", True)),
    ),
    OptimizerRecord(
        "adagrad",
        "Adagrad",
        "Adagrad",
        "Divides each coordinate's step by the root of all its squared gradients so far.",
        "Duchi, Hazan & Singer 2011",
    ),
    OptimizerRecord(
        "adadelta",
        "Adadelta",
        "Adadelta",
        "Scales the step by the ratio of past steps to past gradients; needs hardly a learning rate.",
        "Zeiler 2012, arXiv:1212.5701",
    ),
    OptimizerRecord(
        "rmsprop",
        "RMSprop",
        "RMSprop",
        "Divides by a running root mean square of the gradient, which forgets.",
        "Tieleman & Hinton 2012, lecture 6.5",
    ),
    OptimizerRecord(
        "adam",
        "Adam",
        "Adam",
        "Running mean of the gradient over the root of its running mean square, both unbiased. The course uses it.",
        "Kingma & Ba 2014, arXiv:1412.6980",
    ),
    OptimizerRecord(
        "adamw",
        "AdamW",
        "AdamW",
        "Adam with the weight decay taken out of the gradient.",
        "Loshchilov & Hutter 2017, arXiv:1711.05101",
    ),
    OptimizerRecord(
        "adamax",
        "Adamax",
        "Adamax",
        "Adam with the largest recent gradient in place of the mean square.",
        "Kingma & Ba 2014, section 7.1",
    ),
    OptimizerRecord("nadam", "NAdam", "NAdam", "Adam with Nesterov's look ahead.", "Dozat 2016, ICLR workshop"),
    OptimizerRecord(
        "radam",
        "RAdam",
        "RAdam",
        "Adam that waits with its scaling until the mean square is known well enough.",
        "Liu et al. 2019, arXiv:1908.03265",
    ),
    OptimizerRecord(
        "rprop",
        "Rprop",
        "Rprop",
        "Looks only at the gradient's sign and keeps a step size for each coordinate.",
        "Riedmiller & Braun 1993",
    ),
    OptimizerRecord(
        "asgd",
        "ASGD",
        "ASGD",
        "SGD that averages the points it has visited once t0 steps are done; a new rate shows a step later.",
        "Polyak & Juditsky 1992",
    ),
    OptimizerRecord(
        "adafactor",
        "Adafactor",
        "Adafactor",
        "Steps relative to the size of the parameters, clipped; made for little memory.",
        "Shazeer & Stern 2018, arXiv:1804.04235",
    ),
    OptimizerRecord(
        "lbfgs",
        "LBFGS",
        "L-BFGS",
        "Quasi-Newton: learns the curvature from past gradients, evaluates several times a step.",
        "Liu & Nocedal 1989",
        needs_closure=True,
    ),
)


def optimizer(key: str) -> OptimizerRecord:
    """The optimizer with this key.

    Raises:
        KeyError: no optimizer has it.
    """
    for record in OPTIMIZERS:
        if record.key == key:
            return record
    raise KeyError(key)
