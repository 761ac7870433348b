"""What a start of a training, or a look at its samples, comes to off the GUI thread: a table is a file."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from gradviz.core.data_sets import Data
from gradviz.core.network_request import NetworkRequest
from gradviz.core.training import TrainingRequest
from gradviz.core.worded_error import WordedError
from gradviz.views.common.formula_words import error_in_words

ONLY_LOOK = math.nan  # for `until_step`: nothing is to be trained


@dataclass(frozen=True, slots=True, eq=False)
class MadeSamples:
    """Samples and what to train on them, or why there are none; `until_step` as it was asked for."""

    request: NetworkRequest
    data: Data | None
    training: TrainingRequest | None
    error: Exception | None
    until_step: float


def making_samples(request: NetworkRequest, until_step: float) -> Callable[[], object]:
    """A task that gives MadeSamples."""

    def make() -> MadeSamples:
        try:
            data = request.samples()
        except (OSError, WordedError, ValueError) as error:
            return MadeSamples(request, None, None, error, until_step)
        training = None if math.isnan(until_step) else TrainingRequest(request.network, data, request.settings)
        return MadeSamples(request, data, training, None, until_step)

    return make


def reason_in_words(error: Exception) -> str:
    """Why there are no samples, in the language of the program."""
    return error.strerror or str(error) if isinstance(error, OSError) else error_in_words(error)
