from __future__ import annotations

import pytest

from gradviz.app.resources import resource_path


@pytest.mark.parametrize("parts", [("icons",), ("icons", "gradviz.svg"), ("i18n", "gradviz_zh_CN.qm")], ids="/".join)
def test_a_resource_is_found(parts: tuple[str, ...]) -> None:
    assert resource_path(*parts).exists()


def test_a_resource_that_is_not_there_has_a_path_all_the_same() -> None:
    assert not resource_path("nosuch", "file").exists()
