"""How a training goes, in a line."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gradviz.core.training_record import TrainingRecord

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


Words = tuple[str, ...]  # from long to short: as there is room for


def progress_words(record: TrainingRecord, steps: int, rate: float = math.nan) -> Words:
    """Step, loss and what is right of it; where the loss was last taken earlier, the step that it belongs to."""
    step = translate("TrainingPanel", "step {0}").format(f"{steps:,}")
    judged = record.judged(steps)
    if judged is None:
        return (step,)
    train, test = judged.train_loss + 0.0, judged.test_loss + 0.0  # torch's −0 is 0
    loss, numbers = f"E = {train:.4g}", f"E = {train:.2g}"
    if judged.step != steps:
        template = translate("TrainingPanel", "after {0}: {1}")
        loss, numbers = (template.format(f"{judged.step:,}", each) for each in (loss, numbers))
    parts = [step, loss]
    if math.isfinite(judged.train_accuracy):
        parts.append(translate("TrainingPanel", "right: {0}").format(f"{judged.train_accuracy:.0%}"))
    if math.isfinite(test):
        parts.append(translate("TrainingPanel", "test: {0}").format(f"{test:.4g}"))
    if math.isfinite(rate):
        parts.append(translate("TrainingPanel", "{0} / s").format(f"{rate:,.0f}"))
    lines = [" · ".join(parts[:count]) for count in range(len(parts), 1, -1)]
    return (*lines, f"{step} · {numbers}" if judged.step == steps else numbers, numbers)


def ending_words(record: TrainingRecord) -> Words:
    """How it ended: by a number that was lost, or with all steps done."""
    if record.overflow is None:
        progress = progress_words(record, record.steps)
        return (translate("TrainingPanel", "All steps are done: {0}").format(progress[0]), *progress)
    step = f"{record.overflow:,}"
    return (
        translate(
            "TrainingPanel", "Stopped at step {0}: the loss is no longer finite. A smaller learning rate may help."
        ).format(step),
        translate("TrainingPanel", "Step {0}: E is no longer finite; try a smaller rate").format(step),
        translate("TrainingPanel", "Step {0}: E is not finite").format(step),
    )


def restored_words(record: TrainingRecord) -> Words:
    """Of a training in the middle, as a session has it: the steps are the same, what the optimizer knew is gone."""
    text = translate("TrainingPanel", "{0} · T goes on; the optimizer's memory begins anew")
    step = translate("TrainingPanel", "step {0}").format(f"{record.steps:,}")
    return (
        *(text.format(each) for each in (progress_words(record, record.steps)[0], step)),
        translate("TrainingPanel", "{0} · T goes on").format(step),
    )


def stale_words() -> Words:
    """Behind an edit: what is drawn is of a training that does not go on."""
    return (
        translate("TrainingPanel", "The pale curves are of the training before; T begins another."),
        translate("TrainingPanel", "T begins another training"),
    )


def reset_words() -> Words:
    """Behind a reset."""
    return (
        translate("TrainingPanel", "The weights are those from before the training."),
        translate("TrainingPanel", "back before the training"),
    )


def patience_words() -> Words:
    """While a step lasts that a pause lets finish."""
    return (
        translate("TrainingPanel", "Paused: the step under way is still being finished."),
        translate("TrainingPanel", "finishing the last step"),
    )
