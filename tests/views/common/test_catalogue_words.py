from __future__ import annotations

from gradviz.core.activations import ACTIVATIONS
from gradviz.core.autograd_cases import BENCH_CASES
from gradviz.core.initialisation import INITIALISATIONS
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.line_cell import SENTENCES
from gradviz.core.line_recipe import LINE_PRESETS
from gradviz.core.loss_forms import LOSS_FORMS
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.schedules import SCHEDULES
from gradviz.core.softmax_losses import SOFTMAX_LOSSES
from gradviz.core.softmax_presets import SOFTMAX_PRESETS
from gradviz.views.common import activation_words, catalogue_words, loss_words
from gradviz.views.common.catalogue_words import in_words

TEXTS = [entry.title for entry in LANDSCAPES] + [record.summary for record in OPTIMIZERS]
TEXTS += [text for record in SCHEDULES for text in (record.title, record.summary)]
TEXTS += [record.summary for record in ACTIVATIONS] + ["Step"]  # the other titles are torch's names
TEXTS += [text for entry in INITIALISATIONS for text in (entry.title, entry.summary)]
LOSS_CATALOGUES = (*LOSS_FORMS, *LINE_PRESETS, *SOFTMAX_LOSSES, *SOFTMAX_PRESETS)
TEXTS += [text for entry in LOSS_CATALOGUES for text in (entry.title, entry.summary)]
TEXTS += [text for case in BENCH_CASES for text in (case.title, case.shows)] + list(SENTENCES)


def test_every_text_of_the_catalogues_is_listed_for_the_translator() -> None:
    assert set(TEXTS) - {*catalogue_words._WORDS, *activation_words.WORDS, *loss_words.WORDS} == set()


def test_in_english_a_text_of_the_catalogues_stays_as_it_is() -> None:
    assert [in_words(text) for text in TEXTS] == TEXTS
