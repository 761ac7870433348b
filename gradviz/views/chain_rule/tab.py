"""The Chain rule tab: joins the lines, the drawing of their graph, its stages, and what is read of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gradviz.core.assignments import AssignmentError
from gradviz.core.chain_picture import end_name, partial_name
from gradviz.core.chain_presets import CHAIN_PRESETS, ChainPreset
from gradviz.core.chain_request import ChainRequest, chain_request_of
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.chain_rule.drawing_panel import DrawingPanel
from gradviz.views.chain_rule.graph_numbers import graph_marks, graph_numbers
from gradviz.views.chain_rule.graph_walk import Selection
from gradviz.views.chain_rule.judge import Judge, Question, Verdict
from gradviz.views.chain_rule.program_panel import ProgramPanel
from gradviz.views.chain_rule.reading_panel import CHECK, TORCH, ReadingPanel
from gradviz.views.chain_rule.standing import Standing
from gradviz.views.chain_rule.subject import subject_at, words_at
from gradviz.views.chain_rule.tab_state import restore_tab, tab_state
from gradviz.views.chain_rule.workings import Workings
from gradviz.views.common.kept_splitter import three_columns
from gradviz.views.common.short_number import written_number
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 250, 310  # pixels, at plain type


class ChainRuleTab(Tab):
    """Lines of assignments as a graph of local derivatives, forward and back through it in steps."""

    key: ClassVar[str] = "chain_rule"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self._judge = Judge(self)
        self._judge.judged.connect(self._on_judged)
        self.program, self.drawing = ProgramPanel(), DrawingPanel()
        self.reading = ReadingPanel(self._typesetter)
        first = chain_request_of(CHAIN_PRESETS[0], "values")
        character = QFontMetricsF(self.drawing.graph.looks.plain).horizontalAdvance("0")
        self.workings = Workings(first, character, self)
        self._standing = Standing()
        self._awaited: Standing | None = None  # where to stand in the graph that is on its way
        self._lay_out()
        self._connect()
        self.take_request(first)
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

        result = self.workings.result
        if result is None:
            self.status_changed.emit(self.tr("There is no graph to copy"))
            return
        QGuiApplication.clipboard().setText(chain_script(result.graph, result.inputs, result.output))
        self.status_changed.emit(self.tr("Copied: a script that prints these numbers"))

    def pictures(self) -> Mapping[str, QWidget]:
        return {self.tr("Graph"): self.drawing.graph}

    def export_data(self, path: Path) -> None:
        from gradviz.core.chain_export import ChainExport, export_chain  # no start needs what writes files

        result = self.workings.result
        if result is not None:
            what = ChainExport(result.graph, result.inputs, result.output, self.workings.drawn_text)
            self.write(partial(export_chain, what), path)

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
        for part in (self.program.editor, self.reading, self.workings, self._judge, self._typesetter):
            part.shutdown()
        super().shutdown()

    # -- building

    def _lay_out(self) -> None:
        self._left = QScrollArea()
        self._left.setObjectName("chain_rule.program")
        self._left.setFrameShape(QFrame.Shape.NoFrame)
        self._left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the focus in it
        self._left.setWidgetResizable(True)
        self._left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._left.setWidget(self.program)
        self.drawing.setMinimumWidth(240)
        self.columns = three_columns(
            "chain_rule.splitter", (self._left, LEFT_WIDTH), self.drawing, (self.reading, RIGHT_WIDTH)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.addWidget(self.banner)
        layout.addWidget(self.columns, 1)

    def _connect(self) -> None:
        program, phases = self.program, self.drawing.phases
        workings = self.workings
        workings.was_read.connect(self._on_read)
        workings.drawn.connect(self._on_drawn)
        workings.laid_out.connect(self._on_laid_out)
        self.drawing.graph.room_changed.connect(workings.set_room)
        for task in (workings, self._judge):
            task.failed.connect(self.show_failure)
        program.copy_code.clicked.connect(self.copy_code)
        program.preset_chosen.connect(self._on_preset)
        program.detail_changed.connect(self._on_edited)
        program.editor.edited.connect(self._on_edited)
        program.values.changed.connect(self._on_value)
        phases.reset_asked.connect(self.reset)
        phases.step_asked.connect(self.step)
        phases.step_back_asked.connect(self.step_back)
        phases.forward_asked.connect(lambda: self.go_to(self.workings.phases.forward_end))
        phases.backward_asked.connect(lambda: self.go_to(self.workings.phases.end))
        phases.play_asked.connect(self._set_playing)
        phases.ticked.connect(self._on_ticked)
        self.drawing.graph.selected.connect(self._on_selected)
        self.reading.paths.ends_changed.connect(self._on_ends)
        self.reading.paths.path_picked.connect(self._on_path_picked)
        self.reading.torch.node_picked.connect(lambda place: self._on_selected(Selection(node=place)))
        self.reading.page_shown.connect(self._ask_torch)

    # -- the lines

    def take_request(self, request: ChainRequest, instead: str = "", standing: Standing | None = None) -> None:
        """Shows another request: from its end, or where somebody stood in it; `instead` where its text is refused."""
        self._set_playing(False)
        self._awaited = standing or Standing()
        self.program.editor.set_text(request.text)
        self.program.set_detail(request.detail)
        self.workings.take(request, instead)

    def take_text(self, text: str) -> None:
        """Puts another text into the editor, good or not."""
        self.program.editor.set_text(text)
        self._on_edited()

    def _on_preset(self, preset: ChainPreset) -> None:
        self.take_request(chain_request_of(preset, self.program.detail))

    def _on_edited(self) -> None:
        self.workings.edit(self.program.editor.text, self.program.detail)

    def _on_read(self, error: AssignmentError | None) -> None:
        """Of a text that is none the last good graph stays, and the place is told."""
        self.program.show_preset(self.program.editor.text)
        self.program.editor.show_problem(error)
        self.drawing.show_stale(error is not None)

    def _on_drawn(self) -> None:
        picture, result = self.workings.picture, self.workings.result
        assert picture is not None
        assert result is not None
        standing = self._awaited or self._standing.on_another_graph()
        self._awaited = None
        self._standing = standing.within(picture.graph, self.workings.phases)
        self.drawing.graph.show_picture(picture)
        self.drawing.phases.set_enabled(True)
        self.reading.paths.show_names(picture, result)
        self._show()

    def _on_laid_out(self) -> None:
        """The same graph, drawn for another room."""
        assert self.workings.picture is not None  # says the signal
        self.drawing.graph.show_picture(self.workings.picture)
        self._show()

    # -- the numbers

    def _on_value(self, name: str, value: float) -> None:
        editor, workings = self.program.editor, self.workings
        if editor.text != workings.request.text:  # typed just now
            self._on_edited()
        workings.set_value(name, value)
        if editor.text != workings.request.text:  # it stands in the text
            editor.set_text(workings.request.text)
            self.program.show_preset(editor.text)
        self._show()

    def _on_ends(self, output: str, source: str) -> None:
        self.workings.set_ends(output, source)
        self._stand(Standing(selection=self._standing.selection), pauses=False)

    # -- the stages

    @property
    def standing(self) -> Standing:
        """Where the person stands, or will as soon as the graph is there."""
        return self._awaited or self._standing

    @property
    def position(self) -> int:
        """So many stages are done."""
        return self._standing.done(self.workings.phases)

    def go_to(self, position: int, *, as_stage: bool = False) -> None:
        """So many stages are done; `as_stage` lights the last of them alone."""
        self._stand(self._standing.moved(position, self.workings.phases, as_stage))

    def _stand(self, standing: Standing, *, pauses: bool = True) -> None:
        if pauses:
            self._set_playing(False)
        self._standing = standing
        self._show()

    def reset(self) -> None:
        """Nothing is computed yet."""
        self.go_to(0)

    def step(self) -> None:
        """One stage on; after the last all is seen, from there it begins anew."""
        self._stand(self._standing.stepped(self.workings.phases))

    def step_back(self) -> None:
        """As it was before the last stage."""
        self._stand(self._standing.stepped_back(self.workings.phases))

    def _set_playing(self, playing: bool) -> None:
        phases = self.drawing.phases
        if playing and self.workings.result is None:
            playing = False
        if playing and self._standing.position is None:
            self._stand(Standing(0), pauses=False)
        if phases.is_playing != playing or phases.run.isChecked() != playing:
            phases.set_playing(playing)

    def _on_ticked(self) -> None:
        self._stand(self._standing.stepped(self.workings.phases), pauses=False)
        if self._standing.position is None:
            self._set_playing(False)

    # -- what is looked at

    def _on_selected(self, selection: Selection) -> None:
        self._stand(replace(self._standing, selection=selection), pauses=False)

    def _on_path_picked(self, path: int | None) -> None:
        self._stand(replace(self._standing, path=path, shows_stage=False), pauses=False)

    def _show(self) -> None:
        """All numbers and marks of the present stage."""
        workings, standing = self.workings, self._standing
        picture, result = workings.picture, workings.result
        if picture is None or result is None:
            return
        phases, graph = workings.phases, self.drawing.graph
        done, lit = standing.done(phases), standing.lit(phases)
        graph.show_numbers(graph_numbers(result, phases, done, lit, workings.gradient_names))
        graph.show_marks(graph_marks(result, lit, standing.shows_paths, standing.path, standing.selection))
        self.program.show_values(picture, result)
        subject = subject_at(result, picture, phases, standing)
        self.reading.show_subject(subject.title, subject.formulas, subject.note)
        self.reading.paths.show_result(result, standing.path)
        self.reading.paths.show_autograd(result.paths.total, None)
        self.reading.torch.show_node(standing.selection.node)
        self.drawing.phases.show_stage(words_at(result, picture, phases, standing), done, phases.end)
        graph.setAccessibleDescription(subject.in_one_line)
        self._ask_torch()
        self._show_status()

    def _show_status(self) -> None:
        result, picture = self.workings.result, self.workings.picture
        if result is None or picture is None:
            self.status_changed.emit("")
            return
        name = end_name(result.graph, result.output)
        slope = partial_name(result.graph, result.output, result.paths.source)
        value, total = (written_number(each, 6) for each in (result.values.nodes[result.output], result.paths.total))
        self.status_changed.emit(f"{name} = {value}, {slope} = {total}")

    # -- torch

    def _on_torch_ready(self) -> None:
        self._typesetter.begin()
        self._judge.begin()

    def _ask_torch(self) -> None:
        result, page = self.workings.result, self.reading.page
        if result is not None:
            wants = page == CHECK, page == TORCH
            self._judge.ask(Question(result.graph, result.inputs, result.output, *wants))

    def _on_judged(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        result, picture = self.workings.result, self.workings.picture
        if result is None or picture is None:
            return
        self.reading.paths.show_autograd(result.paths.total, verdict.gradients[result.paths.source], verdict.reason)
        if verdict.check is not None:
            self.reading.check.show_check(verdict.check, f"∂{end_name(result.graph, result.output)}")
        if verdict.chain is not None:
            self.reading.torch.show_chain(picture, result.output, verdict.chain)
            self.reading.torch.show_node(self._standing.selection.node)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self.drawing.graph
        actions: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.drawing.phases.run.click,
            Qt.Key.Key_Right: self.step,
            Qt.Key.Key_Left: self.step_back,
            Qt.Key.Key_Home: self.reset,
            Qt.Key.Key_End: lambda: self.go_to(self.workings.phases.end),
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
