"""Logits one can begin with. To add some, add an entry to SOFTMAX_PRESETS."""

from __future__ import annotations

from dataclasses import dataclass

from gradviz.core.deferred_torch import torch
from gradviz.core.softmax import SoftmaxSetup


@dataclass(frozen=True, slots=True)
class SoftmaxPreset:
    """A setup one can begin with; `is_random` has its logits drawn by the seed that one gives."""

    key: str
    title: str
    summary: str
    logits: tuple[float, ...] = ()
    target: int = 0
    is_random: bool = False

    def setup(self, seed: int = 0, count: int = 3) -> SoftmaxSetup:
        """Its setup at temperature 1; a random one has `count` logits and imports torch."""
        logits = random_logits(count, seed) if self.is_random else self.logits
        return SoftmaxSetup(logits, target=self.target)


def random_logits(count: int, seed: int) -> tuple[float, ...]:
    """torch.rand(count) after manual_seed(seed), as the course draws them, in float32's digits. Imports torch."""
    drawn = torch.rand(count, generator=torch.Generator().manual_seed(seed))
    return tuple(drawn.double().tolist())


SOFTMAX_PRESETS: tuple[SoftmaxPreset, ...] = (
    SoftmaxPreset(
        "mild", "2, 1, 0.1", "The largest logit is twice the next; its probability almost three times.", (2.0, 1.0, 0.1)
    ),
    SoftmaxPreset(
        "course", "The course's random three", "torch.rand(3), from the seed you choose.", target=1, is_random=True
    ),
    SoftmaxPreset(
        "dominant",
        "One dominates",
        "One p is almost 1: there is little left to differentiate.",
        (10.0, 0.0, -1.0, 1.0, 0.5),
    ),
    SoftmaxPreset("equal", "All equal", "Every p is 1/n: softmax has no opinion, and the largest entropy.", (0.0,) * 5),
    SoftmaxPreset(
        "huge",
        "±10,000",
        "e^10,000 is no number of a computer: the naive form fails, the stable one does not.",
        (1e4, -1e4, 9999.0, 0.0),
    ),
    SoftmaxPreset(
        "confidently_wrong",
        "Confidently wrong",
        "Sure of another class than the target: one gradient vanishes, the other pulls.",
        (-8.0, 12.0, 0.0, 1.0),
    ),
)


def softmax_preset(key: str) -> SoftmaxPreset:
    """The preset with this key.

    Raises:
        KeyError: there is none.
    """
    for preset in SOFTMAX_PRESETS:
        if preset.key == key:
            return preset
    raise KeyError(key)
