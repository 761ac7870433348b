"""The catalogues' words, listed for the translator: the catalogues live below Qt and cannot call tr themselves."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_WORDS = (
    QT_TRANSLATE_NOOP("catalogue", "Himmelblau"),
    QT_TRANSLATE_NOOP("catalogue", "Rosenbrock"),
    QT_TRANSLATE_NOOP("catalogue", "Beale"),
    QT_TRANSLATE_NOOP("catalogue", "Booth"),
    QT_TRANSLATE_NOOP("catalogue", "Ravine"),
    QT_TRANSLATE_NOOP("catalogue", "Sphere"),
    QT_TRANSLATE_NOOP("catalogue", "Rastrigin"),
    QT_TRANSLATE_NOOP("catalogue", "Ackley"),
    QT_TRANSLATE_NOOP("catalogue", "Six-hump camel"),
    QT_TRANSLATE_NOOP("catalogue", "Styblinski–Tang"),
    QT_TRANSLATE_NOOP("catalogue", "Goldstein–Price"),
    QT_TRANSLATE_NOOP("catalogue", "McCormick"),
    QT_TRANSLATE_NOOP("catalogue", "Two wells"),
    QT_TRANSLATE_NOOP("catalogue", "Saddle"),
    QT_TRANSLATE_NOOP("catalogue", "Matyas"),
    QT_TRANSLATE_NOOP("catalogue", "Griewank"),
    QT_TRANSLATE_NOOP("catalogue", "Three-hump camel"),
    QT_TRANSLATE_NOOP("catalogue", "Easom"),
    QT_TRANSLATE_NOOP("catalogue", "Branin"),
    QT_TRANSLATE_NOOP("catalogue", "Lévy 13"),
    QT_TRANSLATE_NOOP("catalogue", "Bohachevsky 1"),
    QT_TRANSLATE_NOOP("catalogue", "Zakharov"),
    QT_TRANSLATE_NOOP("catalogue", "Dixon–Price"),
    QT_TRANSLATE_NOOP("catalogue", "Schwefel"),
    QT_TRANSLATE_NOOP("catalogue", "Michalewicz"),
    QT_TRANSLATE_NOOP("catalogue", "Drop-wave"),
    QT_TRANSLATE_NOOP("catalogue", "Schaffer 4"),
    QT_TRANSLATE_NOOP("catalogue", "Cross-in-tray"),
    QT_TRANSLATE_NOOP("catalogue", "Hölder table"),
    QT_TRANSLATE_NOOP("catalogue", "Monkey saddle"),
    QT_TRANSLATE_NOOP("catalogue", "A step of −lr·∇f: plain gradient descent."),
    QT_TRANSLATE_NOOP(
        "catalogue", "A heavy ball: the step keeps a share of the last one and rolls through narrow valleys."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Momentum that corrects itself by the gradient ahead of the ball."),
    QT_TRANSLATE_NOOP("catalogue", "Divides each coordinate's step by the root of all its squared gradients so far."),
    QT_TRANSLATE_NOOP(
        "catalogue", "Scales the step by the ratio of past steps to past gradients; needs hardly a learning rate."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Divides by a running root mean square of the gradient, which forgets."),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "Running mean of the gradient over the root of its running mean square, both unbiased. The course uses it.",
    ),
    QT_TRANSLATE_NOOP("catalogue", "Adam with the weight decay taken out of the gradient."),
    QT_TRANSLATE_NOOP("catalogue", "Adam with the largest recent gradient in place of the mean square."),
    QT_TRANSLATE_NOOP("catalogue", "Adam with Nesterov's look ahead."),
    QT_TRANSLATE_NOOP("catalogue", "Adam that waits with its scaling until the mean square is known well enough."),
    QT_TRANSLATE_NOOP("catalogue", "Looks only at the gradient's sign and keeps a step size for each coordinate."),
    QT_TRANSLATE_NOOP(
        "catalogue",
        "SGD that averages the points it has visited once t0 steps are done; a new rate shows a step later.",
    ),
    QT_TRANSLATE_NOOP(
        "catalogue", "This optimizer reads the learning rate only at its first step: a schedule changes nothing."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Steps relative to the size of the parameters, clipped; made for little memory."),
    QT_TRANSLATE_NOOP(
        "catalogue", "Quasi-Newton: learns the curvature from past gradients, evaluates several times a step."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Constant"),
    QT_TRANSLATE_NOOP("catalogue", "The learning rate stays as it is."),
    QT_TRANSLATE_NOOP("catalogue", "Steps"),
    QT_TRANSLATE_NOOP("catalogue", "Multiplies the rate by gamma after every step_size steps."),
    QT_TRANSLATE_NOOP("catalogue", "Exponential"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Multiplies the rate by gamma at every step; automatic: a hundredth is left at the end."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Cosine"),
    QT_TRANSLATE_NOOP("catalogue", "Falls along half a cosine from the rate to eta_min in T_max steps."),
    QT_TRANSLATE_NOOP("catalogue", "Cosine, restarts"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Falls along half a cosine in T_0 steps and starts anew, T_mult times as long each time."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Linear warm-up"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Begins at start_factor times the rate and rises evenly to the whole rate in total_iters steps."
    ),
    QT_TRANSLATE_NOOP("catalogue", "One cycle"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Rises from a small rate to max_lr and falls to almost nothing, once in total_steps steps."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Cyclic"),
    QT_TRANSLATE_NOOP("catalogue", "Rises and falls evenly between base_lr and max_lr, again and again."),
    QT_TRANSLATE_NOOP("catalogue", "Polynomial"),
    QT_TRANSLATE_NOOP(
        "catalogue", "Falls to nothing in total_iters steps as a power of what is left; power 1 is a straight line."
    ),
    QT_TRANSLATE_NOOP("catalogue", "Reduce on plateau"),
    QT_TRANSLATE_NOOP("catalogue", "Multiplies the rate by factor when f has not fallen for patience steps."),
)


def in_words(text: str) -> str:
    """A catalogue's text in the language of the program."""
    return QCoreApplication.translate("catalogue", text)
