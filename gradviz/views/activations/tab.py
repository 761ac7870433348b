"""The Activations tab: joins the list of functions, the plot with its cursor, the numbers and the deep network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gradviz.core.activation_check import check_activation
from gradviz.core.activation_curves import Reading, reading_at
from gradviz.core.activation_script import activation_script
from gradviz.engine.latest_task import LatestTask
from gradviz.engine.torch_loader import TorchLoader
from gradviz.views.activations.cursor_marks import Mark
from gradviz.views.activations.curve_looks import look_of
from gradviz.views.activations.function_names import names_of
from gradviz.views.activations.function_panel import FunctionPanel
from gradviz.views.activations.plot_panel import PlotPanel
from gradviz.views.activations.reading_panel import ReadingPanel
from gradviz.views.activations.tab_state import restore_tab, tab_state
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.colours import colours
from gradviz.views.common.kept_splitter import three_columns
from gradviz.views.common.scrolled import scrolled
from gradviz.views.tab import Tab

LEFT_WIDTH, RIGHT_WIDTH = 280, 310  # pixels, at plain type
KEY_PIXELS = 6.0  # by which an arrow key moves the cursor
CURSOR = 0.5  # where it stands at first


class ActivationsTab(Tab):
    """Choose functions, move the cursor, read what torch says; below, what many layers of them do to a gradient."""

    key: ClassVar[str] = "activations"
    exports: ClassVar[frozenset[str]] = frozenset({"picture", "data"})

    def __init__(self, torch_loader: TorchLoader, parent: QWidget | None = None) -> None:
        super().__init__(torch_loader, parent)
        self._typesetter = LatestTask(keep_all=True, wait=True, parent=self)
        self.functions = FunctionPanel()
        self.picture = PlotPanel()
        self.reading = ReadingPanel(self._typesetter)
        self._is_shut_down = False
        self.lay_out(
            three_columns(
                "activations.splitter",
                (scrolled(self.functions), LEFT_WIDTH),
                self.picture,
                (self.reading, RIGHT_WIDTH),
            )
        )
        self._connect()
        self.picture.set_cursor(CURSOR)
        self.functions.copy_code.setEnabled(False)
        self._show_current()
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
        problems = restore_tab(self, state) if state else []
        self._show_current()
        return problems

    def explanation(self) -> str:
        return self.tr(
            "<h3>Activations</h3><p>A neuron passes the weighted sum of its inputs through an activation function. "
            "Solid lines are functions, dashed ones their derivatives f′, by which back-propagation multiplies.</p>"
            "<p><b>Click into the plot</b>, or drag the line, to read every function there; the straight line is the "
            "tangent, its slope is f′. Drag to pan, turn the wheel to zoom. Shaded is where f′ nearly vanishes.</p>"
            "<p><b>Depth</b> below is a real network of that many layers: move <i>layers</i> and <i>scale</i>, and see "
            "the gradient vanish or explode on its way back.</p>"
        )

    def copy_code(self) -> None:
        if not self.torch_loader.is_ready:
            self.status_changed.emit(self.tr("Nothing is copied: torch is not there"))
            return
        drawn = self.functions.list.drawn() or (self.functions.current,)
        current = drawn.index(self.functions.current) if self.functions.current in drawn else 0
        low, high = self.picture.plot.visible_range()
        script = activation_script(drawn, self.picture.cursor_field.value(), low, high, current=current)
        QGuiApplication.clipboard().setText(script)
        self.status_changed.emit(self.tr("Copied: a script that prints the numbers at the cursor"))

    def pictures(self) -> Mapping[str, QWidget]:
        ribbons, norms = self.picture.depth_panel.plots()
        candidates: dict[str, QWidget] = {
            self.tr("Functions"): self.picture.plot,
            self.tr("Distribution by layer"): ribbons,
            self.tr("Gradient by layer"): norms,
        }
        return {title: widget for title, widget in candidates.items() if widget.isVisible()}

    def export_data(self, path: Path) -> None:
        from gradviz.core.activation_export import export_curves  # no start needs what writes files

        curves = self.picture.plot.curves
        if not curves:
            self.status_changed.emit(self.tr("Nothing to export: no function is drawn"))
            return
        self.write(partial(export_curves, curves, self.picture.depth_panel.result), path)

    def enter(self) -> None:
        self._show_status()

    def shutdown(self) -> None:
        self._is_shut_down = True
        self.picture.plot.shutdown()
        self.picture.depth_panel.shutdown()
        self.functions.shutdown()
        self.reading.shutdown()
        self._typesetter.shutdown()
        super().shutdown()

    # -- building

    def _connect(self) -> None:
        plot, options = self.picture.plot, self.functions.options
        self.functions.changed.connect(self._show_functions)
        self.functions.selected.connect(self._show_current)
        self.functions.refused.connect(self.banner.show_error)
        self.functions.copy_code.clicked.connect(self.copy_code)
        options.changed.connect(self._show_options)
        self.picture.cursor_moved.connect(self._show_cursor)
        plot.threshold_moved.connect(options.set_threshold)
        plot.sampled.connect(self._on_sampled)
        plot.failed.connect(self.show_failure)
        self.picture.depth_panel.failed.connect(self.show_failure)
        self.picture.depth_panel.initialisation_changed.connect(self.reading.formulas.show_initialisation)
        self.reading.formulas.show_initialisation(self.picture.depth_panel.initialisation)
        self.reading.relations.changed.connect(lambda: plot.set_relations(self.reading.relations.switched_on))
        self.reading.check_shown.connect(self._fill_check)
        self.reading.precision_changed.connect(self.picture.depth_panel.set_precision)
        self._show_options()

    # -- reactions

    def _on_torch_ready(self) -> None:
        if self._is_shut_down:
            return
        self._typesetter.begin()
        self.functions.torch_is_ready()
        self.functions.copy_code.setEnabled(True)
        self.picture.plot.torch_is_ready()
        self.picture.depth_panel.torch_is_ready()
        self._show_cursor()

    def _on_sampled(self) -> None:
        self.reading.relations.show_differences(self.picture.plot.differences)
        if self.reading.check_is_visible:
            self._fill_check()

    # -- showing

    def _show_functions(self) -> None:
        """Draws what the list says."""
        drawn, current = self.functions.list.drawn(), self.functions.current
        self.picture.plot.set_shown(drawn, current)
        self._show_cursor()
        self._show_status()

    def _show_current(self) -> None:
        """The function looked at: formulas, network, saturation and tangent."""
        current = self.functions.current
        self.reading.show_activation(current)
        self.picture.depth_panel.set_activation(current)
        self._show_functions()

    def _show_options(self) -> None:
        options = self.functions.options
        self.picture.plot.set_kinds(*options.kinds)
        self.picture.plot.set_threshold(options.threshold)
        self.picture.depth_panel.set_threshold(options.threshold_value)
        self._show_cursor()

    def _show_cursor(self) -> None:
        """The line, the markers, the tangent and the numbers at the cursor."""
        if self._is_shut_down:
            return
        x = self.picture.cursor_field.value()
        if not self.torch_loader.is_ready:
            self.picture.plot.show_cursor(x, (), None)
            return
        current = reading_at(self.functions.current, x)
        readings = [
            current if activation is self.functions.current else reading_at(activation, x)
            for activation in self.functions.list.drawn()
        ]
        self.picture.plot.show_cursor(x, self._marks(readings), (current.f, current.autograd))
        self.reading.show_readings(x, readings, current)
        f, slope = f"{current.f:.5g}", f"{current.autograd:.5g}"
        words = self.tr("f = {0}, slope of the tangent f′ = {1}").format(f, slope)
        self.picture.show_slope(words, f"f {current.f:.4g}, f′ {current.autograd:.4g}")
        if self.reading.check_is_visible:
            self._fill_check()

    def _marks(self, readings: list[Reading]) -> list[Mark]:
        f, first, second = self.functions.options.kinds
        marks = []
        for reading in readings:
            look = look_of(colours(), reading.activation.look)
            numbers = ((f, reading.f, False), (first, reading.autograd, True), (second, reading.second, True))
            marks += [Mark(y, look, hollow) for is_drawn, y, hollow in numbers if is_drawn]
        return marks

    def _fill_check(self) -> None:
        if self.torch_loader.is_ready:
            x, (low, high) = self.picture.cursor_field.value(), self.picture.plot.visible_range()
            check = check_activation(self.functions.current, x, low, high, self.reading.precision)
            where = self.tr("{0} at x = {1} and in sight").format(in_words(self.functions.current.title), f"{x:g}")
            self.reading.check.show_check(check, where)

    def _show_status(self) -> None:
        self.status_changed.emit(", ".join(names_of(self.functions.list.drawn())))

    def keys(self) -> Mapping[Qt.Key, Callable[[], object]]:
        picture = self.picture
        return {
            Qt.Key.Key_Right: lambda: picture.move_cursor(KEY_PIXELS),
            Qt.Key.Key_Left: lambda: picture.move_cursor(-KEY_PIXELS),
            Qt.Key.Key_Home: lambda: picture.cursor_field.setValue(0.0),
            Qt.Key.Key_Plus: lambda: picture.plot.zoom(1),
            Qt.Key.Key_Minus: lambda: picture.plot.zoom(-1),
            Qt.Key.Key_0: picture.show_whole,
        }
