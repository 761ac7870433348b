"""What autograd demands: a few lines of torch, with switches, and what each line gives when it is run."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from gradviz.core.autograd_bench import (
    LARGEST,
    BenchNumbers,
    BenchSwitches,
    LineResult,
    bench_lines,
    bench_numbers_from_state,
    bench_switches_from_state,
    run_lines,
)
from gradviz.core.autograd_cases import BENCH_CASES, bench_case
from gradviz.core.hyperparameters import Range
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours
from gradviz.views.common.number_field import NumberField, ProblemLabel

OWN = "own"  # the case of whoever turned the switches
FAILED = "failed"  # the name of a line that raised something, by which it is scrolled to


class BenchPage(QWidget):
    """Every change runs all lines again, off the GUI thread.

    Signals:
        failed(object): an exception that no line of the bench raised.
    """

    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("loss.bench")
        self.results: tuple[LineResult, ...] = ()
        self._is_filling = False
        self._runner = LatestTask(wait=True, parent=self)
        self._runner.done.connect(self._on_done)
        self._runner.failed.connect(self.failed)
        self._case = QComboBox()
        self._case.setObjectName("loss.bench.case")
        self._case.setAccessibleName(self.tr("What is shown"))
        for case in BENCH_CASES:
            self._case.addItem(in_words(case.title), case.key)
        self._case.addItem(self.tr("Own switches"), OWN)
        self._shows = QLabel()
        self._shows.setObjectName("loss.bench.shows")
        self._shows.setWordWrap(True)
        self._output = QTextBrowser()
        self._output.setObjectName("loss.bench.output")
        self._output.setAccessibleName(self.tr("The lines and what they give"))
        self._output.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._output.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 6, 2, 0)
        layout.setSpacing(4)
        layout.addWidget(self._case)
        layout.addWidget(self._shows)
        layout.addLayout(self._numbers_row())
        layout.addWidget(self._problem)
        layout.addWidget(self._switches_box())
        layout.addWidget(self._output, 1)
        self._case.currentIndexChanged.connect(self._on_case)
        self._on_case()

    def torch_is_ready(self) -> None:
        """From now on the lines are run."""
        self._runner.begin()

    def shutdown(self) -> None:
        self._runner.shutdown()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that are run."""
        if self._case.currentData() == OWN:
            return bench_lines(self.switches, self.numbers)
        return bench_case(self._case.currentData()).lines(self.numbers)

    @property
    def switches(self) -> BenchSwitches:
        return BenchSwitches(
            requires=self._requires.currentData(),
            way=self._way.currentData(),
            **{name: box.isChecked() for name, box in self._boxes.items()},
        )

    @property
    def numbers(self) -> BenchNumbers:
        return BenchNumbers(**{name: field.value() for name, field in self._numbers.items()})

    def state(self) -> dict[str, Any]:
        """As plain data that JSON takes."""
        numbers = {name: field.value() for name, field in self._numbers.items()}
        return {"case": self._case.currentData(), "switches": self.switches.state(), "numbers": numbers}

    def restore(self, state: dict[str, Any]) -> None:
        """Takes back what `state` gave.

        Raises:
            KeyError, TypeError, ValueError: it is no such state.
        """
        case = state.get("case", self._case.currentData())
        place = self._case.findData(case)
        if place < 0:
            raise ValueError(f"the bench has no case {case!r}")
        switches = bench_switches_from_state(state.get("switches", self.switches.state()))
        numbers = bench_numbers_from_state(state.get("numbers", {}))
        self._is_filling = True
        for name, field in self._numbers.items():
            field.setValue(getattr(numbers, name))
        self._case.setCurrentIndex(place)
        self._is_filling = False
        self._on_case()
        if case == OWN:
            self._show_switches(switches)
            self._run()

    # -- building

    def _numbers_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._problem = ProblemLabel()
        self._problem.setObjectName("loss.bench.problem")
        self._numbers: dict[str, NumberField] = {}
        start = BenchNumbers()
        for name in ("x", "w", "target"):
            field = NumberField(Range(-LARGEST, LARGEST))
            field.setObjectName(f"loss.bench.{name}")
            field.setAccessibleName(name)
            field.setValue(getattr(start, name))
            field.valueChanged.connect(self._run)
            field.problem_changed.connect(self._show_problem)
            label = QLabel(name)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, 1)
            self._numbers[name] = field
        return row

    def _switches_box(self) -> QWidget:
        self._switch_box = QWidget()
        self._requires, self._way = QComboBox(), QComboBox()
        for key, title in (
            ("no", self.tr("never")),
            ("at_start", self.tr("from the start")),
            ("afterwards", self.tr("after the graph")),
        ):
            self._requires.addItem(title, key)
        for key, title in (("grad", "autograd.grad"), ("backward", "backward()")):
            self._way.addItem(title, key)
        self._boxes = {
            "rebuild": QCheckBox(self.tr("build the graph again")),
            "twice": QCheckBox(self.tr("a second time")),
            "retain": QCheckBox("retain_graph=True"),
            "new_graph": QCheckBox(self.tr("with a new graph")),
            "zero": QCheckBox(self.tr("empty .grad between")),
        }
        grid = QGridLayout(self._switch_box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        for column, (combo, name, title) in enumerate(
            (
                (self._requires, "requires", "requires_grad"),
                (self._way, "way", self.tr("The gradient by")),
            )
        ):
            combo.setObjectName(f"loss.bench.{name}")
            combo.setAccessibleName(title)
            combo.setToolTip(title)
            combo.currentIndexChanged.connect(self._on_switch)
            grid.addWidget(combo, 0, column)
        for number, (name, box) in enumerate(self._boxes.items()):
            box.setObjectName(f"loss.bench.{name}")
            box.toggled.connect(self._on_switch)
            grid.addWidget(box, 1 + number // 2, number % 2)
        return self._switch_box

    # -- reactions

    def _on_case(self) -> None:
        key = self._case.currentData()
        switches = BenchSwitches() if key == OWN else bench_case(key).switches  # who begins, begins with none
        if switches is not None:
            self._show_switches(switches)
        self._switch_box.setVisible(switches is not None)
        self._say_case()
        self._run()

    def _say_case(self) -> None:
        """What the case shows; fields and switches without a say in its lines are grey or gone."""
        key = self._case.currentData()
        words = self.tr("Turn the switches, and see what each line gives.")
        if key != OWN:
            words = in_words(bench_case(key).shows)
            if bench_case(key).switches is None:
                words += " " + self.tr("Its lines are its own: there are no switches.")
        self._shows.setText(words)
        for name, field in self._numbers.items():
            field.setEnabled(key == OWN or name in bench_case(key).numbers)
            if field.problem and not field.isEnabled():
                field.setValue(field.value())  # the last number that was taken: who has no say is not refused

    def _show_switches(self, switches: BenchSwitches) -> None:
        self._is_filling = True
        self._requires.setCurrentIndex(self._requires.findData(switches.requires))
        self._way.setCurrentIndex(self._way.findData(switches.way))
        for name, box in self._boxes.items():
            box.setChecked(getattr(switches, name))
        self._enable_boxes()
        self._is_filling = False

    def _enable_boxes(self) -> None:
        """What a switch has nothing to say to is grey."""
        found = self.switches
        self._boxes["rebuild"].setEnabled(found.requires == "afterwards")
        self._boxes["retain"].setEnabled(found.twice)
        self._boxes["new_graph"].setEnabled(found.twice)
        self._boxes["zero"].setEnabled(found.twice and found.way == "backward")

    def _on_switch(self) -> None:
        if self._is_filling:
            return
        self._enable_boxes()
        same = next((case.key for case in BENCH_CASES if case.switches == self.switches), OWN)
        blocked = self._case.blockSignals(True)
        self._case.setCurrentIndex(self._case.findData(same))
        self._case.blockSignals(blocked)
        self._say_case()
        self._run()

    def _show_problem(self) -> None:
        refused = [f"{name} {field.problem}" for name, field in self._numbers.items() if field.problem]
        self._problem.show_problem(refused[0] if refused else "")

    def _run(self) -> None:
        if not self._is_filling:
            self._runner.submit(_running(self.lines))

    def _on_done(self, results: object) -> None:
        assert isinstance(results, tuple)  # of _running
        self.results = results
        self._output.setHtml("".join(map(self._written, results)))
        bar = self._output.verticalScrollBar()
        bar.setValue(bar.maximum())  # what the lines come to stands at the end
        if any(result.failed for result in results):
            self._output.scrollToAnchor(FAILED)

    def _columns(self) -> int:
        """How many letters stand beside each other, less two between a line and what it gives."""
        return int(self._output.viewport().width() / self._output.fontMetrics().horizontalAdvance("0")) - 4

    def _written(self, result: LineResult) -> str:
        """A line as a notebook shows it: the source, and below what it gives or torch's own words."""
        theme = colours()
        text = html.escape(result.source)
        if result.failed:  # a bar in the colour of what is refused
            text = f"<a name='{FAILED}'></a><span style='background-color: {theme.refused}'>{text}</span>"
        source = f"<pre style='white-space: pre-wrap; margin: 3px 0 0 0'>{text}</pre>"
        if not result.shown and not result.failed:
            return source
        if not result.failed and len(result.source) + len(result.shown) <= self._columns():
            shown = f"<span style='color: {theme.agreed}'>  {html.escape(result.shown)}</span></pre>"
            return source.removesuffix("</pre>") + shown
        style = "white-space: pre-wrap; margin: 0 0 0 14px; color: "
        if not result.failed:
            return f"{source}<pre style='{style}{theme.agreed}'>{html.escape(result.shown)}</pre>"
        words = html.escape(f"{result.error}: {result.shown}")  # a sentence, in the type of sentences: it is long
        family = html.escape(self.font().family())
        return f"{source}<p style='{style}{theme.refused_text}; font-family: \"{family}\"'>{words}</p>"


def _running(lines: tuple[str, ...]) -> Callable[[], object]:
    return lambda: run_lines(lines)
