"""Which optimizers descend, and with which hyper-parameters."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gradviz.core.changes import lane_refusal
from gradviz.core.descent_request import CONSTANT, SILENCE, Lane, Schedule, noise_from_state
from gradviz.core.schedules import schedule_record
from gradviz.views.common.catalogue_words import in_words
from gradviz.views.common.scrolled import scrolled
from gradviz.views.descent.lane_buttons import LaneButtons
from gradviz.views.descent.lane_entry import DEFAULT, MOST_LANES, LaneEntry, entries_from_state, first_entries
from gradviz.views.descent.lane_forms import LaneForms
from gradviz.views.descent.lane_list import LaneList
from gradviz.views.descent.noise_panel import NoisePanel
from gradviz.views.descent.schedule_panel import SchedulePanel

VALUES_PAGE, SCHEDULE_PAGE, NOISE_PAGE = range(3)


class OptimizerPanel(QWidget):
    """The list of lanes over the form of the current one. The forms come with torch.

    Signals:
        changed(): who takes part, or a value; also when a value became good or bad.
        entered(): what is shown is meant, not half typed: Enter, a step, a field that was left, a box, a choice. After
            `changed`, and also where nothing is new.
        committed(): the person pressed Enter in a field of the form or stepped it.
        values_refused(list): one phrase for each value of a session that a form does not take.
    """

    changed = Signal()
    entered = Signal()
    committed = Signal()
    values_refused = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._torch_is_there = False
        self._steps = 1
        self._schedule_is_refused = False
        self.list = LaneList()
        self.list.selected.connect(self._show_form)
        self.list.changed.connect(self.changed)
        self._buttons = LaneButtons(self.list)
        self._buttons.add_asked.connect(lambda key: self._add(key))
        self._buttons.duplicate_asked.connect(self.duplicate)
        self._buttons.remove_asked.connect(self.remove)
        self.list.visibility_changed.connect(self._buttons.mark)

        self._forms = LaneForms(self.list)
        self._forms.changed.connect(self._on_values_changed)
        self._forms.entered.connect(self.entered)
        self._forms.committed.connect(self.committed)
        self._forms.refused.connect(self.values_refused)
        self.pages = QTabWidget()
        self.pages.setObjectName("descent.optimizer_pages")
        self.pages.setAccessibleName(self.tr("Values of the optimizer"))
        self.pages.setDocumentMode(True)
        self.schedule = SchedulePanel()
        self.schedule.changed.connect(self._on_schedule_changed)
        self.schedule.entered.connect(self.entered)
        self.schedule.committed.connect(self.committed)
        self.schedule.for_all_asked.connect(self._give_schedule_to_all)
        self.noise = NoisePanel()
        self.noise.changed.connect(self.changed)
        self.noise.entered.connect(self.entered)
        self.noise.committed.connect(self.committed)
        self.pages.addTab(scrolled(self._forms, "descent.optimizer_form"), self.tr("Values"))
        self.pages.addTab(scrolled(self.schedule, "descent.schedule_page"), self.tr("Schedule"))
        self.pages.addTab(scrolled(self.noise, "descent.noise_page"), self.tr("Noise"))
        self._defaults = QToolButton()
        self._defaults.setObjectName("descent.optimizer_defaults")
        self._defaults.setText(self.tr("Defaults"))
        self._defaults.setToolTip(self.tr("The defaults of torch for this optimizer"))
        self._defaults.setAutoRaise(True)
        self._defaults.setEnabled(False)
        self._defaults.clicked.connect(lambda: self._forms.form(self.key).set_defaults())
        self.pages.setCornerWidget(self._defaults)
        self.pages.currentChanged.connect(lambda page: self._defaults.setVisible(page == 0))

        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._buttons)
        layout.addWidget(self.list)
        layout.addWidget(self.pages, 1)

    # -- what the panel's owner reads and sets

    @property
    def key(self) -> str:
        """The key of the line whose values are shown: an optimizer's, or that and a number."""
        return self.list.current.key

    def select(self, key: str) -> None:
        """Lets this one alone take part. Raises KeyError if there is no such line."""
        self.list.check_only(key)

    def select_plain(self, optimizer_key: str) -> None:
        """Lets one lane of this optimizer alone take part, with torch's defaults; adds it where there is none."""
        found = [entry.key for entry in self.list.entries if entry.optimizer == optimizer_key]
        if not found and len(self.list.entries) >= MOST_LANES:
            self.remove()  # the list is full: what is asked for takes the place of the current lane
        key = found[0] if found else self.list.add(optimizer_key)
        if key is not None:
            self.list.entry(key).schedule = CONSTANT
            self.select(key)
            self.set_defaults(key)
            self.noise.set_noise(SILENCE)

    def lanes(self) -> tuple[Lane, ...] | None:
        """Those that take part; None while torch is not there or refuses a value of one of them."""
        if not self._torch_is_there:
            return None
        lanes = [self._lane(entry) for entry in self.list.entries if entry.checked]
        return None if None in lanes else tuple(lane for lane in lanes if lane is not None)

    def lane(self) -> Lane | None:
        """The line whose values are shown; None while torch is not there or refuses a value."""
        return self._lane(self.list.current) if self._torch_is_there else None

    def show_refused(self) -> bool:
        """Brings the first refused value of who takes part to the front, with its reason; false if there is none."""
        if self.noise.noise() is None:
            self.pages.setCurrentIndex(NOISE_PAGE)
            return True
        for entry in (entry for entry in self.list.entries if entry.checked and self._torch_is_there):
            if self._lane(entry) is None:
                page = VALUES_PAGE if self._plain_lane(entry) is None else SCHEDULE_PAGE
                if entry is not self.list.current:
                    self.list.select(entry.key)
                self.pages.setCurrentIndex(page)
                return True
        return False

    def set_values(self, key: str, values: dict[str, Any]) -> list[str]:
        """Gives one line its values; returns a sentence for each it can't take."""
        return self._forms.set_values(key, values)

    def take_lane(self, lane: Lane, alone: bool) -> None:
        """Gives the line that a recorded lane came from its values, a new line of its optimizer where that is gone.

        `alone`: no other takes part; then any line of the same optimizer will do.
        """
        found = [e for e in self.list.entries if e is self.list.entry_of(lane)]
        found += [e for e in self.list.entries if alone and e.optimizer == lane.optimizer]
        key = found[0].key if found else self.list.add(lane.optimizer, lane.title)
        if key is not None:
            self.list.entry(key).schedule = lane.schedule
            self.set_values(key, dict(lane.values))
            if alone:
                self.list.check_only(key)
            else:
                self.list.check(key)

    def set_defaults(self, key: str) -> None:
        """Gives one line the values of torch's own signature."""
        self._forms.set_defaults(key)

    def build_forms(self) -> None:
        """To be called once, when torch is there: the current one's form at once, the others as time allows."""
        self._torch_is_there = True
        self.schedule.build_forms()
        refused = self._take_out_refused_schedules()
        if refused:
            self.values_refused.emit(refused)
        self._forms.build(self.key)
        self._defaults.setEnabled(True)
        self._show_form()

    def set_steps(self, steps: int) -> None:
        """The step budget, which the schedules go by."""
        self._steps = steps
        self._show_schedule()

    def shutdown(self) -> None:
        """Joins the thread that computes the picture of the rate."""
        self.schedule.shutdown()

    # -- schedules

    def _show_schedule(self) -> None:
        """The schedule of the current line over its learning rate; while that is in red, over the last good one."""
        if self._torch_is_there:
            values = self._forms.shown_values(self.key)
            self.schedule.show_lane(self._lane_with(self.list.current, values), self._steps)

    def _take_out_refused_schedules(self) -> list[str]:
        """Leaves out what a session gave the schedules and they don't know; returns a phrase for each value."""
        refused: list[str] = []
        for entry in self.list.entries:
            record, given = schedule_record(entry.schedule.key), dict(entry.schedule.values)
            taken = record.taken(given)
            if taken != given:
                title = in_words(record.title)
                refused += [f"{title}: {name} = {value!r}" for name, value in given.items() if name not in taken]
                entry.schedule = Schedule(record.key, tuple(taken.items()))
        return refused

    def _on_schedule_changed(self) -> None:
        schedule = self.schedule.schedule()
        self._schedule_is_refused = schedule is None
        if schedule is not None:
            self.list.current.schedule = schedule
        self.changed.emit()

    def _give_schedule_to_all(self) -> None:
        """The current line's schedule for every line whose optimizer takes it."""
        schedule = self.schedule.schedule()
        if schedule is None:
            return
        for entry in self.list.entries:
            lane = self._plain_lane(entry)
            if lane is not None and lane_refusal(replace(lane, schedule=schedule), self._steps) is None:
                entry.schedule = schedule
        self.changed.emit()
        self.entered.emit()

    # -- lanes come and go

    def duplicate(self) -> None:
        """A further lane with the values of the current one."""
        current = self.list.current
        self._add(current.optimizer, current.title, self._forms.shown_values(current.key), current.schedule)

    def _add(
        self,
        key: str,
        title: str | None = None,
        values: dict[str, Any] | None = None,
        schedule: Schedule = CONSTANT,
    ) -> None:
        new_key = self.list.add(key, title, schedule)
        if new_key is not None and values:
            self.set_values(new_key, values)
        self._buttons.mark()

    def remove(self) -> None:
        """Takes the current lane off the list."""
        key = self.key
        self.list.remove_current()
        if key != self.key:
            self._forms.drop(key)
        self._buttons.mark()

    # -- state

    def state(self) -> dict[str, Any]:
        """Every line, and for each one the values that differ from its optimizer's defaults."""
        return {
            "lanes": [asdict(entry) | {"schedule": entry.schedule.state()} for entry in self.list.entries],
            "selected": self.key,
            "alone": self.list.alone,
            "values": self._forms.changed_values(),
            "noise": asdict(self.noise.shown_noise()),
        }

    def restore(self, state: dict[str, Any]) -> list[str]:
        """Takes back what `state` gave; returns a sentence for each thing it can't take."""
        problems: list[str] = []
        entries, refused = entries_from_state(list(state.get("lanes", ())))
        problems += [self.tr("There is no optimizer «{0}».").format(given) for given in refused]
        entries = entries or first_entries()
        keys = [entry.key for entry in entries]
        selected = state.get("selected", DEFAULT)
        if selected not in keys:
            problems.append(self.tr("There is no optimizer «{0}».").format(selected))
            selected = DEFAULT if DEFAULT in keys else keys[0]
        if "lanes" not in state:  # a session from before there were races: the selected one descends
            entries = [replace(entry, checked=entry.key == selected) for entry in entries]
        self._forms.drop_all_but(keys)
        shown = (list(self.list.entries), self.key, self.list.alone)
        if shown != (entries, selected, state.get("alone")):  # at most starts it is what is there already
            self.list.set_entries(entries, selected, state.get("alone"))
        for key, values in state.get("values", {}).items():
            if key not in keys or not isinstance(values, dict):
                problems.append(self.tr("There is no optimizer «{0}».").format(key))
                continue
            taken = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
            problems += [self.tr("Not taken from the session: {0}").format(p) for p in self.set_values(key, taken)]
        if self._torch_is_there:
            refused = self._take_out_refused_schedules()
            problems += [self.tr("Not taken from the session: {0}").format(phrase) for phrase in refused]
            self._show_schedule()
        try:
            self.noise.set_noise(noise_from_state(state.get("noise", {})))
        except (TypeError, ValueError, AttributeError) as error:
            problems.append(self.tr("Not taken from the session: {0}").format(error))
        self._buttons.mark()
        return problems

    # -- lanes

    def _lane(self, entry: LaneEntry) -> Lane | None:
        if self._schedule_is_refused and entry is self.list.current:
            return None
        lane = self._plain_lane(entry)
        if lane is None or lane.schedule == CONSTANT:
            return lane
        return None if lane_refusal(lane, self._steps) is not None else lane

    def _plain_lane(self, entry: LaneEntry) -> Lane | None:
        """The lane, whether torch takes its schedule or not; None while torch is not there or refuses a value."""
        values = self._forms.form(entry.key).values() if self._torch_is_there else None
        return None if values is None else self._lane_with(entry, values)

    @staticmethod
    def _lane_with(entry: LaneEntry, values: dict[str, Any]) -> Lane:
        return Lane(entry.optimizer, tuple(values.items()), entry.schedule, entry.own_name, entry.look)

    def _on_values_changed(self) -> None:
        self._show_schedule()  # which goes by the learning rate
        self.changed.emit()

    def _show_form(self) -> None:
        self._buttons.mark()
        self._schedule_is_refused = False
        if self._torch_is_there:
            self._forms.show_form(self.key)
            self._show_schedule()
