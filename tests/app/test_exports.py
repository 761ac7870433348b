"""The File menu's exports, as a person uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGraphicsPathItem,
    QMessageBox,
    QPushButton,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.core.export_data import read_recording
from gradviz.views.common.picture_dialog import PictureDialog
from gradviz.views.descent.film_dialog import FilmDialog
from tests.app.helpers import banner, descent
from tests.conftest import WAIT_MS
from tests.views.hands import child, run_to_the_end


class Dialog:
    """Answers in place of the person: this file, of the kind that was offered first."""

    name = ""

    @classmethod
    def getSaveFileName(cls, _parent: object, _title: str, _proposed: str, kinds: str) -> tuple[str, str]:
        return cls.name, kinds.split(";;")[0]


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> type[Dialog]:
    monkeypatch.setattr("gradviz.views.common.ask_file.QFileDialog", Dialog)
    monkeypatch.setattr(Dialog, "name", "")
    return Dialog


@pytest.fixture
def ran(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with a whole run on the screen."""
    run_to_the_end(qtbot, descent(window), 60)
    return window


def picture_dialog(window: MainWindow) -> PictureDialog:
    window.actions_by_name["export.picture"].trigger()
    return child(window, PictureDialog, "descent.export.picture")


def saved(window: MainWindow) -> str:
    return window.statusBar().currentMessage()


@pytest.mark.parametrize(("title", "suffix"), [("PNG", ".png"), ("SVG", ".svg"), ("PDF", ".pdf")])
def test_a_picture_is_saved_as_what_was_chosen(
    title: str, suffix: str, ran: MainWindow, answer: type[Dialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = picture_dialog(ran)
    assert not dialog.isModal()
    what, kind = (child(dialog, QComboBox, f"descent.export.picture.{name}") for name in ("what", "format"))
    assert {what.itemText(number) for number in range(what.count())} >= {"Map", "Loss", "Gradient norm"}
    what.setCurrentText("Loss")
    kind.setCurrentText(title)
    width = child(dialog, QSpinBox, "descent.export.picture.width")
    assert width.isEnabled() == (suffix == ".png")
    width.setValue(700)
    answer.name = str(tmp_path / "mine")
    child(dialog, QPushButton, "descent.export.picture.save").click()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [f"mine{suffix}"]
    assert saved(ran) == f"Saved: mine{suffix}"
    if suffix == ".png":
        assert QImage(str(tmp_path / "mine.png")).width() == 700
    qtbot.waitUntil(lambda: not ran.findChildren(PictureDialog))


def test_asked_for_twice_there_is_one_dialog(ran: MainWindow) -> None:
    first = picture_dialog(ran)
    assert picture_dialog(ran) is first


def test_light_for_print_is_offered_in_the_dark(open_window, qtbot: QtBot) -> None:  # type: ignore[no-untyped-def]
    for theme, offered in (("light", False), ("dark", True)):
        window = open_window("--theme", theme)
        dialog = picture_dialog(window)
        assert child(dialog, QCheckBox, "descent.export.picture.for_print").isVisible() == offered
        dialog.close()


def test_a_picture_that_can_not_be_written_is_said_in_the_banner(
    ran: MainWindow, answer: type[Dialog], tmp_path: Path
) -> None:
    dialog = picture_dialog(ran)
    answer.name = str(tmp_path / "nosuch" / "mine.png")
    child(dialog, QPushButton, "descent.export.picture.save").click()
    assert banner(ran).startswith("mine.png can't be written: ")


def test_nothing_is_replaced_unasked_where_the_suffix_was_added(
    ran: MainWindow, answer: type[Dialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_text("old")
    answer.name = str(tmp_path / "mine")
    asked: list[str] = []

    def no(_parent: object, _title: str, question: str) -> QMessageBox.StandardButton:
        asked.append(question)
        return QMessageBox.StandardButton.No

    monkeypatch.setattr("gradviz.views.common.ask_file.QMessageBox.question", no)
    ran.actions_by_name["export.data"].trigger()
    assert asked == ["mine.csv is there already. Replace it?"]
    assert (tmp_path / "mine.csv").read_text() == "old"


@pytest.mark.parametrize("suffix", ["", ".csv", ".npz"])
def test_the_data_are_those_on_the_screen(
    suffix: str, ran: MainWindow, answer: type[Dialog], qtbot: QtBot, tmp_path: Path
) -> None:
    answer.name = str(tmp_path / f"mine{suffix}")
    ran.actions_by_name["export.data"].trigger()
    path = tmp_path / f"mine{suffix or '.csv'}"
    qtbot.waitUntil(lambda: saved(ran) == f"Saved: {path.name}", timeout=WAIT_MS)
    recording = descent(ran).runner.recording
    assert recording is not None
    found = read_recording(path)
    assert found.request == recording.request
    assert found.lanes[0].row(60) == recording.lanes[0].row(60)


def test_data_that_can_not_be_written_are_said_in_the_banner(
    ran: MainWindow, answer: type[Dialog], qtbot: QtBot, tmp_path: Path
) -> None:
    answer.name = str(tmp_path / "nosuch" / "mine.csv")
    ran.actions_by_name["export.data"].trigger()
    qtbot.waitUntil(lambda: banner(ran).startswith("mine.csv can't be written: "), timeout=WAIT_MS)


def test_who_thinks_better_of_it_gets_no_file(ran: MainWindow, answer: type[Dialog], tmp_path: Path) -> None:
    ran.actions_by_name["export.data"].trigger()
    child(picture_dialog(ran), QPushButton, "descent.export.picture.save").click()
    assert not [path for path in tmp_path.iterdir() if path.name != "home"]


def film_dialog(window: MainWindow) -> FilmDialog:
    window.actions_by_name["export.animation"].trigger()
    return child(window, FilmDialog, "descent.export.animation")


def on_the_map(window: MainWindow) -> tuple[object, ...]:
    """What an animation could disturb: the range, the step shown, the trail and its head."""
    tab = descent(window)
    paths = [item for item in tab.picture.map.scene().items() if isinstance(item, QGraphicsPathItem)]
    lanes = [(item.pos().toTuple(), item.path().elementCount()) for item in paths if item.zValue() >= 20]
    return tab.picture.map.visible_range(), tab.player.position, lanes


def test_an_animation_is_written_while_the_window_goes_on(
    ran: MainWindow, answer: type[Dialog], qtbot: QtBot, tmp_path: Path
) -> None:
    before = on_the_map(ran)
    dialog = film_dialog(ran)
    assert not dialog.isModal()
    child(dialog, QSpinBox, "descent.export.animation.width").setValue(240)
    child(dialog, QDoubleSpinBox, "descent.export.animation.seconds").setValue(1.0)
    child(dialog, QSpinBox, "descent.export.animation.last").setValue(30)
    answer.name = str(tmp_path / "mine")
    child(dialog, QPushButton, "descent.export.animation.save").click()
    qtbot.waitUntil(lambda: saved(ran) == "Saved: mine.gif", timeout=WAIT_MS)
    with Image.open(tmp_path / "mine.gif") as film:
        assert film.width == 240
        assert film.n_frames == 20
    assert on_the_map(ran) == before


@pytest.mark.parametrize("how", ["cancel", "close the window", "change the language"])
def test_a_cancelled_animation_leaves_no_file(
    how: str, ran: MainWindow, answer: type[Dialog], qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = film_dialog(ran)
    child(dialog, QDoubleSpinBox, "descent.export.animation.seconds").setValue(60.0)
    answer.name = str(tmp_path / "mine.gif")
    child(dialog, QPushButton, "descent.export.animation.save").click()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0, timeout=WAIT_MS)
    if how == "cancel":
        child(dialog, QPushButton, "descent.export.animation.cancel").click()
    elif how == "close the window":
        ran.close()
    else:
        ran.choose_language("zh_CN")
    assert not [path for path in tmp_path.iterdir() if path.name != "home"]


def test_a_format_that_is_not_there_says_what_it_needs(
    ran: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    dialog = film_dialog(ran)
    child(dialog, QComboBox, "descent.export.animation.format").setCurrentText("MP4")
    assert "ffmpeg" in dialog.trouble.text()
    assert dialog.trouble.isVisible()
    assert not child(dialog, QPushButton, "descent.export.animation.save").isEnabled()
    child(dialog, QComboBox, "descent.export.animation.format").setCurrentText("GIF")
    assert child(dialog, QPushButton, "descent.export.animation.save").isEnabled()
    dialog.close()


def test_without_a_recording_there_is_nothing_to_export(
    window: MainWindow, answer: type[Dialog], tmp_path: Path
) -> None:
    answer.name = str(tmp_path / "mine.csv")
    window.actions_by_name["export.data"].trigger()
    window.actions_by_name["export.animation"].trigger()
    assert not window.findChildren(FilmDialog)
    assert not (tmp_path / "mine.csv").exists()
