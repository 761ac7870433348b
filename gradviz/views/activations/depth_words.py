"""What is said of a deep network: the sentence about it, and the numbers of one of its layers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gradviz.core.depth import ChainResult, DepthResult

translate = QCoreApplication.translate  # the name by which lupdate finds the texts


def verdict_words(result: DepthResult, chain: ChainResult) -> str:
    """What becomes of signal and gradient, and the product along a chain of single units."""
    sentences = {
        "lost": translate("DepthPanel", "The numbers overflow at layer {0}: signal or gradient explode (梯度爆炸)."),
        "vanishes": translate("DepthPanel", "The gradient vanishes (梯度弥散): × {0} a layer, × {1} in all."),
        "explodes": translate("DepthPanel", "The gradient explodes (梯度爆炸): × {0} a layer, × {1} in all."),
        "stays": translate("DepthPanel", "The gradient keeps its size: × {0} a layer, × {1} in all."),
    }
    numbers = (f"{result.factor:.3g}", f"{result.whole:.3g}") if result.lost is None else (result.lost,)
    text = sentences[result.trend].format(*numbers)
    if result.zero_up_to and result.is_cut_off:
        text += " " + translate(
            "DepthPanel", "Up to layer {0} it is exactly 0: layer {1} lets nothing through."
        ).format(result.zero_up_to, result.zero_up_to + 1)
    elif result.zero_up_to:
        text += " " + translate("DepthPanel", "Up to layer {0} it is 0: smaller than {1} can hold.").format(
            result.zero_up_to, result.request.precision
        )
    product = translate("DepthPanel", "Chain of single units from x = 1: ∏ w·f′ = {0}; autograd: {1}.")
    return text + " " + product.format(f"{chain.products[-1]:.4g}", f"{chain.autograd[-1]:.4g}")


def layer_words(result: DepthResult, chain: ChainResult, layer: int) -> str:
    """The numbers of one layer, counted from 1."""
    row = layer - 1
    low, high = result.activations[row, 1], result.activations[row, 5]
    words = translate(
        "DepthPanel",
        "Layer {0}: 90 % of a between {1} and {2}; ∂/∂a {3} (rms), ‖∂/∂W‖ {4}; {5} % saturated, {6} % dead; "
        "chain: w·f′ = {7}, product {8}.",
    )
    numbers = (low, high, result.norms[row], result.weight_norms[row])
    shares = (f"{100 * result.saturated[row]:.0f}", f"{100 * result.dead[row]:.0f}")
    factors = (f"{chain.factors[row]:.3g}", f"{chain.products[row]:.3g}")
    return words.format(layer, *(f"{number:.3g}" for number in numbers), *shares, *factors)
