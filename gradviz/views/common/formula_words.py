"""What core says of a formula that it can't take, in the language of the program."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from gradviz.core.worded_error import WordedError

SENTENCES = (
    QT_TRANSLATE_NOOP("Formula", "the formula is too long: {0} characters; at most {1}"),
    QT_TRANSLATE_NOOP("Formula", "the formula is too long; please shorten it"),
    QT_TRANSLATE_NOOP("Formula", "too deeply nested; at most {0} levels"),
    QT_TRANSLATE_NOOP("Formula", "the exponent is too large; at most {0:g}"),
    QT_TRANSLATE_NOOP("Formula", "this has no finite value"),
    QT_TRANSLATE_NOOP("Formula", "this is {0}, which only looks like «{1}»"),
    QT_TRANSLATE_NOOP("Formula", "{0} can't stand in a formula"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» has no meaning in a formula"),
    QT_TRANSLATE_NOOP("Formula", "«=» is written == where two numbers are compared"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» is missing at the end"),
    QT_TRANSLATE_NOOP("Formula", "something is missing at the end"),
    QT_TRANSLATE_NOOP("Formula", "this parenthesis closes nothing"),
    QT_TRANSLATE_NOOP("Formula", "a comma stands only between the arguments of a function"),
    QT_TRANSLATE_NOOP("Formula", "a sign such as * is missing before «{0}»"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» can't stand here"),
    QT_TRANSLATE_NOOP("Formula", "a number, a name or a parenthesis is missing here"),
    QT_TRANSLATE_NOOP("Formula", "ambiguous: write * or parentheses between «{0}» and «{1}»"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» wants a number before it, not a condition"),
    QT_TRANSLATE_NOOP("Formula", "a condition stands only at the beginning of where(condition, a, b)"),
    QT_TRANSLATE_NOOP("Formula", "a condition such as x < 0 is wanted here"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» wants its argument in parentheses"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» is not known here; there are {1}"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» is no function: write {0}*( to multiply"),
    QT_TRANSLATE_NOOP("Formula", "there is no function «{0}»"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» takes {1} values in its parentheses, not {2}"),
    QT_TRANSLATE_NOOP("Formula", "an own function needs a name and a formula"),
    QT_TRANSLATE_NOOP("Formula", "the box of «{0}» is not four numbers"),
    QT_TRANSLATE_NOOP("Formula", "the name is empty"),
    QT_TRANSLATE_NOOP("Formula", "the name must be one line of at most {0} characters"),
    QT_TRANSLATE_NOOP("Formula", "another function has this name"),
    QT_TRANSLATE_NOOP("Formula", "{0} must lie between {1:g} and {2:g}"),
    QT_TRANSLATE_NOOP("Formula", "{0} must go from a smaller to a larger number"),
    QT_TRANSLATE_NOOP("Formula", "f has no finite value in this box"),
    QT_TRANSLATE_NOOP("Formula", "f has no finite value between −10 and 10"),
    QT_TRANSLATE_NOOP("Formula", "there is no activation {0}"),
    QT_TRANSLATE_NOOP("Formula", "{0} has no parameter {1}"),
    QT_TRANSLATE_NOOP("Formula", "{0} = {1} lies outside {2} to {3}"),
    QT_TRANSLATE_NOOP("Formula", "{0}: {1} is greater than {2}"),
    QT_TRANSLATE_NOOP("Formula", "a line begins with a name and «=»"),
    QT_TRANSLATE_NOOP("Formula", "a line such as y = x*w + b is wanted"),
    QT_TRANSLATE_NOOP(
        "Formula", "these lines only give values; a line that computes with them is wanted, such as y = x*w + b"
    ),
    QT_TRANSLATE_NOOP("Formula", "these lines are too long for one graph; please shorten them"),
    QT_TRANSLATE_NOOP("Formula", "too many lines; at most {0}"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» has a meaning already; please take another name"),
    QT_TRANSLATE_NOOP("Formula", "the name is too long; at most {0} characters"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» is assigned in line {1} already; please take another name"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» is used in line {1} already, before it has a value"),
    QT_TRANSLATE_NOOP("Formula", "«{0}» can't be computed from itself"),
    QT_TRANSLATE_NOOP("Formula", "too many inputs; at most {0}"),
    QT_TRANSLATE_NOOP("Formula", "{0:g} samples; there must be {1:g} to {2:g}"),
    QT_TRANSLATE_NOOP("Formula", "the noise is {0:g}; it must lie between {1:g} and {2:g}"),
    QT_TRANSLATE_NOOP("Formula", "the share for the test is {0:g}; it must lie between {1:g} and {2:g}"),
    QT_TRANSLATE_NOOP("Formula", "the seed is {0:g}; it must lie between {1:g} and {2:g}"),
    QT_TRANSLATE_NOOP("Formula", "{0:g} target columns; there must be {1:g} to {2:g}"),
    QT_TRANSLATE_NOOP("Formula", "{0} is too large; at most {1} MB"),
    QT_TRANSLATE_NOOP("Formula", "{0} is no text in UTF-8"),
    QT_TRANSLATE_NOOP("Formula", "{0} has no rows"),
    QT_TRANSLATE_NOOP("Formula", "no file is opened yet"),
    QT_TRANSLATE_NOOP("Formula", "{0} has {1} columns; there must be {2} to {3}: inputs first, then the targets"),
    QT_TRANSLATE_NOOP("Formula", "{0} has {1} rows of numbers; there must be 1 to {2}"),
    QT_TRANSLATE_NOOP("Formula", "line {0} has {1} columns, the first one has {2}"),
    QT_TRANSLATE_NOOP("Formula", "line {0}, column {1}: «{2}» is no number"),
    QT_TRANSLATE_NOOP("Formula", "line {0}, column {1}: {2} is too large; at most {3:g}"),
    QT_TRANSLATE_NOOP("Formula", "line {0}, column {1}: the cell is empty"),
    QT_TRANSLATE_NOOP("Formula", "line {0} can't be read: {1}"),
    QT_TRANSLATE_NOOP("Formula", "the table has {0} target columns, the network has {1} outputs"),
    QT_TRANSLATE_NOOP("Formula", "the table has {0} classes, the network has {1} outputs"),
    QT_TRANSLATE_NOOP("Formula", "{0} can't be changed while {1} runs"),
    QT_TRANSLATE_NOOP("Formula", "the samples have {0} inputs and {1} targets; the network {2} and {3}"),
)


def error_in_words(error: Exception) -> str:
    """What an error says, in the language of the program where it is one of ours."""
    return formula_problem(error) if isinstance(error, WordedError) else str(error) or type(error).__name__


def formula_problem(error: WordedError) -> str:
    """The sentence of the error. What was typed is only ever put into it, never read as a template."""
    words = QCoreApplication.translate("Formula", error.template)
    if words == error.template:  # those of the losses stand among the catalogues' texts
        words = QCoreApplication.translate("catalogue", error.template)
    return words.format(*error.arguments)
