"""The names by which user-interface tests find widgets: once given they stay."""

from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSlider,
    QSpinBox,
    QSplitter,
    QTableView,
    QTableWidget,
    QTabWidget,
    QTextBrowser,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.tab_pages import TabPages
from gradviz.core.activation_relations import RELATIONS
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.views.common.check_table import CheckTable
from gradviz.views.common.error_banner import ErrorBanner
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.common.formula_lines import FormulaLines
from gradviz.views.common.hyperparameter_form import HyperparameterForm
from gradviz.views.common.number_field import IntegerField, NumberField
from gradviz.views.descent.surface_view import SurfaceView
from gradviz.views.tab import Tab
from gradviz.views.tabs import TABS, TabRecord
from tests.conftest import WAIT_MS, Begin
from tests.views.hands import child, show_window

WINDOW = {"tabs": QTabWidget, "status.text": QLabel, "status.torch": QLabel, "status.progress": QProgressBar}
DESCENT = {
    "descent.error": ErrorBanner,
    "descent.error.sentence": QLabel,
    "descent.error.details": QPushButton,
    "descent.error.close": QToolButton,
    "descent.error.text": QPlainTextEdit,
    "descent.splitter": QSplitter,
    "descent.schedule_page": QScrollArea,
    "descent.noise_page": QScrollArea,
    "descent.schedule": QComboBox,
    "descent.schedule_note": QLabel,
    "descent.schedule_for_all": QPushButton,
    "descent.schedule_plot": pg.PlotWidget,
    "descent.noise_sigma": NumberField,
    "descent.noise_relative": NumberField,
    "descent.noise_seed": IntegerField,
    "descent.noise_new_seed": QToolButton,
    "descent.noise_problem": QLabel,
    "descent.landscape": QComboBox,
    "descent.course": QToolButton,
    "descent.own.fold": QToolButton,
    "descent.own.name": QLineEdit,
    "descent.own.examples": QToolButton,
    "descent.own.delete": QToolButton,
    "descent.own.formula": QLineEdit,
    "descent.own.problem": QLabel,
    "descent.own.problem.place": QLabel,
    "descent.own.box.left": QDoubleSpinBox,
    "descent.own.box.right": QDoubleSpinBox,
    "descent.own.box.bottom": QDoubleSpinBox,
    "descent.own.box.top": QDoubleSpinBox,
    "descent.own.gradient": FormulaLabel,
    "descent.start_x": QDoubleSpinBox,
    "descent.start_y": QDoubleSpinBox,
    "descent.setup_problem": QLabel,
    "descent.run_problem": QLabel,
    "descent.optimizers": QListWidget,
    "descent.lane_add": QToolButton,
    "descent.lane_duplicate": QToolButton,
    "descent.lane_remove": QToolButton,
    "descent.lane_rename": QToolButton,
    "descent.lane_hide": QToolButton,
    "descent.lane_solo": QToolButton,
    "descent.optimizer_pages": QTabWidget,
    "descent.optimizer_defaults": QToolButton,
    "descent.optimizer_form": QScrollArea,
    "descent.steps": QSpinBox,
    "descent.stop_when_converged": QCheckBox,
    "descent.tolerance": QDoubleSpinBox,
    "descent.device": QComboBox,
    "descent.precision": QComboBox,
    "descent.copy_code": QPushButton,
    "descent.readout": QLabel,
    "descent.view": QComboBox,
    "descent.overlays": QToolButton,
    "descent.zoom_in": QToolButton,
    "descent.zoom_out": QToolButton,
    "descent.whole": QToolButton,
    "descent.map": pg.PlotWidget,
    "descent.hint": QLabel,
    "descent.pictures": QSplitter,
    "descent.curves": QSplitter,
    "descent.surface": SurfaceView,
    "descent.surface_height": QComboBox,
    "descent.surface_reset": QToolButton,
    "descent.surface_hint": QLabel,
    "descent.surface_trouble": QLabel,
    "descent.masked": QLabel,
    "descent.ending": QLabel,
    "descent.try_rate": QPushButton,
    "descent.reset": QAbstractButton,
    "descent.step_back": QAbstractButton,
    "descent.run": QAbstractButton,
    "descent.step": QAbstractButton,
    "descent.timeline": QSlider,
    "descent.step_count": QLabel,
    "descent.speed": QSlider,
    "descent.numbers": QLabel,
    "descent.loss_plot": pg.PlotWidget,
    "descent.gradient_formula": FormulaLabel,
    "descent.gradient_plot": pg.PlotWidget,
    "descent.loss_plot.below": QLabel,
    "descent.gradient_plot.below": QLabel,
    "descent.pages": QTabWidget,
    "descent.numbers_of": QLabel,
    "descent.race": QTableView,
    "descent.threshold": QDoubleSpinBox,
    "descent.curve_axis": QComboBox,
    "descent.log": QTableView,
    "descent.log_every": QSpinBox,
    "descent.check": CheckTable,
    "descent.check.verdict": QLabel,
    "descent.check.table": QTableWidget,
}
ACTIVATIONS = {
    "activations.error": ErrorBanner,
    "activations.error.sentence": QLabel,
    "activations.error.details": QPushButton,
    "activations.error.close": QToolButton,
    "activations.error.text": QPlainTextEdit,
    "activations.splitter": QSplitter,
    "activations.pictures": QSplitter,
    "activations.function": QComboBox,
    "activations.shown": QListWidget,
    "activations.duplicate": QToolButton,
    "activations.remove": QToolButton,
    "activations.draw_f": QCheckBox,
    "activations.draw_first": QCheckBox,
    "activations.draw_second": QCheckBox,
    "activations.shade": QCheckBox,
    "activations.threshold": QDoubleSpinBox,
    "activations.copy_code": QPushButton,
    "activations.cursor": QDoubleSpinBox,
    "activations.slope": QLabel,
    "activations.range": QComboBox,
    "activations.zoom_in": QToolButton,
    "activations.zoom_out": QToolButton,
    "activations.whole": QToolButton,
    "activations.plot": pg.PlotWidget,
    "activations.values": QTableWidget,
    "activations.kink": QLabel,
    "activations.pages": QTabWidget,
    "activations.formula_page": QScrollArea,
    "activations.formula": FormulaLabel,
    "activations.summary": QLabel,
    "activations.filled": FormulaLabel,
    "activations.initialisation": FormulaLabel,
    "activations.initialisation_words": QLabel,
    "activations.second": FormulaLabel,
    "activations.relations_page": QScrollArea,
    "activations.precision": QComboBox,
    "activations.check": CheckTable,
    "activations.check.verdict": QLabel,
    "activations.check.table": QTableWidget,
    "activations.depth_layers": QSpinBox,
    "activations.depth_layers_slider": QSlider,
    "activations.depth_scale": QDoubleSpinBox,
    "activations.depth_scale_slider": QSlider,
    "activations.depth_width": QSpinBox,
    "activations.depth_bias": QDoubleSpinBox,
    "activations.depth_seed": QSpinBox,
    "activations.depth_new_seed": QToolButton,
    "activations.depth_initialisation": QComboBox,
    "activations.depth_view": QComboBox,
    "activations.depth_plot": pg.PlotWidget,
    "activations.depth_norms": pg.PlotWidget,
    "activations.depth_verdict": QLabel,
    **{f"activations.derivation.{line}": FormulaLabel for line in range(1, 8)},  # of the sigmoid, which is shown first
    **{f"activations.relation.{relation.key}": QCheckBox for relation in RELATIONS},
    **{f"activations.relation.{relation.key}.formula": FormulaLabel for relation in RELATIONS},
    **{f"activations.relation.{relation.key}.difference": QLabel for relation in RELATIONS},
}
SOFTMAX = {
    "softmax.error": ErrorBanner,
    "softmax.error.sentence": QLabel,
    "softmax.error.details": QPushButton,
    "softmax.error.close": QToolButton,
    "softmax.error.text": QPlainTextEdit,
    "softmax.splitter": QSplitter,
    "softmax.pictures": QSplitter,
    "softmax.preset": QComboBox,
    "softmax.count": QSpinBox,
    "softmax.seed": QSpinBox,
    "softmax.random": QToolButton,
    "softmax.logits": QTableView,
    **{f"softmax.slider.{row}": QSlider for row in range(3)},  # of the logits that are shown first
    "softmax.problem": QLabel,
    "softmax.temperature": QDoubleSpinBox,
    "softmax.target": QSpinBox,
    "softmax.add": QPushButton,
    "softmax.constant": QDoubleSpinBox,
    "softmax.field_problem": QLabel,
    "softmax.undo": QPushButton,
    "softmax.redo": QPushButton,
    "softmax.moment": QLabel,
    "softmax.path": QComboBox,
    "softmax.log_colours": QCheckBox,
    "softmax.copy_code": QPushButton,
    "softmax.logit_bars": pg.PlotWidget,
    "softmax.probabilities": pg.PlotWidget,
    "softmax.heatmap": pg.PlotWidget,
    "softmax.pages": QTabWidget,
    "softmax.cell_page": QScrollArea,
    "softmax.cell_filled": FormulaLabel,
    "softmax.sign": QLabel,
    "softmax.torch_line": QLabel,
    **{f"softmax.cell_derivation.{line}": FormulaLabel for line in range(1, 5)},
    "softmax.cell_together": FormulaLabel,
    "softmax.probability_filled": FormulaLabel,
    "softmax.ratio": FormulaLabel,
    "softmax.losses": QLabel,
    "softmax.gradients": pg.PlotWidget,
    "softmax.rate": QDoubleSpinBox,
    "softmax.rate_problem": QLabel,
    "softmax.step": QPushButton,
    "softmax.step_back": QToolButton,
    "softmax.play": QToolButton,
    "softmax.reset": QToolButton,
    "softmax.loss_pages": QTabWidget,
    "softmax.formula_page": QScrollArea,
    "softmax.formula_part": QLabel,
    "softmax.filled.cross_entropy": FormulaLabel,
    "softmax.filled.squared_error": FormulaLabel,
    "softmax.filled_sum": FormulaLabel,
    "softmax.filled_part.cross_entropy": FormulaLabel,
    "softmax.filled_part.squared_error": FormulaLabel,
    **{f"softmax.derivation.cross_entropy.{line}": FormulaLabel for line in range(1, 4)},
    **{f"softmax.derivation.squared_error.{line}": FormulaLabel for line in range(1, 5)},
    "softmax.gradient_table": QTableView,
    "softmax.descent": pg.PlotWidget,
    "softmax.descent_words": QLabel,
    "softmax.facts_page": QScrollArea,
    "softmax.sums": QLabel,
    "softmax.facts": QLabel,
    "softmax.stability_words": QLabel,
    "softmax.stability": QTableWidget,
    "softmax.checked": QComboBox,
    "softmax.precision": QComboBox,
    "softmax.check": CheckTable,
    "softmax.check.verdict": QLabel,
    "softmax.check.table": QTableWidget,
}
NETWORK = {
    "network.error": ErrorBanner,
    "network.error.sentence": QLabel,
    "network.error.details": QPushButton,
    "network.error.close": QToolButton,
    "network.error.text": QPlainTextEdit,
    "network.splitter": QSplitter,
    "network.middle": QSplitter,
    "network.preset": QComboBox,
    "network.inputs": QSpinBox,
    "network.add_layer": QToolButton,
    "network.remove_layer": QToolButton,
    **{f"network.units.{layer}": QSpinBox for layer in range(1, 7)},
    **{f"network.activation.{layer}": QComboBox for layer in range(1, 7)},
    **{f"network.bias.{layer}": QCheckBox for layer in range(1, 7)},
    "network.loss": QComboBox,
    "network.rate": QDoubleSpinBox,
    "network.coloured_by": QComboBox,
    "network.way": QComboBox,
    "network.seed": QSpinBox,
    "network.scale": QDoubleSpinBox,
    "network.new_weights": QPushButton,
    "network.tables": QTabWidget,
    "network.sample": QTableWidget,
    "network.weights": QTableView,
    "network.units": QTableView,
    "network.problem": QLabel,
    "network.sample_note": QLabel,
    "network.editor_problem": QLabel,
    "network.copy_code": QPushButton,
    "network.diagram": QGraphicsView,
    "network.editor": QDoubleSpinBox,
    "network.hint": QLabel,
    "network.legend": QLabel,
    "network.phase": QLabel,
    "network.phase_count": QLabel,
    "network.zoom_out": QToolButton,
    "network.zoom_in": QToolButton,
    "network.whole": QToolButton,
    "network.reset": QToolButton,
    "network.step_back": QToolButton,
    "network.play": QToolButton,
    "network.step": QToolButton,
    "network.speed": QComboBox,
    "network.forward": QPushButton,
    "network.backward": QPushButton,
    "network.update": QPushButton,
    "network.pages": QTabWidget,
    "network.formula_page": QScrollArea,
    "network.reading_title": QLabel,
    "network.reading_words": QLabel,
    "network.reading_note": QLabel,
    "network.formulas": FormulaLines,
    "network.numbers": FormulaLines,
    "network.factors": QTableView,
    "network.trap_page": QScrollArea,
    "network.trap": QComboBox,
    "network.trap_shapes": QLabel,
    "network.trap_stretched": QTableWidget,
    "network.trap_warning": QLabel,
    "network.trap_results": QLabel,
    "network.trap_gradients": QTableWidget,
    "network.training_page": QScrollArea,
    "network.data": QComboBox,
    "network.open_table": QPushButton,
    "network.target_columns": QSpinBox,
    "network.samples": QSpinBox,
    "network.noise": QDoubleSpinBox,
    "network.test_share": QDoubleSpinBox,
    "network.data_seed": QSpinBox,
    "network.standardised": QCheckBox,
    "network.data_summary": QLabel,
    "network.data_problem": QLabel,
    "network.steps": QSpinBox,
    "network.batch": QSpinBox,
    "network.order_seed": QSpinBox,
    "network.evaluate_every": QSpinBox,
    "network.precision": QComboBox,
    "network.optimizer": QComboBox,
    "network.train": QToolButton,
    "network.train_step": QToolButton,
    "network.train_reset": QToolButton,
    "network.train_speed": QComboBox,
    "network.training_words": QLabel,
    "network.training_pages": QTabWidget,
    "network.loss_plot": pg.PlotWidget,
    "network.loss_plot_note": QLabel,
    "network.gradient_plot_note": QLabel,
    "network.gradient_plot": pg.PlotWidget,
    "network.decision": pg.PlotWidget,
    "network.no_plane": QLabel,
    "network.check": QWidget,
    "network.check.verdict": QLabel,
    "network.check.table": QTableView,
}
LOSS = {
    "loss.error": ErrorBanner,
    "loss.error.sentence": QLabel,
    "loss.error.details": QPushButton,
    "loss.error.close": QToolButton,
    "loss.error.text": QPlainTextEdit,
    "loss.splitter": QSplitter,
    "loss.forms": QTableWidget,
    "loss.reading_splitter": QSplitter,
    "loss.axis": QComboBox,
    "loss.loss_plot": pg.PlotWidget,
    "loss.loss_plot.below": QLabel,
    "loss.descent_words": QLabel,
    "loss.try_rate": QPushButton,
    "loss.pages": QTabWidget,
    "loss.bench": QWidget,
    "loss.bench.case": QComboBox,
    "loss.bench.shows": QLabel,
    "loss.bench.x": QDoubleSpinBox,
    "loss.bench.w": QDoubleSpinBox,
    "loss.bench.target": QDoubleSpinBox,
    "loss.bench.requires": QComboBox,
    "loss.bench.way": QComboBox,
    "loss.bench.rebuild": QCheckBox,
    "loss.bench.twice": QCheckBox,
    "loss.bench.retain": QCheckBox,
    "loss.bench.new_graph": QCheckBox,
    "loss.bench.zero": QCheckBox,
    "loss.bench.problem": QLabel,
    "loss.bench.output": QTextBrowser,
    "loss.check_precision": QComboBox,
    "loss.check": CheckTable,
    "loss.check.verdict": QLabel,
    "loss.check.table": QTableWidget,
    "loss.gradient_page": QScrollArea,
    "loss.form_summary": QLabel,
    "loss.no_gradient": QLabel,
    "loss.filled.loss": FormulaLabel,
    "loss.filled.w": FormulaLabel,
    "loss.filled.b": FormulaLabel,
    "loss.derivation.1": FormulaLabel,
    "loss.derivation.2": FormulaLabel,
    "loss.derivation.3": FormulaLabel,
    "loss.derivation.4": FormulaLabel,
    "loss.derivation.5": FormulaLabel,
    "loss.derivation.6": FormulaLabel,
    "loss.derivation.7": FormulaLabel,
    "loss.derivation.8": FormulaLabel,
    "loss.derivation.9": FormulaLabel,
    "loss.pictures": QSplitter,
    "loss.map": pg.PlotWidget,
    "loss.hint": QLabel,
    "loss.masked": QLabel,
    "loss.outside": QLabel,
    "loss.nothing": QLabel,
    "loss.timeline": QSlider,
    "loss.step_count": QLabel,
    "loss.reset": QToolButton,
    "loss.step_back": QToolButton,
    "loss.run": QToolButton,
    "loss.step": QToolButton,
    "loss.speed": QSlider,
    "loss.plot": pg.PlotWidget,
    "loss.plot_hint": QLabel,
    "loss.thinned": QLabel,
    "loss.plot_whole": QToolButton,
    "loss.squares": QCheckBox,
    "loss.w_slider": QSlider,
    "loss.w": QDoubleSpinBox,
    "loss.b_slider": QSlider,
    "loss.b": QDoubleSpinBox,
    "loss.line_problem": QLabel,
    "loss.setup_pages": QTabWidget,
    "loss.descent_page": QScrollArea,
    "loss.batch": QComboBox,
    "loss.batch_size": QSpinBox,
    "loss.batch_seed": QSpinBox,
    "loss.steps": QSpinBox,
    "loss.precision": QComboBox,
    "loss.optimizer": QComboBox,
    "loss.descent_problem": QLabel,
    "loss.epoch": QLabel,
    "loss.scatter": QCheckBox,
    "loss.recipe.slope": QDoubleSpinBox,
    "loss.recipe.intercept": QDoubleSpinBox,
    "loss.recipe.low": QDoubleSpinBox,
    "loss.recipe.high": QDoubleSpinBox,
    "loss.recipe.noise": QDoubleSpinBox,
    "loss.recipe.count": QSpinBox,
    "loss.recipe.outliers": QSpinBox,
    "loss.recipe.outlier_distance": QDoubleSpinBox,
    "loss.recipe.seed": QSpinBox,
    "loss.dice": QToolButton,
    "loss.recipe_problem": QLabel,
    "loss.generate": QPushButton,
    "loss.preset": QComboBox,
    "loss.points": QTableView,
    "loss.problem": QLabel,
    "loss.problems_title": QLabel,
    "loss.problems_close": QToolButton,
    "loss.problems": QListWidget,
    "loss.open": QPushButton,
    "loss.undo": QPushButton,
    "loss.delete": QToolButton,
    "loss.clear": QToolButton,
    "loss.copy_code": QPushButton,
}
CHAIN_RULE = {
    "chain_rule.error": ErrorBanner,
    "chain_rule.error.sentence": QLabel,
    "chain_rule.error.details": QPushButton,
    "chain_rule.error.close": QToolButton,
    "chain_rule.error.text": QPlainTextEdit,
    "chain_rule.splitter": QSplitter,
    "chain_rule.pages": QTabWidget,
    "chain_rule.torch_words": QLabel,
    "chain_rule.torch": QTableWidget,
    "chain_rule.check": CheckTable,
    "chain_rule.check.verdict": QLabel,
    "chain_rule.check.table": QTableWidget,
    "chain_rule.formula_page": QScrollArea,
    "chain_rule.output": QComboBox,
    "chain_rule.source": QComboBox,
    "chain_rule.paths_formula": QWidget,
    "chain_rule.autograd": QLabel,
    "chain_rule.path_count": QLabel,
    "chain_rule.paths": QListWidget,
    "chain_rule.subject": QLabel,
    "chain_rule.formula": QWidget,
    "chain_rule.note": QLabel,
    "chain_rule.zoom_in": QToolButton,
    "chain_rule.zoom_out": QToolButton,
    "chain_rule.whole": QToolButton,
    "chain_rule.graph": QGraphicsView,
    "chain_rule.hint": QLabel,
    "chain_rule.stage": QLabel,
    "chain_rule.stage_count": QLabel,
    "chain_rule.reset": QToolButton,
    "chain_rule.step_back": QToolButton,
    "chain_rule.run": QToolButton,
    "chain_rule.step": QToolButton,
    "chain_rule.speed": QComboBox,
    "chain_rule.forward": QPushButton,
    "chain_rule.backward": QPushButton,
    "chain_rule.program": QScrollArea,
    "chain_rule.preset": QComboBox,
    "chain_rule.stale": QLabel,
    "chain_rule.summary": QLabel,
    "chain_rule.expression": QPlainTextEdit,
    "chain_rule.expression.place": QLabel,
    "chain_rule.expression.problem": QLabel,
    "chain_rule.detail": QComboBox,
    "chain_rule.value.x": QDoubleSpinBox,
    "chain_rule.value.x.slider": QSlider,
    "chain_rule.value.w1": QDoubleSpinBox,
    "chain_rule.value.w1.slider": QSlider,
    "chain_rule.value.b1": QDoubleSpinBox,
    "chain_rule.value.b1.slider": QSlider,
    "chain_rule.value.w2": QDoubleSpinBox,
    "chain_rule.value.w2.slider": QSlider,
    "chain_rule.value.b2": QDoubleSpinBox,
    "chain_rule.value.b2.slider": QSlider,
    "chain_rule.value_problem": QLabel,
    "chain_rule.copy_code": QPushButton,
}
CONTRACTS = {
    "activations": ACTIVATIONS,
    "loss": LOSS,
    "softmax": SOFTMAX,
    "network": NETWORK,
    "chain_rule": CHAIN_RULE,
    "descent": DESCENT,
}
# Qt's own parts of a widget, and what a form's fields are called: the latter have a test of their own
OPTIMIZER_FORMS = ("descent.optimizer.", "loss.optimizer.", "network.optimizer.")
NOT_OURS = ("qt_", "ScrollLeftButton", "ScrollRightButton", *OPTIMIZER_FORMS)

by_tab = pytest.mark.parametrize("record", TABS, ids=lambda record: record.key)


@pytest.fixture
def front(record: TabRecord, begin: Begin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window with this tab in front, and torch there."""
    monkeypatch.setattr(TabPages, "builds_at_idle", False)
    window = begin("--tab", record.key, "--language", "en", "--theme", "light")
    show_window(qtbot, window)
    qtbot.waitUntil(lambda: window.torch_loader.is_ready, timeout=WAIT_MS)
    return window


@pytest.fixture
def tab(front: MainWindow) -> Tab:
    return front.current_tab


def own(widget: QWidget) -> bool:
    """True for a widget with a name that we gave it."""
    return bool(widget.objectName()) and not widget.objectName().startswith(NOT_OURS) and not is_in_a_menu(widget)


def is_in_a_menu(widget: QWidget) -> bool:
    """True for what pyqtgraph puts into the menus of a plot, which nobody can open."""
    parent = widget.parentWidget()
    return isinstance(widget, QMenu) or (parent is not None and is_in_a_menu(parent))


def test_the_names_of_the_window_stay(window: MainWindow) -> None:
    assert window.objectName() == "main_window"
    for name, kind in WINDOW.items():
        child(window, kind, name)
    tabs = child(window, QTabWidget, "tabs")
    assert [tabs.widget(place).objectName() for place in range(tabs.count())] == [record.key for record in TABS]
    inside = {name for record in TABS for name in CONTRACTS[record.key]} | {record.key for record in TABS}
    assert {widget.objectName() for widget in window.findChildren(QWidget) if own(widget)} - inside == set(WINDOW)


@by_tab
def test_the_names_of_a_tab_stay_and_are_of_the_kind_that_was_promised(record: TabRecord, tab: Tab) -> None:
    assert sorted(w.objectName() for w in tab.findChildren(QWidget) if own(w)) == sorted(CONTRACTS[record.key])
    for name, kind in CONTRACTS[record.key].items():
        assert isinstance(child(tab, QWidget, name), kind), name


@pytest.mark.parametrize("record", [record for record in TABS if record.key == "descent"], ids=["descent"])
def test_every_hyper_parameter_of_every_optimizer_can_be_found(tab: Tab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(tab.findChildren(HyperparameterForm)) == len(OPTIMIZERS))
    for optimizer in OPTIMIZERS:
        form = child(tab, QWidget, f"descent.optimizer.{optimizer.key}")
        for hyperparameter in optimizer.hyperparameters():
            field = child(form, QWidget, f"descent.optimizer.{optimizer.key}.{hyperparameter.name}")
            if hyperparameter.kind in ("number", "integer") and not hyperparameter.is_tuple:
                assert isinstance(field, QDoubleSpinBox)


def is_part_of_another(widget: QWidget) -> bool:
    """True for a list under a combo box, a scroll bar, a header: what Qt puts into a widget."""
    if isinstance(widget, QScrollBar | QHeaderView) or widget.objectName().startswith(NOT_OURS[:3]):
        return True
    if is_in_a_menu(widget):
        return True
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView):
            return True
        parent = parent.parentWidget()
    return False


@by_tab
def test_every_input_and_every_plot_has_an_accessible_name(record: TabRecord, tab: Tab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(tab.findChildren(HyperparameterForm)) in (0, 1, len(OPTIMIZERS)))
    named = (QAbstractSpinBox, QComboBox, QAbstractSlider, QAbstractItemView, QPlainTextEdit, pg.PlotWidget)
    inputs = [w for w in tab.findChildren(QWidget) if isinstance(w, named) and not is_part_of_another(w)]
    assert len(inputs) > 10
    assert [w.objectName() for w in inputs if not w.accessibleName()] == []
    buttons = [b for b in tab.findChildren(QAbstractButton) if not is_part_of_another(b)]
    # hidden until there is something to offer: then it gets its text
    silent = [b.objectName() for b in buttons if not (b.accessibleName() or b.text()) and not b.isHidden()]
    assert silent == []


@by_tab
def test_every_input_can_be_reached_with_the_keyboard_and_every_table_left(record: TabRecord, tab: Tab) -> None:
    kinds = (QAbstractSpinBox, QComboBox, QSlider, QAbstractButton, QListWidget, QTableView)
    inputs = [w for w in tab.findChildren(QWidget) if isinstance(w, kinds) and not is_part_of_another(w)]
    assert [w.objectName() for w in inputs if not w.focusPolicy() & Qt.FocusPolicy.TabFocus] == []
    tables = tab.findChildren(QTableView)
    assert tables
    assert [table.objectName() for table in tables if table.tabKeyNavigation()] == []


@by_tab
def test_a_tab_keeps_its_contract_with_the_window(record: TabRecord, tab: Tab) -> None:
    assert isinstance(tab, record.load())
    assert tab.key == record.key == tab.objectName()
    assert isinstance(tab.state(), dict)
    assert tab.restore(tab.state()) == []
    assert "<p>" in tab.explanation()
    for side in ("left", "left", "right", "right"):
        tab.fold(side)
    tab.leave()
    tab.enter()


@by_tab
def test_the_window_fits_1024_by_700_without_scrolling_and_stays_so_at_1280_by_800(
    record: TabRecord, front: MainWindow
) -> None:
    for size in ((1024, 700), (1280, 800)):
        front.resize(*size)
        assert front.minimumSizeHint().width() <= 1024
        assert front.minimumSizeHint().height() <= 700
