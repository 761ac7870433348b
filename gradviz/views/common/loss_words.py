"""The texts of core for the Loss and the Softmax tab, for whoever translates them: catalogues and refusals.

A refusal's template is translated like a catalogue's text and filled afterwards:
`in_words(error.template).format(*error.arguments)`.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

WORDS = (
    QT_TRANSLATE_NOOP("catalogue", "Mean squared error"),
    QT_TRANSLATE_NOOP("catalogue", "Sum of squares"),
    QT_TRANSLATE_NOOP("catalogue", "Norm, squared"),
    QT_TRANSLATE_NOOP("catalogue", "Norm"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "Does not grow with the number of points: one learning rate for every batch. torch calls it mse_loss.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "What the squares in the picture cover together."),
    QT_TRANSLATE_NOOP("catalogue", "The same number as the sum of squares: the loss is norm², not the norm."),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "The root of it: lowest at the same place, but with another gradient, and a kink where every residual is 0.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "A line with noise"),
    QT_TRANSLATE_NOOP("catalogue", "Thirty points around y = 2x + 1."),
    QT_TRANSLATE_NOOP("catalogue", "The course's sample"),
    QT_TRANSLATE_NOOP("catalogue", "x = 1 with target 1, w = 2 and no b: the loss is 1, its gradient 2."),
    QT_TRANSLATE_NOOP("catalogue", "Three outliers"),
    QT_TRANSLATE_NOOP("catalogue", "Squares make three points count for more than the other twenty-seven."),
    QT_TRANSLATE_NOOP("catalogue", "Far from zero"),
    QT_TRANSLATE_NOOP("catalogue", "x lies around 20: w and b pull at each other, and the map becomes a ravine."),
    QT_TRANSLATE_NOOP("catalogue", "Two hundred points"),
    QT_TRANSLATE_NOOP("catalogue", "Enough for mini-batches to be worth their noise."),
    QT_TRANSLATE_NOOP("catalogue", "The gradient of w"),
    QT_TRANSLATE_NOOP("catalogue", "w asks for its gradient from the start, and autograd.grad returns it."),
    QT_TRANSLATE_NOOP("catalogue", "w asks for none"),
    QT_TRANSLATE_NOOP("catalogue", "Without requires_grad torch keeps no graph: there is nothing to go back along."),
    QT_TRANSLATE_NOOP("catalogue", "The graph came first"),
    QT_TRANSLATE_NOOP(
        "catalogue", "requires_grad_() changes w, but not the graph that was built before: the same error again."
    ),
    QT_TRANSLATE_NOOP("catalogue", "The graph, built again"),
    QT_TRANSLATE_NOOP("catalogue", "After requires_grad_() the loss is computed again: now w is in its graph."),
    QT_TRANSLATE_NOOP("catalogue", "backward() and .grad"),
    QT_TRANSLATE_NOOP("catalogue", "The same gradient, but it lands in w.grad, and backward() returns nothing."),
    QT_TRANSLATE_NOOP("catalogue", "backward() twice"),
    QT_TRANSLATE_NOOP("catalogue", "The first one frees what the graph had saved; the second finds nothing left."),
    QT_TRANSLATE_NOOP("catalogue", "With retain_graph=True"),
    QT_TRANSLATE_NOOP("catalogue", "The graph is kept, the second one works, and .grad has become twice as large."),
    QT_TRANSLATE_NOOP("catalogue", "Without zero_grad"),
    QT_TRANSLATE_NOOP("catalogue", "A new graph every step, as in training: .grad adds up all the same."),
    QT_TRANSLATE_NOOP("catalogue", "With zero_grad"),
    QT_TRANSLATE_NOOP("catalogue", "Emptied before each backward(), .grad is the gradient of this step alone."),
    QT_TRANSLATE_NOOP("catalogue", "autograd.grad twice"),
    QT_TRANSLATE_NOOP("catalogue", "autograd.grad frees the graph as well, and never touches w.grad."),
    QT_TRANSLATE_NOOP("catalogue", "A step in place"),
    QT_TRANSLATE_NOOP("catalogue", "w may not be changed while autograd watches; under no_grad the step is taken."),
    QT_TRANSLATE_NOOP("catalogue", "A loss of many numbers"),
    QT_TRANSLATE_NOOP("catalogue", "backward() wants one number; the squares must be summed or averaged first."),
    QT_TRANSLATE_NOOP("catalogue", "A whole number"),
    QT_TRANSLATE_NOOP("catalogue", "Only numbers with a decimal point can have a gradient: 2 is none, 2.0 is."),
    QT_TRANSLATE_NOOP("catalogue", "Taken out of the graph"),
    QT_TRANSLATE_NOOP("catalogue", "detach() gives the same number without its history: nothing leads back to w."),
    QT_TRANSLATE_NOOP("catalogue", "Cross-entropy"),
    QT_TRANSLATE_NOOP("catalogue", "Its gradient is p − y: the surer the wrong answer, the stronger the pull."),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "Its gradient goes back through softmax: where one p is almost 1, right or wrong, nothing comes through.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "2, 1, 0.1"),
    QT_TRANSLATE_NOOP("catalogue", "The largest logit is twice the next; its probability almost three times."),
    QT_TRANSLATE_NOOP("catalogue", "The course's random three"),
    QT_TRANSLATE_NOOP("catalogue", "torch.rand(3), from the seed you choose."),
    QT_TRANSLATE_NOOP("catalogue", "One dominates"),
    QT_TRANSLATE_NOOP("catalogue", "One p is almost 1: there is little left to differentiate."),
    QT_TRANSLATE_NOOP("catalogue", "All equal"),
    QT_TRANSLATE_NOOP("catalogue", "Every p is 1/n: softmax has no opinion, and the largest entropy."),
    QT_TRANSLATE_NOOP("catalogue", "±10,000"),
    QT_TRANSLATE_NOOP(
        "catalogue", "e^10,000 is no number of a computer: the naive form fails, the stable one does not."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Confidently wrong"),
    QT_TRANSLATE_NOOP("catalogue", "Sure of another class than the target: one gradient vanishes, the other pulls."),
    QT_TRANSLATE_NOOP("catalogue", "row {0}: {1} is empty"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}: {1} is missing"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}: there are more than two columns; «{2}» is one too many"),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "row {0}: commas both between columns and in numbers: «{2}» can't be told apart; put semicolons in between",
    ),
    QT_TRANSLATE_NOOP("catalogue", "row {0}, {1}: «{2}» is no number"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}, {1}: «{2}» stands for no value"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}, {1}: «{2}» is not finite"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}, {1}: «{2}» does not lie between {3:g} and {4:g}"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}, {1}: «{2}» is more than a number; only «{3}» of it is one"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}, {1}: «{2}» has signs that only look like digits; write {3}"),
    QT_TRANSLATE_NOOP(
        "catalogue", "row {0}, {1}: «{2}» has a point and a comma; write decimals with a point and thousands without"
    ),
    QT_TRANSLATE_NOOP(
        "catalogue", "row {0}, {1}: «{2}» has a comma where other numbers have a point; it may be a decimal or not"
    ),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "row {0}, {1}: «{2}» may be thousands or a decimal; write decimals with a point and thousands without a comma",
    ),
    QT_TRANSLATE_NOOP("catalogue", "row {0}: the line can't be read"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}: from here on the rows have no room; at most {3} points"),
    QT_TRANSLATE_NOOP("catalogue", "row {0}: from here on the rows are not read; at most {3} rows"),
    QT_TRANSLATE_NOOP("catalogue", "the text is longer than {0} million letters"),
    QT_TRANSLATE_NOOP("catalogue", "it is not a text file"),
    QT_TRANSLATE_NOOP("catalogue", "{0} numbers for x and {1} for y"),
    QT_TRANSLATE_NOOP("catalogue", "{0} points are too many; at most {1}"),
    QT_TRANSLATE_NOOP("catalogue", "{0} of point {1} is {2}; it must lie between {3:g} and {4:g}"),
    QT_TRANSLATE_NOOP("catalogue", "there are no points"),
    QT_TRANSLATE_NOOP("catalogue", "the file is larger than {0} MB"),
    QT_TRANSLATE_NOOP("catalogue", "{0} is {1}, which is no number of its kind"),
    QT_TRANSLATE_NOOP("catalogue", "{0} is {1}; it must lie between {2:g} and {3:g}"),
    QT_TRANSLATE_NOOP("catalogue", "logit {0} is {1:.10g}; it must lie between −10⁶ and 10⁶"),
    QT_TRANSLATE_NOOP("catalogue", "x must go from a smaller to a larger number"),
    QT_TRANSLATE_NOOP("catalogue", "there is no form of the loss called «{0}»"),
    QT_TRANSLATE_NOOP("catalogue", "{0} logits; there must be {1} to {2}"),
    QT_TRANSLATE_NOOP("catalogue", "the temperature is {0}; it must lie between {1:g} and {2:g}"),
    QT_TRANSLATE_NOOP("catalogue", "the target is {0}; it must lie between 0 and {1}"),
)
