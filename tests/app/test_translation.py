"""The program's Chinese: nothing missing, nothing stale, and on the screen.

To refresh it when a text has changed, from the root of the checkout:

    pyside6-lupdate -extensions py -locations none -no-obsolete gradviz -ts resources/i18n/gradviz_zh_CN.ts
    pyside6-lrelease resources/i18n/gradviz_zh_CN.ts

Between the two, write the translations that lupdate left `type="unfinished"` and take that mark away.
"""

from __future__ import annotations

import ast
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import PySide6
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QTabWidget, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from gradviz.app.main_window import MainWindow
from gradviz.app.menus import MENUS, TAB_KEYS, MenuRecord
from gradviz.app.resources import resource_path
from gradviz.core.activation import ActivationRecord
from gradviz.core.activations import ACTIVATIONS
from gradviz.core.deferred_torch import torch
from gradviz.core.initialisation import INITIALISATIONS, Initialisation
from gradviz.core.landscapes import LANDSCAPES, Landscape
from gradviz.core.optimizers import OPTIMIZERS, OptimizerRecord
from gradviz.views.common.formula_label import FormulaLabel
from gradviz.views.descent.tab import DescentTab
from gradviz.views.tabs import TABS, TabRecord

PACKAGE = Path(__file__).resolve().parents[2] / "gradviz"
TS, QM = (resource_path("i18n", f"gradviz_zh_CN.{ending}") for ending in ("ts", "qm"))
TOOLS = Path(PySide6.__file__).resolve().parent  # where PySide6's wheel has lupdate and lrelease, on no PATH
CHINESE = re.compile("[\u4e00-\u9fff]")
CHINESE_SIGNS = re.compile(
    "[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]"
)  # with its punctuation: of a text all in formulas
PLACEHOLDER = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?\w+>")
MNEMONIC = re.compile(r"&(\w)")
ENGLISH_WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z0-9_]+")

# Words that stay as they are in Chinese, beside the names of optimizers and hyper-parameters.
NAMES = {"CPU", "Himmelblau", "MIT", "PyTorch", "cpu", "float32", "float64", "gradviz", "optim", "torch"}
NAMES |= {"Softmax", "softmax", "logit", "logits"}  # as the course has them too
NAMES |= {"English"}  # a language is called what its speakers call it
KEYS = {"Alt", "Ctrl", "Delete", "End", "PgDn", "PgUp", "Esc", "F1", "F2", "F9", "F10", "F11", "Home", "Shift"}


@dataclass(frozen=True, slots=True)
class Message:
    """An entry of the .ts; `mark` is empty, or unfinished, vanished, obsolete."""

    context: str
    source: str
    translation: str
    mark: str

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source


def messages(ts: Path) -> list[Message]:
    found = []
    for context in ElementTree.parse(ts).getroot().iter("context"):
        for entry in context.iter("message"):
            translation = entry.find("translation")
            assert translation is not None
            mark = translation.get("type", "")
            text = translation.text or ""
            found.append(Message(context.findtext("name", ""), entry.findtext("source", ""), text, mark))
    return found


def run_tool(name: str, *arguments: str | Path) -> None:
    tool = TOOLS / (f"{name}.exe" if sys.platform == "win32" else name)
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


MESSAGES = messages(TS)
TRANSLATIONS = {message.key: message.translation for message in MESSAGES}


def is_translated(context: str, text: str) -> bool:
    return bool(CHINESE.search(TRANSLATIONS.get((context, text), "")))


# -- the files


def test_the_translation_has_every_text_of_the_program_and_no_other(tmp_path: Path) -> None:
    refreshed = tmp_path / TS.name
    shutil.copyfile(TS, refreshed)
    run_tool("lupdate", "-extensions", "py", "-locations", "none", "-no-obsolete", PACKAGE, "-ts", refreshed)
    found = {message.key for message in messages(refreshed)}
    assert not found - TRANSLATIONS.keys(), "new: refresh the translation"
    assert not TRANSLATIONS.keys() - found, "no longer in the program: refresh the translation"


def test_every_text_of_the_program_is_translated_once_and_for_good() -> None:
    assert not [message for message in MESSAGES if message.mark or not message.translation.strip()]
    assert len(TRANSLATIONS) == len(MESSAGES)


def test_every_translation_is_chinese() -> None:
    assert not [message for message in MESSAGES if not CHINESE_SIGNS.search(message.translation)]


def test_the_compiled_translation_is_that_of_its_source(tmp_path: Path) -> None:
    compiled = tmp_path / QM.name
    run_tool("lrelease", TS, "-qm", compiled)
    assert compiled.read_bytes() == QM.read_bytes(), "run lrelease"


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG, MNEMONIC], ids=["placeholders", "tags", "mnemonics"])
def test_a_translation_keeps_what_is_no_word(pattern: re.Pattern[str]) -> None:
    def kept(text: str) -> list[str]:
        return sorted(part.upper() for part in pattern.findall(text))

    changed = [m for m in MESSAGES if kept(m.source) != kept(m.translation)]
    assert not changed


# -- the source


def moves_a_painter(function: ast.expr) -> bool:
    """QPainter and QTransform have a `translate` too, which shifts."""
    return isinstance(function, ast.Attribute) and ast.unparse(function.value) != "QCoreApplication"


def marked_texts(path: Path) -> Iterator[tuple[str, str]]:
    """(context, text) of every call of tr, translate and QT_TRANSLATE_NOOP with a literal text, as Python reads it."""

    def visit(node: ast.AST, class_name: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.ClassDef):
            class_name = node.name  # what PySide takes for the context, too
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            where = f"{path.name}:{node.lineno}"
            if name == "tr":
                (text,) = node.args
                assert isinstance(text, ast.Constant), f"{where}: lupdate reads only literal texts"
                yield class_name, str(text.value)
            elif name in ("translate", "QT_TRANSLATE_NOOP") and len(node.args) == 2 and not moves_a_painter(node.func):
                context, text = node.args
                assert isinstance(context, ast.Constant), f"{where}: lupdate reads only literal contexts"
                if isinstance(text, ast.Constant):  # else it is marked where it is written, as in a catalogue
                    yield str(context.value), str(text.value)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, class_name)

    yield from visit(ast.parse(path.read_text(encoding="utf-8")), "")


def test_a_text_is_marked_where_lupdate_sees_it() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        unseen = set(marked_texts(path)) - TRANSLATIONS.keys()
        assert not unseen, "new, or inside an f-string, which lupdate takes for one text: give it a line of its own"


# -- the tables


@pytest.mark.parametrize("record", OPTIMIZERS, ids=lambda record: record.key)
def test_an_optimizer_is_described_in_chinese(record: OptimizerRecord) -> None:
    assert is_translated("catalogue", record.summary)


@pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.key)
def test_a_landscape_has_a_chinese_title(landscape: Landscape) -> None:
    assert is_translated("catalogue", landscape.title)


@pytest.mark.parametrize("record", ACTIVATIONS, ids=lambda record: record.key)
def test_every_activation_is_described_in_chinese(record: ActivationRecord) -> None:
    assert is_translated("catalogue", record.summary)


@pytest.mark.parametrize("entry", INITIALISATIONS, ids=lambda entry: entry.key)
def test_every_initialisation_is_described_in_chinese(entry: Initialisation) -> None:
    assert is_translated("catalogue", entry.title)
    assert is_translated("catalogue", entry.summary)


@pytest.mark.parametrize("record", TABS, ids=lambda record: record.key)
def test_a_tab_has_a_chinese_title(record: TabRecord) -> None:
    assert is_translated("tabs", record.title)


def menu_texts(menu: MenuRecord) -> Iterator[str]:
    yield menu.text
    for entry in menu.entries:
        if isinstance(entry, MenuRecord):
            yield from menu_texts(entry)
        elif entry is not None and entry.group != "language":
            yield entry.text


@pytest.mark.parametrize("menu", MENUS, ids=lambda menu: menu.text.replace("&", ""))
def test_a_menu_is_chinese_with_all_that_is_in_it(menu: MenuRecord) -> None:
    assert not [text for text in menu_texts(menu) if not is_translated("menus", text)]


def test_what_the_keys_of_the_tabs_do_is_said_in_chinese() -> None:
    assert not [text for _, text in TAB_KEYS if not is_translated("menus", text)]


# -- the screen


@pytest.fixture
def chinese(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window("--language", "zh_CN")


def names_that_stay() -> set[str]:
    """The words that are no English but names: NAMES, the optimizers, their hyper-parameters and choices."""
    names = NAMES | KEYS | {word for record in OPTIMIZERS for word in ENGLISH_WORD.findall(record.title)}
    for record in OPTIMIZERS:
        for hyperparameter in record.hyperparameters():
            names |= {hyperparameter.name, *filter(None, hyperparameter.choices)}
    return names


def english_words(text: str) -> list[str]:
    """The words of a text that should have been translated; who published an optimizer, in italics, is cited as is."""
    text = text.replace(torch.__version__, "")
    text = re.sub(r"<i>.*?</i>", "", text, flags=re.DOTALL)
    text = html.unescape(re.sub(r"</?[a-z]\w*>", " ", text))
    return [word for word in ENGLISH_WORD.findall(text) if word not in names_that_stay()]


def texts_on(window: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of all that is to be read on a window now, by eye, under the mouse or by a screen reader."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel | QAbstractButton):
            yield where, widget.text()
        if isinstance(widget, QTabWidget):
            yield from ((where, widget.tabText(index)) for index in range(widget.count()))
        if isinstance(widget, QLineEdit):
            yield where, widget.placeholderText()
        yield f"{where}, tool tip", widget.toolTip()
        if not isinstance(widget, FormulaLabel):  # it is read out as its LaTeX
            yield f"{where}, accessible name", widget.accessibleName()
            yield f"{where}, accessible description", widget.accessibleDescription()


def english_on(window: QWidget) -> list[str]:
    return [f"{where}: {text!r}" for where, text in texts_on(window) if english_words(text)]


def test_the_menus_of_the_chinese_window_are_chinese(chinese: MainWindow) -> None:
    assert [action.text() for action in chinese.menuBar().actions()] == ["文件(&F)", "视图(&V)", "帮助(&H)"]
    texts = {name: action.text() for name, action in chinese.actions_by_name.items()}
    assert texts["quit"] == "退出(&Q)"
    assert texts["copy_code"] == "复制为 PyTorch 代码(&C)"
    assert not [text for text in texts.values() if english_words(text)]


def test_the_title_of_a_tab_is_chinese(chinese: MainWindow) -> None:
    titles = {record.key: chinese.tabs.tabText(place) for place, record in enumerate(TABS)}
    assert titles == {
        "activations": "激活函数",
        "loss": "损失函数",
        "softmax": "Softmax 函数",
        "network": "神经网络",
        "chain_rule": "链式法则",
        "descent": "梯度下降",
    }


def test_the_buttons_of_the_chinese_window_are_chinese(chinese: MainWindow) -> None:
    buttons = {button.objectName(): button.text() for button in chinese.findChildren(QAbstractButton)}
    assert buttons["descent.run"] == "运行"
    assert buttons["descent.course"] == "课程示例"
    assert buttons["descent.copy_code"] == "复制为 PyTorch 代码"
    assert buttons["descent.optimizer_defaults"] == "默认值"


def test_nothing_on_the_chinese_window_is_english(chinese: MainWindow) -> None:
    assert not english_on(chinese)


def test_every_optimizers_form_is_chinese(chinese: MainWindow) -> None:
    tab = chinese.current_tab
    assert isinstance(tab, DescentTab)
    found = []
    for record in OPTIMIZERS:
        tab.setup.optimizers.select(record.key)
        found += english_on(tab.setup.optimizers)
    assert not found


def test_nothing_is_english_after_a_descent(chinese: MainWindow, qtbot: QtBot) -> None:
    tab = chinese.current_tab
    assert isinstance(tab, DescentTab)
    tab.setup.restore({"steps": 50})
    with qtbot.waitSignal(tab.runner.ended):
        tab.start()
    tab.numbers.pages.setCurrentWidget(tab.numbers.check)
    assert "步数上限" in tab.picture.ending.text()
    assert not english_on(chinese)


def test_a_refused_number_is_explained_in_chinese(chinese: MainWindow) -> None:
    field = chinese.findChild(QWidget, "descent.tolerance")
    assert field is not None
    QTest.keyClicks(field, "x")
    assert not english_on(chinese)
    assert any("不是数；允许：" in text for _, text in texts_on(chinese))


@pytest.mark.parametrize("question", [MainWindow.explain, MainWindow.show_shortcuts, MainWindow.show_about])
def test_help_is_given_in_chinese(chinese: MainWindow, question: Callable[[MainWindow], None]) -> None:
    question(chinese)
    box = chinese.findChild(QDialog, "help")
    assert box is not None
    try:
        assert CHINESE.search(box.findChild(QTextBrowser, "help.text").toPlainText())
        assert not english_words(box.windowTitle())
        assert not english_on(box)
    finally:
        box.close()


def test_the_english_window_would_not_pass_for_a_chinese_one(window: MainWindow) -> None:
    assert len(english_on(window)) > 20
