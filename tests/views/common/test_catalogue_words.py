from __future__ import annotations

import pytest

from gradviz.core.activations import ACTIVATIONS
from gradviz.core.initialisation import INITIALISATIONS
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.schedules import SCHEDULES
from gradviz.views.common import activation_words, catalogue_words
from gradviz.views.common.catalogue_words import in_words

TEXTS = [entry.title for entry in LANDSCAPES] + [record.summary for record in OPTIMIZERS]
TEXTS += [text for record in SCHEDULES for text in (record.title, record.summary)]
TEXTS += [record.summary for record in ACTIVATIONS] + ["Step"]  # the other titles are torch's names
TEXTS += [text for entry in INITIALISATIONS for text in (entry.title, entry.summary)]


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_of_the_catalogues_is_listed_for_the_translator(text: str) -> None:
    assert text in (*catalogue_words._WORDS, *activation_words.WORDS)


@pytest.mark.parametrize("text", TEXTS)
def test_in_english_a_text_of_the_catalogues_stays_as_it_is(text: str) -> None:
    assert in_words(text) == text
