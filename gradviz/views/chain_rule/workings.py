"""The lines and what comes of them: read into a graph, drawn, computed at the values of the inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from gradviz.core.assignments import with_value
from gradviz.core.chain_nodes import Detail
from gradviz.core.chain_phases import Phases, phases_of
from gradviz.core.chain_picture import ChainPicture, chain_picture
from gradviz.core.chain_presets import preset_of
from gradviz.core.chain_request import ChainRequest
from gradviz.core.chain_result import ChainResult, chain_result
from gradviz.core.drawing_room import Room
from gradviz.engine.latest_task import LatestTask
from gradviz.views.chain_rule.graph_making import Made, Paper, is_small, made_of, making
from gradviz.views.chain_rule.graph_numbers import gradient_names

OTHERWISE = 1.0  # the value of an input that nobody has given one


class Workings(QObject):
    """`request` is what is asked for; everything else belongs to the last good text, which is what is drawn.

    Signals:
        was_read(object): a text was read: its AssignmentError, None where it is good.
        drawn(): another graph is there, with its numbers; follows on `was_read`. Not emitted for other numbers alone.
        laid_out(): the same graph has another picture, made for the room that there is now.
        failed(object): the exception of a text that could not be worked out.
    """

    was_read = Signal(object)
    drawn = Signal()
    laid_out = Signal()
    failed = Signal(object)

    def __init__(self, request: ChainRequest, character: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.request = request
        self.picture: ChainPicture | None = None
        self.result: ChainResult | None = None
        self.phases = Phases((), 0)
        self.gradient_names: tuple[str, ...] = ()
        self.is_reading = False  # a text is on its way
        self._drawn_text = self._instead = ""
        self._rewritten: dict[str, float] = {}  # values that stand in the text, changed since it was read
        self._paper = Paper(character)
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_made)
        self._maker.failed.connect(self._on_failed)
        self._layouter = LatestTask(parent=self)
        self._layouter.done.connect(self._on_laid_out)
        self._layouter.failed.connect(self.failed)

    @property
    def good_text(self) -> str:
        """What is drawn, or will be if the text that is on its way is refused."""
        return self._instead if self.is_reading else self._drawn_text

    @property
    def drawn_text(self) -> str:
        return self._drawn_text

    def take(self, request: ChainRequest, instead: str = "") -> None:
        """Another request; `instead` is drawn where its text is refused."""
        self.request = request
        self._read(instead)

    def edit(self, text: str, detail: Detail) -> None:
        """Another text, good or not, or another detail.

        Who comes back to a preset's lines, as by undo, finds its values where no other were given.
        """
        own = preset_of(text)
        values = tuple((dict(own.values) | dict(self.request.values)).items()) if own else self.request.values
        self.request = replace(self.request, text=text, values=values, output=self._kept_output(), detail=detail)
        self._read(self.good_text)

    def set_value(self, name: str, value: float) -> None:
        """Another value for an input; where it stands in the text, there too, in the one that is drawn as well."""
        old = self.request
        text = with_value(old.text, name, value)
        values = tuple((dict(old.values) | {name: value}).items())
        self.request = replace(old, text=text, values=values)
        was_drawn = not self.is_reading and old.text == self._drawn_text
        self._drawn_text = with_value(self._drawn_text, name, value)
        self._instead = with_value(self._instead, name, value)
        self._rewritten[name] = value
        self._compute()
        if text != old.text and not was_drawn:
            self._read(self.good_text)

    def set_ends(self, output: str, source: str) -> None:
        """∂output/∂source is looked at."""
        self.request = replace(self.request, output=output, source=source)
        self._compute()

    def set_room(self, room: Room) -> None:
        """The room that pictures are laid out for; the one that is there follows."""
        if room == self._paper.room:
            return
        self._paper = replace(self._paper, room=room)
        if self.picture is None or self.is_reading:
            return  # the one that is being made is looked at again when it is there
        if is_small(self._drawn_text):
            self._on_laid_out(_laying_out(self.picture, self._paper)())
        else:
            self._layouter.submit(_laying_out(self.picture, self._paper))

    def shutdown(self) -> None:
        self._maker.shutdown()
        self._layouter.shutdown()

    def _kept_output(self) -> str:
        """The chosen output; who looks at the last line goes on looking at the last, whatever it is called."""
        lines = self.picture.graph.assignments.lines if self.picture is not None else ()
        return "" if lines and self.request.output == lines[-1].name else self.request.output

    def _read(self, instead: str) -> None:
        text, detail = self.request.text, self.request.detail
        if is_small(text) and is_small(instead):
            self.is_reading = False
            self._take_made(made_of(text, detail, self._paper, instead))
        else:
            self.is_reading, self._instead = True, instead
            self._maker.submit(making(text, detail, self._paper, instead))

    def _on_made(self, made: object) -> None:
        assert isinstance(made, Made)
        if self.is_reading and (made.text, made.detail) == (self.request.text, self.request.detail):
            self.is_reading = False
            self._take_made(made)

    def _on_laid_out(self, picture: object) -> None:
        assert isinstance(picture, ChainPicture)
        if self.picture is not None and picture.graph is self.picture.graph and picture.layout != self.picture.layout:
            self.picture = picture
            self.laid_out.emit()

    def _on_failed(self, error: Exception) -> None:
        self.is_reading = False
        self.failed.emit(error)

    def _take_made(self, made: Made) -> None:
        """Another graph; of a text that is none the last good one stays, if it is drawn in this detail already."""
        self.was_read.emit(made.error)
        if made.picture is None or self._is_drawn(made):
            return
        self.picture, self._drawn_text, self._rewritten = made.picture, made.good, {}
        self._compute()
        self.drawn.emit()
        if made.room != self._paper.room:  # it has changed while the picture was made
            self._layouter.submit(_laying_out(self.picture, self._paper))

    def _is_drawn(self, made: Made) -> bool:
        drawn = self.picture
        is_same = drawn is not None and (self._drawn_text, drawn.graph.detail) == (made.good, made.detail)
        return is_same and made.error is not None

    def _compute(self) -> None:
        """Values, steps back and paths at the inputs that stand in the fields."""
        if self.picture is None:
            return
        graph, request = self.picture.graph, self.request
        computed = {name: place for name, place in graph.places.items() if place in graph.computed}
        output = computed.get(request.output, graph.last)
        first = graph.inputs[0] if graph.inputs else 0
        source = graph.places.get(request.source, first)
        inputs = graph.assignments.values(dict(request.values), OTHERWISE)
        inputs |= {name: value for name, value in self._rewritten.items() if name in inputs}
        if self.result is None or (self.result.graph, self.result.output) != (graph, output):
            self.phases = phases_of(graph, output)
            self.gradient_names = gradient_names(graph, output)
        self.result = chain_result(graph, inputs, output, source)


def _laying_out(picture: ChainPicture, paper: Paper) -> Callable[[], object]:
    return lambda: chain_picture(picture.graph, paper.character, paper.room)
