"""What a start of a training, or a look at its samples, comes to off the GUI thread: a table is a file."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from gradviz.core.data_sets import Data
from gradviz.core.network_request import NetworkRequest
from gradviz.core.training import TrainingRequest, misfit
from gradviz.core.worded_error import WordedError
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.formula_words import error_in_words
from gradviz.views.network.training_settings import TrainingSettingsPage

ONLY_LOOK = math.nan  # for `until_step`: nothing is to be trained


@dataclass(frozen=True, slots=True, eq=False)
class MadeSamples:
    """Samples and what to train on them, or why there are none; `until_step` as it was asked for."""

    request: NetworkRequest
    data: Data | None
    training: TrainingRequest | None
    error: Exception | None
    until_step: float


class SampleMaker(QObject):
    """Makes what the page asks for off the GUI thread, and tells at the page why samples can't be taken.

    `asked` gives the network and the sample as the tab has them now; None before torch is there.

    Signals:
        made(MadeSamples): the samples are others, or refused.
        start_asked(MadeSamples): behind `made`, where a training is to begin on them.
        said(object): words for the line, from long to short: why nothing begins; empty where that is over.
        failed(object): an exception that is no refusal.
    """

    made = Signal(object)
    start_asked = Signal(object)
    said = Signal(object)
    failed = Signal(object)

    def __init__(
        self, settings: TrainingSettingsPage, asked: Callable[[], NetworkRequest | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._asked = settings, asked
        self._is_start_wanted = self._has_refused = False
        self._made: MadeSamples | None = None  # the last, refused or not
        self._task = LatestTask(wait=True, parent=self)
        self._task.done.connect(self._on_made)
        self._task.failed.connect(self._on_failed)

    def begin(self) -> None:
        """Torch is there."""
        self._task.begin()

    def shutdown(self) -> None:
        self.forget_start()
        self._task.shutdown()

    def forget_start(self) -> None:
        """A training that is about to begin does not."""
        self._is_start_wanted = False

    def make(self, until_step: float) -> None:
        """The samples; behind them a training begins, but where it is ONLY_LOOK."""
        is_start = not math.isnan(until_step)
        request, settings = self._asked(), self._settings.settings()
        if request is None:
            self.said.emit(("",))
        elif settings is None and is_start:
            text = self.tr("Not started: a value of the training is refused; the reason stands under it.")
            self.said.emit((text, self.tr("Not started: a value is refused")))
        else:
            request = replace(request, data=self._settings.data_request(), settings=settings or request.settings)
            self._is_start_wanted = is_start
            self._task.submit(making_samples(request, until_step))

    def is_newest(self, made: MadeSamples) -> bool:
        """True if the network that is shown, and what is asked for, are still those it was made for."""
        asked = self._asked()
        same_data = made.request.data == self._settings.data_request()
        return asked is not None and made.request.network is asked.network and same_data

    def planned(self) -> TrainingRequest | None:
        """What would begin now with the network that is shown; None without samples but the one that is looked at."""
        asked, settings, made = self._asked(), self._settings.settings(), self._made
        if asked is None or settings is None or made is None or made.data is None or made.request.data is None:
            return None
        if made.request.data != self._settings.data_request() or misfit(made.data, asked.network) is not None:
            return None
        return TrainingRequest(asked.network, made.data, settings)

    def _on_made(self, made: object) -> None:
        assert isinstance(made, MadeSamples)
        if made.request.data != self._settings.data_request():
            return  # others are on their way
        self._made = made
        self.made.emit(made)
        if made.error is not None:
            self._refuse(reason_in_words(made.error))
            return
        error = None if made.data is None else misfit(made.data, made.request.network)
        self._settings.data.show_problem("" if error is None else error_in_words(error))
        if self._has_refused:
            self._has_refused = False
            self.said.emit(("",))
        if self._is_start_wanted and made.training is not None:  # a look that was asked for before may come first
            self._is_start_wanted = False
            self.start_asked.emit(made)

    def _refuse(self, reason: str) -> None:
        self._has_refused, self._is_start_wanted = True, False
        self._settings.data.show_problem(reason)
        text = self.tr("These samples can't be taken: {0}").format(reason)
        self.said.emit((text, self.tr("The samples are refused")))

    def _on_failed(self, error: Exception) -> None:
        self._is_start_wanted = False
        self.said.emit((self.tr("Not started: {0}").format(error_in_words(error)),))
        self.failed.emit(error)


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
