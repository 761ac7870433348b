"""Copy as PyTorch: a script that prints what the Softmax tab shows, and needs torch alone."""

from __future__ import annotations

from gradviz.core.softmax import LARGEST, SoftmaxSetup
from gradviz.core.softmax_descent import Runs
from gradviz.core.softmax_losses import SOFTMAX_LOSSES

ROWS_PRINTED = 8  # of the Jacobian

_HEAD = """\
import torch

a = torch.tensor({logits!r}, dtype=torch.float64, requires_grad=True)
T, target = {temperature!r}, {target}
p = torch.softmax(a / T, dim=0)
print(f"p = {{p.tolist()}}, sum = {{p.sum().item():.6g}}")

# the Jacobian row by row, as in the course, and by its formula p_i (δ_ij - p_j) / T
for i in range({rows}):
    (row,) = torch.autograd.grad(p[i], a, retain_graph=True)
    print(f"dp[{{i}}]/da = {{row.tolist()}}")
J = (torch.diag(p) - torch.outer(p, p)).detach() / T
print(f"row sums at most {{J.sum(1).abs().max().item():.1e}}, asymmetry {{(J - J.T).abs().max().item():.1e}}")
"""

_LOSSES = """\

y = torch.nn.functional.one_hot(torch.tensor(target), len(a)).to(a.dtype)
for name, loss in (
{entries}
):
    a.grad = None
    loss.backward()
    print(f"{{name}}: {{loss.item():.9g}}, gradient {{a.grad.tolist()}}")
"""

_DESCENT = """\

# {steps} steps of gradient descent on the logits, for each loss from the same start
runs = {runs!r}  # learning rate, steps with it
def descend(name, loss_of):
    a = torch.tensor({logits!r}, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([a], lr=runs[0][0])
    for lr, steps in runs:
        optimizer.param_groups[0]["lr"] = lr
        for step in range(steps):
            optimizer.zero_grad()
            loss = loss_of(a)
            loss.backward()
            optimizer.step(){clamp}
    p = torch.softmax(a / T, dim=0)
    print(f"{{name}} after {steps} steps: a = {{a.tolist()}}, p[target] = {{p[target].item():.9g}}")


{calls}
"""
_CLAMP = """
            a.data.clamp_(-{0:g}, {0:g})  # no logit goes further"""


def softmax_script(setup: SoftmaxSetup, runs: Runs = ()) -> str:
    """The script of a setup; with `runs`, of learning rate and steps, it descends on the logits, too."""
    parts = [
        _HEAD.format(
            logits=list(setup.logits),
            temperature=setup.temperature,
            target=setup.target,
            rows=min(setup.count, ROWS_PRINTED),
        ),
        _LOSSES.format(entries="\n".join(f'    ("{loss.title}", {loss.call}),' for loss in SOFTMAX_LOSSES)),
    ]
    if runs:
        parts.append(
            _DESCENT.format(
                steps=sum(steps for _, steps in runs),
                runs=list(runs),
                logits=list(setup.logits),
                clamp=_CLAMP.format(LARGEST) if _may_go_too_far(setup, runs) else "",
                calls="\n".join(f'descend("{loss.title}", lambda a: {loss.call})' for loss in SOFTMAX_LOSSES),
            )
        )
    return "".join(parts)


def _may_go_too_far(setup: SoftmaxSetup, runs: Runs) -> bool:
    """Whether the path may come to ±LARGEST: no part of a gradient is larger than 1/T."""
    farthest = sum(rate * steps for rate, steps in runs) / setup.temperature
    return max(abs(logit) for logit in setup.logits) + farthest > LARGEST
