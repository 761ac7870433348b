"""`gradviz list`: what there is to choose from, for eyes and, with --json, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from gradviz.app.command_parser import CommandParser, unknown
from gradviz.core.activations import ACTIVATIONS
from gradviz.core.landscapes import LANDSCAPES
from gradviz.core.optimizers import OPTIMIZERS
from gradviz.core.schedules import SCHEDULES

Entry = dict[str, Any]


def run(arguments: Sequence[str]) -> int:
    """Runs the command with what stands behind `list`; returns the exit status."""
    parser = CommandParser("gradviz list", "Shows what there is to choose from.")
    parser.add_argument("catalogue", metavar="CATALOGUE", help=", ".join(CATALOGUES))
    parser.add_argument("--json", action="store_true", help="with everything that is known, for programs")
    given = parser.parse_args(list(arguments))
    if given.catalogue not in CATALOGUES:
        parser.error(str(unknown("catalogue", given.catalogue, CATALOGUES)))
    entries = CATALOGUES[given.catalogue](given.json)
    print(json.dumps(entries, ensure_ascii=False, indent=2) if given.json else _lines(entries), end="")  # noqa: T201
    if given.json:
        print()  # noqa: T201
    return 0


def _lines(entries: list[Entry]) -> str:
    keys = max((len(entry["key"]) for entry in entries), default=0)
    titles = max((len(entry["title"]) for entry in entries), default=0)
    return "".join(f"{e['key'].ljust(keys)}  {e['title'].ljust(titles)}  {e['summary']}\n" for e in entries)


def _landscapes(_everything: bool) -> list[Entry]:
    return [
        {
            "key": entry.key,
            "title": entry.title,
            "summary": entry.plain,
            "latex": entry.latex,
            "box": asdict(entry.box),
            "minima": [asdict(minimum) for minimum in entry.minima],
            "lowest": entry.lowest,
            "smooth_at_minima": entry.smooth_at_minima,
            "source": entry.source,
        }
        for entry in LANDSCAPES
    ]


def _optimizers(everything: bool) -> list[Entry]:
    return [_of_torch(record, "torch.optim", everything) for record in OPTIMIZERS]


def _schedules(everything: bool) -> list[Entry]:
    return [_of_torch(record, "torch.optim.lr_scheduler", everything) for record in SCHEDULES]


def _of_torch(record: Any, module: str, everything: bool) -> Entry:
    entry = {"key": record.key, "title": record.title, "summary": record.summary, "source": record.source}
    if everything:  # only this reads signatures, for which torch must be imported
        name = f"{module}.{record.class_name}" if record.class_name else None
        entry |= {"class": name, "values": record.defaults()}
    return entry


def _activations(_everything: bool) -> list[Entry]:
    return [
        {
            "key": record.key,
            "title": record.title,
            "summary": record.summary,
            "class": f"torch.nn.{record.module}" if record.module else None,
            "values": record.defaults(),
            "latex": record.latex,
            "derivative_latex": record.derivation[-1],
            "source": record.source,
        }
        for record in ACTIVATIONS
    ]


CATALOGUES: dict[str, Callable[[bool], list[Entry]]] = {
    "landscapes": _landscapes,
    "optimizers": _optimizers,
    "schedules": _schedules,
    "activations": _activations,
}
