"""A formula, typeset off the GUI thread; its LaTeX is the accessible text, plain text the fallback."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from gradviz.core.formula_breaks import latex_in_lines
from gradviz.engine.latest_task import LatestTask
from gradviz.views.common.colours import colours
from gradviz.views.common.type_size import type_scale

# ziafont 0.11, on which ziamath 0.13 stands, reads every glyph through one file position: of two threads that set at
# the same time one gets the other's outlines, for good, as glyphs are cached. Every tab has a typesetter of its own.
_ONE_AT_A_TIME = threading.Lock()
# ziamath lays out what stands in a group once for each group around it: 0.9 s at this depth, half a minute at twelve
DEEPEST, LONGEST = 8, 3_000
_GROUPS = re.compile(r"\\left|\\right|\\[A-Za-z]+|\\.|[{}]")
INDENT, LINE_GAP = 1.0, 0.4  # em: of the lines behind the first, and between two
_SVG = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]*)"[^>]*>(?P<content>.*)</svg>\s*', re.DOTALL)
SURPLUS = 1.06  # how wide a formula is before it is set is known as well as this
TYPESET_AFTER_MS = 200  # behind a picture that is waited for: setting takes 10 to 200 ms, with the interpreter held


@dataclass(frozen=True, slots=True)
class Typeset:
    """The LaTeX of a formula's lines and its SVG, None where it could not be set."""

    lines: tuple[str, ...]
    svg: bytes | None


def is_in_reach(latex: str) -> bool:
    """False for a formula that would hold up all others: too long, or its groups too deep in each other."""
    depth = deepest = 0
    for found in _GROUPS.findall(latex):
        depth += {"{": 1, r"\left": 1, "}": -1, r"\right": -1}.get(found, 0)
        deepest = max(deepest, depth)
    return len(latex) <= LONGEST and deepest <= DEEPEST


@lru_cache(maxsize=256)
def typeset(latex: str, colour: str, size: float) -> bytes | None:
    """The formula as SVG, or None where ziamath does not take it, or not soon. 3 to 900 ms: not for the GUI thread."""
    if not is_in_reach(latex):
        return None
    with _ONE_AT_A_TIME:
        import ziamath  # loads fonts and takes a fifth of a second: not at the start

        ziamath.config.svg2 = False  # Qt's SVG reader knows nothing newer than SVG 1.2
        try:
            svg: str = ziamath.Math.fromlatex(latex, size=size, color=colour).svg()
        except Exception:  # noqa: BLE001  # malformed LaTeX raises a dozen kinds in ziamath 0.13, some of other packages
            return None
        return svg.encode()


def typeset_lines(lines: tuple[str, ...], colour: str, size: float) -> bytes | None:
    """The lines of a formula one below the other as SVG, the first further left; None where one can't be set.

    LaTeX's own `aligned` would do, but in it ziamath takes many seconds for a few powers in parentheses.
    """
    pictures = [typeset(line, colour, size) for line in lines]
    if len(pictures) == 1:
        return pictures[0]
    groups, left, top, right = [], 0.0, 0.0, 0.0
    for picture in pictures:
        found = None if picture is None else _SVG.fullmatch(picture.decode())
        if found is None:
            return None
        x, y, width, height = (float(number) for number in found["box"].split())
        groups.append(f'<g transform="translate({left - x:.3f} {top - y:.3f})">{found["content"]}</g>')
        right, top = max(right, left + width), top + height + LINE_GAP * size
        left = INDENT * size
    box = f'width="{right:.3f}" height="{top:.3f}" viewBox="0 0 {right:.3f} {top:.3f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{"".join(groups)}</svg>'.encode()


class FormulaLabel(QWidget):
    """Draws one formula, as large as it is set but never wider than the widget.

    One that `breaks` goes on in another line where it would be wider: whatever its numbers are, it keeps its size.
    """

    def __init__(
        self, typesetter: LatestTask, size: float = 15.0, parent: QWidget | None = None, *, breaks: bool = False
    ) -> None:
        super().__init__(parent)
        self._typesetter, self._breaks = typesetter, breaks
        self._size = size * type_scale()  # in presentation mode the formula grows with the type
        self._latex, self._plain = "", ""
        self._asked: tuple[str, ...] = ()  # the lines of it that the typesetter was given
        self._renderer: QSvgRenderer | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._submit)
        self._widened = QTimer(self, singleShot=True)  # once the width rests
        self._widened.timeout.connect(self._on_widened)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        typesetter.done.connect(self._on_done)

    def set_formula(self, latex: str, plain: str) -> None:
        """Shows `plain` at once and the typeset formula when it is ready."""
        self._pause.stop()
        self._latex, self._plain, self._renderer = latex, plain, None
        self.setAccessibleName(latex)
        self._submit()
        self.update()

    def set_formula_later(self, latex: str, plain: str, after_ms: int, meanwhile_plain: bool = False) -> None:
        """For a formula that is still being typed: sets it after a pause, and shows the one before until then.

        With `meanwhile_plain` it shows the plain text until then. Typesetting takes longer than drawing a map, and both
        want the interpreter.
        """
        if latex != self._latex:
            self._latex, self._plain = latex, plain
            self.setAccessibleName(latex)
            self._pause.start(after_ms)
            if meanwhile_plain:
                self._renderer = None
                self.setToolTip(plain)
                self.update()  # the room stays that of the formula before: what stands below must not jump

    def shutdown(self) -> None:
        """Nothing is typeset any more that still waits for its pause."""
        self._pause.stop()
        self._widened.stop()

    def _submit(self) -> None:
        self._asked = self._in_lines()
        self._typesetter.submit(_task(self._asked, colours().text, self._size))

    def _in_lines(self) -> tuple[str, ...]:
        if not self._breaks:
            return (self._latex,)
        return latex_in_lines(self._latex, em_in(self.width() - INDENT * self._size, self._size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._breaks and self._asked and event.size().width() != event.oldSize().width():
            self._widened.start(TYPESET_AFTER_MS)

    def _on_widened(self) -> None:
        if not self._pause.isActive() and self._in_lines() != self._asked:
            self._submit()

    def sizeHint(self) -> QSize:
        if self._renderer is None:
            return QSize(100, self.fontMetrics().height() + 8)
        natural = self._renderer.defaultSize()
        return QSize(natural.width(), natural.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._renderer is None:
            painter.setPen(self.palette().windowText().color())
            elided = self.fontMetrics().elidedText(self._plain, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), elided)
            return
        natural = self._renderer.defaultSize()
        scale = min(1.0, self.width() / max(natural.width(), 1))
        width, height = natural.width() * scale, natural.height() * scale
        page = self.parentWidget()
        if height > self.height() and page is not None:
            # Qt drops the request for a new layout that reaches a page while it is hidden, and asks no second time: the
            # formula would stay cut to the height of its plain text.
            QCoreApplication.postEvent(page, QEvent(QEvent.Type.LayoutRequest))
        self._renderer.render(painter, QRectF(0.0, (self.height() - height) / 2, width, height))

    def _on_done(self, result: object) -> None:
        assert isinstance(result, Typeset)
        if result.lines != self._asked or self._pause.isActive():
            return  # of before, or of one that something newer will follow
        if result.svg is None:
            self._renderer = None  # the plain text, and no formula of before
            self.updateGeometry()
            self.update()
            return
        renderer = QSvgRenderer(QByteArray(result.svg), self)  # Qt's child: none is left to the garbage collector
        if renderer.isValid():
            for old in self.findChildren(QSvgRenderer):
                if old is not renderer:
                    old.deleteLater()
            self._renderer = renderer
            self.setToolTip(self._plain)
            self.updateGeometry()
            self.update()


def em_in(width: float, size: float) -> float:
    """How wide a formula of this type may be, in em as `formula_width` tells it, to be no wider than so many pixels."""
    return width / size / SURPLUS


def _task(lines: tuple[str, ...], colour: str, size: float) -> Callable[[], object]:
    return lambda: Typeset(lines, typeset_lines(lines, colour, size))
