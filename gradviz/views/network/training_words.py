"""How a training goes, in a line."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gradviz.core.training_record import TrainingRecord

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def progress_words(record: TrainingRecord, steps: int, rate: float = math.nan) -> str:
    """Step, loss and what is right of it; where the loss was last taken earlier, the step that it belongs to."""
    parts = [translate("TrainingPanel", "step {0}").format(f"{steps:,}")]
    judged = record.judged(steps)
    if judged is not None:
        loss = f"{judged.train_loss:.4g}"
        if judged.step == steps:
            parts.append(f"E = {loss}")
        else:
            parts.append(translate("TrainingPanel", "after {0}: E = {1}").format(f"{judged.step:,}", loss))
        if math.isfinite(judged.train_accuracy):
            parts.append(translate("TrainingPanel", "right: {0}").format(f"{judged.train_accuracy:.0%}"))
        if math.isfinite(judged.test_loss):
            parts.append(translate("TrainingPanel", "test: {0}").format(f"{judged.test_loss:.4g}"))
    if math.isfinite(rate):
        parts.append(translate("TrainingPanel", "{0} / s").format(f"{rate:,.0f}"))
    return " · ".join(parts)


def ending_words(record: TrainingRecord) -> str:
    """How it ended: by a number that was lost, or with all steps done."""
    if record.overflow is not None:
        text = translate(
            "TrainingPanel", "Stopped at step {0}: the loss is no longer finite. A smaller learning rate may help."
        )
        return text.format(f"{record.overflow:,}")
    return translate("TrainingPanel", "All steps are done: {0}").format(progress_words(record, record.steps))


def restored_words(record: TrainingRecord) -> str:
    """Of a training in the middle, as a session has it: the steps are the same, what the optimizer knew is gone."""
    text = translate("TrainingPanel", "{0} · T goes on from here; the optimizer's memory begins anew")
    return text.format(progress_words(record, record.steps))
