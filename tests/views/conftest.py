"""What every test of the views leaves behind is gone before the next begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.views.hands import delete_what_was_closed


@pytest.fixture(autouse=True)
def what_was_closed_is_deleted() -> Iterator[None]:
    yield
    delete_what_was_closed()
