"""What functions are called where several stand together: by title, with parameters where two have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gradviz.core.activation import Activation
from gradviz.views.common.catalogue_words import in_words


def with_values(activation: Activation) -> str:
    """The title with the parameters: «ELU  (alpha 2)»."""
    values = ", ".join(f"{name} {value:g}" for name, value in activation.values)
    title = in_words(activation.title)
    return f"{title}  ({values})" if values else title


def names_of(activations: Sequence[Activation]) -> list[str]:
    """A name for each, no two alike: what differs is told, and what does not is counted."""
    titles = Counter(activation.title for activation in activations)
    names = [with_values(each) if titles[each.title] > 1 else in_words(each.title) for each in activations]
    counts = Counter(names)
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        if counts[name] > 1 and seen[name] > 1:
            names[place] = f"{name} {seen[name]}"
    return names
