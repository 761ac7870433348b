"""The Chain rule tab: joins the lines, the drawing of their graph, its stages, and what is read of them."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.assignments import with_value
from gradviz.core.chain_phases import Phases, Stage, phases_of
from gradviz.core.chain_picture import ChainPicture
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.core.chain_request import ChainRequest, chain_request_of
from gradviz.core.chain_result import ChainResult, chain_result
from gradviz.core.whole_file import reason_of
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.chain_rule.drawing_panel import DrawingPanel
from gradviz.views.chain_rule.graph_making import SMALL, Made, made_of, making
from gradviz.views.chain_rule.graph_numbers import gradient_names, graph_marks, graph_numbers
from gradviz.views.chain_rule.graph_walk import Selection
from gradviz.views.chain_rule.judge import Question, Verdict, judging
from gradviz.views.chain_rule.program_panel import ProgramPanel
from gradviz.views.chain_rule.reading_panel import CHECK, TORCH, ReadingPanel
from gradviz.views.chain_rule.subject import Subject, subject_of_selection, subject_of_stage
from gradviz.views.chain_rule.tab_state import restore_tab, tab_state
from gradviz.views.common.kept_splitter import KeptSplitter
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 280, 330  # pixels, at type of PLAIN_POINT_SIZE
PLAIN_POINT_SIZE = 9.0
OTHERWISE = 1.0  # the value of an input that nobody has given one


class ChainRuleTab(Tab):
    """Lines of assignments as a graph of local derivatives, forward and back through it in steps."""

    key: ClassVar[str] = "chain_rule"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._maker = LatestTask(parent=self)
        self._maker.done.connect(self._on_made)
        self._judge = LatestTask(wait=True, parent=self)
        self._judge.done.connect(self._on_judged)
        self._writer = LatestTask(keep_all=True, parent=self)
        self._writer.done.connect(self._on_written)
        for task in (self._maker, self._judge, self._writer):
            task.failed.connect(self._on_failed)
        self.program, self.drawing = ProgramPanel(), DrawingPanel()
        self.reading = ReadingPanel(self._typesetter)
        self._character = QFontMetricsF(self.drawing.graph.looks.plain).horizontalAdvance("0")
        self.request: ChainRequest = chain_request_of(CHAIN_PRESETS[0], "values")
        self.picture: ChainPicture | None = None
        self.good_text = ""  # of what is drawn
        self.result: ChainResult | None = None
        self.phases = Phases((), 0)
        self.position = 0
        self._shows_stage = False  # a single stage is lit, not the paths
        self._picked: int | None = None  # the one path that is looked at
        self._selection = Selection()
        self._gradient_names: tuple[str, ...] = ()
        self._lay_out()
        self._connect()
        self.take_request(self.request)
        torch_loader.failed.connect(self._typesetter.begin)
        if torch_loader.is_ready:
            self._on_torch_ready()
        else:
            torch_loader.ready.connect(self._on_torch_ready)

    # -- the contract with the window

    def state(self) -> dict[str, Any]:
        return tab_state(self)

    def restore(self, state: dict[str, Any]) -> list[str]:
        if not isinstance(state, dict):
            return [self.tr("What the session says of this tab can't be read.")]
        return restore_tab(self, state)

    def explanation(self) -> str:
        return self.tr(
            "<h3>Chain rule</h3><p>Every line is an assignment; together they are a graph. Each node has its value "
            "(forward) and its gradient (backward), each edge its <b>local derivative</b>.</p>"
            "<p><b>Forward</b> and <b>Backward</b> go through it, at once or stage by stage: back through an edge the "
            "gradient is multiplied by the local derivative, and where paths meet, what they bring is added.</p>"
            "<p>Choose an <b>output</b> and an <b>input</b>: all paths between them are lit, with the product along "
            "each, their sum, and autograd's number beside it. Click a node or an edge to read what it computes.</p>"
        )

    def copy_code(self) -> None:
        from gradviz.core.chain_script import chain_script  # no start needs what writes scripts

        if self.result is None:
            self.status_changed.emit(self.tr("There is no graph to copy"))
            return
        result = self.result
        QGuiApplication.clipboard().setText(chain_script(result.graph, result.inputs, result.output))
        self.status_changed.emit(self.tr("Copied: a script that prints these numbers"))

    def pictures(self) -> Mapping[str, QWidget]:
        return {self.tr("Graph"): self.drawing.graph}

    def export_data(self, path: Path) -> None:
        if self.result is not None:
            self._writer.submit(_writing(self.result, self.good_text, path))

    def fold(self, side: str) -> None:
        panel = self._left if side == "left" else self.reading
        panel.setVisible(panel.isHidden())

    def folded(self) -> list[str]:
        """The panels that are folded away."""
        return [side for side, panel in (("left", self._left), ("right", self.reading)) if panel.isHidden()]

    def enter(self) -> None:
        self._show_status()

    def leave(self) -> None:
        self._set_playing(False)

    def shutdown(self) -> None:
        self._set_playing(False)
        for part in (self.program.editor, self.reading, self._maker, self._judge, self._writer, self._typesetter):
            part.shutdown()

    # -- building

    def _lay_out(self) -> None:
        scale = self.font().pointSizeF() / PLAIN_POINT_SIZE  # in presentation mode the panels grow with the type
        left, right = round(LEFT_WIDTH * scale), round(RIGHT_WIDTH * scale)
        self._left = QScrollArea()
        self._left.setObjectName("chain_rule.program")
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(self.program)
        self._left.setMinimumWidth(left)
        self.reading.setMinimumWidth(right)
        self.drawing.setMinimumWidth(240)
        self.columns = KeptSplitter(Qt.Orientation.Horizontal)
        self.columns.setObjectName("chain_rule.splitter")
        self.columns.setChildrenCollapsible(False)
        for part, stretch in ((self._left, 0), (self.drawing, 1), (self.reading, 0)):
            self.columns.addWidget(part)
            self.columns.setStretchFactor(self.columns.count() - 1, stretch)
        self.columns.setSizes([left, 10 * left, right])  # the drawing takes all that is left
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    def _connect(self) -> None:
        program, phases = self.program, self.drawing.phases
        program.copy_code.clicked.connect(self.copy_code)
        program.preset_chosen.connect(self._on_preset)
        program.detail_changed.connect(self._on_edited)
        program.editor.edited.connect(self._on_edited)
        program.values.changed.connect(self._on_value)
        phases.reset_asked.connect(self.reset)
        phases.step_asked.connect(self.step)
        phases.step_back_asked.connect(self.step_back)
        phases.forward_asked.connect(lambda: self.go_to(self.phases.forward_end))
        phases.backward_asked.connect(lambda: self.go_to(self.phases.end))
        phases.play_asked.connect(self._set_playing)
        phases.ticked.connect(self._on_ticked)
        self.drawing.graph.selected.connect(self._on_selected)
        self.reading.paths.ends_changed.connect(self._on_ends)
        self.reading.paths.path_picked.connect(self._on_path_picked)
        self.reading.torch.node_picked.connect(lambda place: self._on_selected(Selection(node=place)))
        self.reading.page_shown.connect(self._ask_torch)

    # -- the lines

    def take_request(self, request: ChainRequest) -> None:
        """Shows another request from its beginning: everything computed, the paths lit."""
        self._set_playing(False)
        self.request = request
        self.program.editor.set_text(request.text)
        self.program.set_detail(request.detail)
        self._take_made(made_of(request.text, request.detail, self._character), at_end=True)

    def take_text(self, text: str) -> None:
        """Puts another text into the editor, good or not."""
        self.program.editor.set_text(text)
        self._on_edited()

    def _on_preset(self, preset: ChainPreset) -> None:
        self.take_request(chain_request_of(preset, self.program.detail))

    def _on_edited(self) -> None:
        old = self.request
        text, detail = self.program.editor.text, self.program.detail
        self.request = ChainRequest(text, old.values, self._kept_output(), old.source, detail)
        if len(text) <= SMALL:
            self._take_made(made_of(text, detail, self._character))
        else:
            self._maker.submit(making(text, detail, self._character))

    def _kept_output(self) -> str:
        """The chosen output; who looks at the last line goes on looking at the last, whatever it is called."""
        lines = self.picture.graph.assignments.lines if self.picture is not None else ()
        return "" if lines and self.request.output == lines[-1].name else self.request.output

    def _on_made(self, made: object) -> None:
        assert isinstance(made, Made)
        if (made.text, made.detail) == (self.request.text, self.request.detail):
            self._take_made(made)

    def _take_made(self, made: Made, *, at_end: bool = False) -> None:
        """Draws another graph; of a text that is none the last good one stays, and the place is told."""
        self.program.show_preset(self.program.editor.text)
        self.program.editor.show_problem(made.error)
        if made.picture is None:
            return
        was_at_end = self.picture is None or at_end or self.position == self.phases.end
        self.picture, self.good_text = made.picture, made.text
        self._selection, self._picked = Selection(), None
        self.drawing.graph.show_picture(made.picture)
        self.drawing.phases.set_enabled(True)
        self._compute()
        self.position = self.phases.end if was_at_end else min(self.position, self.phases.end)
        if was_at_end:
            self._shows_stage = False
        self._show_names()
        self._show()

    # -- the numbers

    def _on_value(self, name: str, value: float) -> None:
        old, picture = self.request, self.picture
        if picture is None:
            return
        if name in dict(picture.graph.assignments.given):  # it stands in the text
            self.program.editor.set_text(with_value(self.program.editor.text, name, value))
            self._on_edited()
            return
        values = tuple((dict(old.values) | {name: value}).items())
        self.request = ChainRequest(old.text, values, old.output, old.source, old.detail)
        self._compute()
        self._show()

    def _on_ends(self, output: str, source: str) -> None:
        old = self.request
        self.request = ChainRequest(old.text, old.values, output, source, old.detail)
        self._picked = None
        self._compute()
        self._shows_stage = False
        self.position = self.phases.end
        self._show()

    def _compute(self) -> None:
        """Values, steps back and paths at the inputs that stand in the fields."""
        assert self.picture is not None
        graph, request = self.picture.graph, self.request
        computed = {name: place for name, place in graph.places.items() if graph.nodes[place].tree is not None}
        output = computed.get(request.output, graph.last)
        first = graph.inputs[0] if graph.inputs else 0
        source = graph.places.get(request.source, first)
        inputs = graph.assignments.values(dict(request.values), OTHERWISE)
        if self.result is None or (self.result.graph, self.result.output) != (graph, output):
            self.phases = phases_of(graph, output)
            self._gradient_names = gradient_names(graph, output)
        self.result = chain_result(graph, inputs, output, source)

    # -- the stages

    def go_to(self, position: int, *, as_stage: bool = False) -> None:
        """So many stages are done; `as_stage` lights the last of them alone."""
        self._set_playing(False)
        self._move(position, as_stage)

    def _move(self, position: int, as_stage: bool) -> None:
        self.position = min(max(position, 0), self.phases.end)
        self._shows_stage = as_stage
        self._selection = Selection()
        self._show()

    def reset(self) -> None:
        """Nothing is computed yet."""
        self.go_to(0)

    def step(self) -> None:
        """One stage on; from the end it begins anew."""
        begins_anew = self.position == self.phases.end and not self._shows_stage
        self.go_to(1 if begins_anew else self.position + 1, as_stage=True)

    def step_back(self) -> None:
        """As it was before the last stage."""
        self.go_to(self.position - 1, as_stage=self.position > 1)

    def _set_playing(self, playing: bool) -> None:
        phases = self.drawing.phases
        if playing and self.result is None:
            playing = False
        if playing and self.position == self.phases.end:
            self._move(0, as_stage=False)
        if phases.is_playing != playing or phases.run.isChecked() != playing:
            phases.set_playing(playing)

    def _on_ticked(self) -> None:
        self._move(self.position + 1, as_stage=True)
        if self.position == self.phases.end:
            self._set_playing(False)

    # -- what is looked at

    def _on_selected(self, selection: Selection) -> None:
        self._selection = selection
        self._show()

    def _on_path_picked(self, picked: int | None) -> None:
        self._picked = picked
        self._shows_stage = False
        self._show()

    def _show_names(self) -> None:
        """The ends of the paths among which one can choose."""
        picture, result = self.picture, self.result
        assert picture is not None
        assert result is not None
        graph = picture.graph
        self.reading.paths.show_names(picture, graph.nodes[result.output].name, graph.nodes[result.paths.source].name)

    def _show_values(self) -> None:
        picture, result = self.picture, self.result
        assert picture is not None
        assert result is not None
        names = picture.graph.assignments.inputs
        titles = [picture.names[picture.graph.places[name]] for name in names]
        self.program.values.show_values(names, titles, result.inputs)

    def _show(self) -> None:
        """All numbers and marks of the present stage."""
        picture, result = self.picture, self.result
        if picture is None or result is None:
            return
        lit = self.phases.stage(self.position) if self._shows_stage else None
        graph = self.drawing.graph
        graph.show_numbers(graph_numbers(result, self.phases, self.position, lit, self._gradient_names))
        shows_paths = lit is None and self.position == self.phases.end
        graph.show_marks(graph_marks(result, lit, shows_paths, self._picked, self._selection))
        self._show_values()
        subject = self._subject(lit)
        self.reading.show_subject(subject.title, subject.formulas, subject.note)
        self.reading.paths.show_result(result)
        self.reading.paths.show_autograd(result.paths.total, None)
        self.reading.torch.show_node(self._selection.node)
        self.drawing.phases.show_stage(self._stage_words(lit), self.position, self.phases.end)
        graph.setAccessibleDescription(subject.in_one_line)
        self._ask_torch()
        self._show_status()

    def _subject(self, lit: Stage | None) -> Subject:
        picture, result = self.picture, self.result
        assert picture is not None
        assert result is not None
        known = "start" if self.position < self.phases.forward_end else "forward"
        known = "end" if self.position == self.phases.end else known
        if self._selection != Selection():
            return subject_of_selection(result, picture, self._selection, known)
        if lit is None and self.position == self.phases.end:
            return subject_of_selection(result, picture, Selection(node=result.paths.source), known)
        return subject_of_stage(result, picture, lit or self.phases.stage(self.position))

    def _stage_words(self, lit: Stage | None) -> str:
        """What the stage computes, for the line under the drawing."""
        if self.position == 0:
            return self.tr("Nothing is computed yet: → takes the first stage")
        if lit is None:
            is_whole = self.position == self.phases.end
            return self.tr("All values and gradients") if is_whole else self.tr("All values; the gradients come back")
        assert self.picture is not None
        assert self.result is not None
        return subject_of_stage(self.result, self.picture, lit).in_one_line

    def _show_status(self) -> None:
        result, picture = self.result, self.picture
        if result is None or picture is None:
            self.status_changed.emit("")
            return
        name = picture.names[result.output]
        slope = f"∂{name}/∂{picture.names[result.paths.source]}"
        words = f"{name} = {result.values.nodes[result.output]:.6g}, {slope} = {result.paths.total:.6g}"
        self.status_changed.emit(words)

    # -- torch

    def _on_torch_ready(self) -> None:
        self._typesetter.begin()
        self._judge.begin()

    def _ask_torch(self) -> None:
        if self.result is not None:
            result, page = self.result, self.reading.page
            wants = page == CHECK, page == TORCH
            self._judge.submit(judging(Question(result.graph, result.inputs, result.output, *wants)))

    def _on_judged(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        question, result, picture = verdict.question, self.result, self.picture
        if result is None or picture is None:
            return
        if (question.graph, question.inputs, question.output) != (result.graph, result.inputs, result.output):
            return
        self.reading.paths.show_autograd(result.paths.total, verdict.gradients[result.paths.source], verdict.reason)
        if verdict.check is not None:
            self.reading.check.show_check(verdict.check, f"∂{picture.names[result.output]}")
        if verdict.chain is not None:
            self.reading.torch.show_chain(picture, result.output, verdict.chain)
            self.reading.torch.show_node(self._selection.node)

    def _on_failed(self, error: Exception) -> None:
        sentence = self.tr("This can't be computed: {0}").format(str(error) or type(error).__name__)
        self.banner.show_error(sentence, "".join(traceback.format_exception(error)))

    def _on_written(self, result: object) -> None:
        assert isinstance(result, tuple)  # of _writing
        path, error = result
        if error is None:
            self.saved.emit(str(path))
        else:
            self.banner.show_error(self.tr("{0} can't be written: {1}").format(path.name, reason_of(error)))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self.drawing.graph
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.drawing.phases.run.click,
            Qt.Key.Key_Right: self.step,
            Qt.Key.Key_Left: self.step_back,
            Qt.Key.Key_Home: self.reset,
            Qt.Key.Key_End: lambda: self.go_to(self.phases.end),
            Qt.Key.Key_R: self.reset,
            Qt.Key.Key_Plus: lambda: view.zoom(1),
            Qt.Key.Key_Minus: lambda: view.zoom(-1),
            Qt.Key.Key_0: view.fit,
        }
        action = actions.get(Qt.Key(event.key()))
        modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if action is None or modifiers != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
        else:
            action()


def _writing(result: ChainResult, text: str, path: Path) -> Callable[[], object]:
    from gradviz.core.chain_export import ChainExport, export_chain  # no start needs what writes files

    def write() -> tuple[Path, Exception | None]:
        try:
            export_chain(ChainExport(result.graph, result.inputs, result.output, text), path)
        except (OSError, ValueError) as error:
            return path, error
        return path, None

    return write
