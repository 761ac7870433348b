"""What a session keeps of the Activations tab, and how the tab takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gradviz.views.common.taken_back import take_back, take_widths

if TYPE_CHECKING:
    from gradviz.views.activations.tab import ActivationsTab

FARTHEST, HIGHEST = 1e7, 1e15  # of what x and y a view may show


def tab_state(tab: ActivationsTab) -> dict[str, Any]:
    """As plain data that JSON takes."""
    plot = tab.picture.plot
    return {
        "functions": tab.functions.state(),
        "cursor": tab.picture.cursor_field.value(),
        "range": list(plot.visible_range()),
        "box": plot.visible_box(),
        "reach": tab.picture.reach,
        "depth": tab.picture.depth_panel.state(),
        "relations": [relation.key for relation in tab.reading.relations.switched_on],
        "precision": tab.reading.precision,
        "page": tab.reading.pages.currentIndex(),
        "splitter": tab.columns.kept_sizes(),
        "inner_splitter": tab.picture.splitter.kept_sizes(),
        "folded": tab.folded(),
    }


def restore_tab(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    """Takes back what `tab_state` gave, part by part; a sentence for each part that can't be read."""
    return take_back(tab, state, PARTS)


def _take_functions(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    return tab.functions.restore(state.get("functions", {}))


def _take_cursor(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    x = float(state.get("cursor", tab.picture.cursor_field.value()))
    if not abs(x) <= FARTHEST:
        raise ValueError(f"cursor {x}")
    tab.picture.set_cursor(x)
    return []


def _take_view(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    tab.picture.set_reach(float(state.get("reach", tab.picture.reach)))
    edges = state.get("box") or state.get("range")
    if edges is not None:
        numbers = [float(edge) for edge in edges]
        if len(numbers) not in (2, 4) or not all(
            abs(n) <= most for n, most in zip(numbers, (FARTHEST, FARTHEST, HIGHEST, HIGHEST), strict=False)
        ):
            raise ValueError(f"view {edges}")
        if not all(low < high for low, high in zip(numbers[::2], numbers[1::2], strict=True)):
            raise ValueError(f"view {edges}")
        tab.picture.plot.show_range(*numbers)
    return []


def _take_reading(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    tab.reading.relations.switch_on([str(key) for key in state.get("relations", ())])
    tab.reading.set_precision(str(state.get("precision", tab.reading.precision)))
    tab.reading.pages.setCurrentIndex(int(state.get("page", 0)))
    return []


def _take_depth(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    return tab.picture.depth_panel.restore(state.get("depth", {}))


def _take_splitters(tab: ActivationsTab, state: dict[str, Any]) -> list[str]:
    take_widths(tab, state, {"splitter": tab.columns, "inner_splitter": tab.picture.splitter})
    return []


PARTS = (_take_functions, _take_cursor, _take_view, _take_reading, _take_depth, _take_splitters)
