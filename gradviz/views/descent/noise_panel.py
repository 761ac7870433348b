"""The noise on the gradient of every lane."""

from __future__ import annotations

import random

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gradviz.core.descent_request import SEED_HIGH, SILENCE, Noise
from gradviz.core.hyperparameters import Range
from gradviz.views.common.icons import icon
from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel

SIGMA = Range(0.0, 1e6, logarithmic=True)
RELATIVE = Range(0.0, 1e3, logarithmic=True)
SEEDS = 10_000  # a drawn seed has four digits: one can say it


class NoisePanel(QWidget):
    """Three numbers: how strong in itself, how strong beside the gradient, and the seed. Needs no torch.

    Signals:
        changed(): the person changed a number, or it became good or bad. Not emitted by `set_noise`.
        entered(): what is shown is meant, not half typed: a field was left, stepped or set, or Enter pressed. After
            `changed`, and also where nothing is new. Not emitted by `set_noise`.
        committed(): the person pressed Enter in a field, stepped it, or drew a seed.
    """

    changed = Signal()
    entered = Signal()
    committed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        explanation = QLabel(
            self.tr(
                "Adds (σ + share·‖∇f‖)·z to the gradient that the optimizers see, with z drawn from N(0, 1) once a step"
                " for all lanes: what mini-batches do to a gradient."
            )
        )
        explanation.setWordWrap(True)
        self.sigma = NumberField(SIGMA)
        self.sigma.setObjectName("descent.noise_sigma")
        self.sigma.setAccessibleName(self.tr("Standard deviation σ of the noise"))
        self.relative = NumberField(RELATIVE)
        self.relative.setObjectName("descent.noise_relative")
        self.relative.setAccessibleName(self.tr("Standard deviation of the noise as a share of ‖∇f‖"))
        self.seed = IntegerField(0, SEED_HIGH)
        self.seed.setObjectName("descent.noise_seed")
        self.seed.setAccessibleName(self.tr("Seed of the noise"))
        self.seed.setToolTip(self.tr("The same seed gives the same noise, whichever lanes run"))
        self.new_seed = QToolButton()
        self.new_seed.setObjectName("descent.noise_new_seed")
        self.new_seed.setIcon(icon("dice"))
        self.new_seed.setToolTip(self.tr("Draw another seed"))
        self.new_seed.setAccessibleName(self.tr("Draw another seed"))
        self.new_seed.clicked.connect(self._draw_seed)
        self.problem = ProblemLabel()
        self.problem.setObjectName("descent.noise_problem")

        seed_row = QHBoxLayout()
        seed_row.setSpacing(4)
        seed_row.addWidget(self.seed, 1)
        seed_row.addWidget(self.new_seed)
        form = QFormLayout()
        form.setVerticalSpacing(3)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("σ", self.sigma)
        form.addRow(self.tr("Share of ‖∇f‖"), self.relative)
        form.addRow(self.tr("Seed"), seed_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        layout.addWidget(explanation)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addStretch()

        for field in (self.sigma, self.relative, self.seed):
            field.valueChanged.connect(self._on_entered)  # not at every key: the fields do not track the keyboard
            field.editingFinished.connect(self._on_entered)
            field.problem_changed.connect(self._on_changed)
            field.lineEdit().textEdited.connect(self._on_changed)
            field.committed.connect(self.committed)
        self.set_noise(SILENCE)

    def noise(self) -> Noise | None:
        """What the fields say; None while one of them is refused."""
        if self.sigma.problem or self.relative.problem or self.seed.problem:
            return None
        return self.shown_noise()

    def shown_noise(self) -> Noise:
        """What the fields say; one in red counts by its last good number."""
        return Noise(self.sigma.value(), self.relative.value(), self.seed.value())

    def set_noise(self, noise: Noise) -> None:
        """Shows this noise. Emits nothing."""
        self.blockSignals(True)
        self.sigma.setValue(noise.sigma)
        self.relative.setValue(noise.relative)
        self.seed.setValue(noise.seed)
        self.blockSignals(False)

    def _draw_seed(self) -> None:
        seed = random.randrange(SEEDS)
        self.seed.setValue(seed if seed != self.seed.value() else (seed + 1) % SEEDS)
        self.committed.emit()

    def _on_changed(self) -> None:
        named = (("σ", self.sigma), (self.tr("Share of ‖∇f‖"), self.relative), (self.tr("Seed"), self.seed))
        problems = [f"{name} {field.problem}" for name, field in named if field.problem]
        self.problem.show_problem(problems[0] if problems else "")
        self.changed.emit()

    def _on_entered(self) -> None:
        self._on_changed()
        self.entered.emit()
