"""Noise on the gradient, drawn once a step: what a mini-batch does to a gradient, in one number.

What a lane's optimizer sees is g + (sigma + relative·‖g‖)·z with z from N(0, 1) for each component. All lanes of a
descent and all evaluations of one step share the same z, so that a race is fair and L-BFGS sees one function a step;
and a lane sees the same noise whatever runs beside it. Where a landscape is made of points, a real mini-batch may be
drawn as well.
"""

from __future__ import annotations

from gradviz.core.deferred_torch import torch
from gradviz.core.descent_request import Noise
from gradviz.core.mini_batch import BatchSampler


class GradientNoise:
    """Draws the noise of a descent on its own device; the same seed gives the same numbers there.

    `sampler` is the function that the optimizers see in this step instead of the landscape's, None if they see that.
    """

    def __init__(self, noise: Noise, dtype: torch.dtype, device: str, sampler: BatchSampler | None = None) -> None:
        self.sampler = sampler
        self._dtype, self._device = dtype, device
        self._begin(noise)

    def _begin(self, noise: Noise) -> None:
        self._noise = noise
        self._generator = torch.Generator(self._device).manual_seed(noise.seed)
        self._z = torch.zeros(2, dtype=self._dtype, device=self._device)

    @property
    def is_silent(self) -> bool:
        return self._noise.is_silent

    def change(self, noise: Noise) -> None:
        """Other noise from the next draw on. The same seed goes on where it was, another one begins anew."""
        if noise.seed != self._noise.seed:
            self._begin(noise)
        else:
            self._noise = noise

    def draw(self) -> None:
        """The batch and the z of the next step; while the noise is silent no z is drawn."""
        if self.sampler is not None:
            self.sampler.draw()
        if not self._noise.is_silent:
            self._z = torch.randn(2, generator=self._generator, dtype=self._dtype, device=self._device)

    def on(self, gradient: torch.Tensor) -> torch.Tensor:
        """The gradient as the optimizers see it in this step; shapes (..., 2) -> (..., 2)."""
        if self._noise.relative == 0.0:  # not only for speed: 0·‖g‖ is no number where ‖g‖ overflows
            return gradient + self._noise.sigma * self._z
        # not torch.hypot, whose vectorised form rounds otherwise than the scalar one: a lane would feel its neighbours
        gx, gy = gradient.unbind(-1)
        scale = self._noise.sigma + self._noise.relative * (gx * gx + gy * gy).sqrt()
        return gradient + scale.unsqueeze(-1) * self._z
