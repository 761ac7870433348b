"""The sentences under a group of fields: which of them does not take its text, and what it would take."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gradviz.views.common.number_field import IntegerField, NumberField, ProblemLabel


class FieldProblems(ProblemLabel):
    """There only while a field is refused, or what the fields say together can't be taken."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._problems: dict[str, str] = {}
        self._other = ""

    def watch(self, field: NumberField | IntegerField) -> None:
        """Tells the problems of this field, by its accessible name."""
        field.problem_changed.connect(lambda problem: self._tell(field.accessibleName(), problem))

    def say(self, problem: str) -> None:
        """Why the fields can't be taken together; "" once they can."""
        self._other = problem
        self._show()

    def _tell(self, title: str, problem: str) -> None:
        self._problems[title] = problem
        self._show()

    def _show(self) -> None:
        lines = [f"{title}: {problem}" for title, problem in self._problems.items() if problem]
        self.show_problem("\n".join([*lines, *filter(None, [self._other])]))
