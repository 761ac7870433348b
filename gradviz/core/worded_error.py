"""A refusal whose sentence can be said in another language."""

from __future__ import annotations


class WordedError(ValueError):
    """`template` is an English sentence without its full stop, with {0}, {1} … for `arguments`."""

    def __init__(self, template: str, *arguments: object) -> None:
        super().__init__(template.format(*arguments))
        self.template, self.arguments = template, arguments
