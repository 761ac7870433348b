"""Where one is in a pass through the network: forward layer by layer, loss, backward, update; and back again."""

from __future__ import annotations

from gradviz.core.network import Network
from gradviz.core.network_trace import Phase, Sample, Trace, phases, trace, updated

MOST_HISTORY = 1_000  # updates that can be taken back
MOST_BYTES = 64 * 2**20  # that they may hold: 20 updates of the largest network


class PassWalk:
    """`position` counts the phases that are done, 0 to `end`. At `end` the weights are those after the update.

    `is_whole` tells that no phase is looked at: all numbers are known, and nothing of them is lit. `origin` is the
    network from before all updates and trainings, to which a reset leads. What was typed or trained is never stepped
    back over: it could not be made again.
    """

    def __init__(self, network: Network, sample: Sample, rate: float) -> None:
        self.rate = rate
        self.set_subject(network, sample)

    def set_subject(self, network: Network, sample: Sample) -> None:
        """Another network, with its whole pass; no update can be taken back."""
        self.found: Trace = trace(network, sample)
        self.origin = network
        self._history: list[Network] = []  # each before an update
        self._made = 0  # updates since the origin
        self._after: Network | None = None
        self.phases: tuple[Phase, ...] = phases(network.shape)
        self.position, self.is_whole = self.end - 1, True

    def edit(self, network: Network, sample: Sample) -> None:
        """Other numbers in a network of the same shape: the phase stays, as far as it is before the update."""
        if self._after is None and self.found.network is self.origin:
            self.origin = network  # what was typed is not taken back with the updates
        self._made, self._history, self._after = self.updates, [], None
        self.found = trace(network, sample)
        self.position = min(self.position, self.end - 1)

    def follow(self, network: Network) -> None:
        """The weights that a training has come to; a reset leads to those from before it."""
        if network is not self.network:
            origin = self.origin
            self.edit(network, self.found.sample)
            self.origin = origin

    def set_rate(self, rate: float) -> None:
        """Another learning rate; an update that is looked at is made anew."""
        self.rate = rate
        if self._after is not None:
            self._after = updated(self.found, rate)

    @property
    def end(self) -> int:
        return len(self.phases)

    @property
    def layers(self) -> int:
        return len(self.found.layers)

    @property
    def network(self) -> Network:
        """The network with the weights that are shown."""
        return self.found.network if self._after is None else self._after

    @property
    def phase(self) -> Phase | None:
        """The phase that was done last, None at the start and where the pass is looked at as a whole."""
        return self.phases[self.position - 1] if self.position > 0 and not self.is_whole else None

    @property
    def updates(self) -> int:
        """How many have been made since the origin, by hand."""
        return self._made + (self._after is not None)

    # -- what is known by now

    @property
    def known_forward(self) -> int:
        """How many layers have their outputs."""
        return min(self.position, self.layers)

    @property
    def loss_is_known(self) -> bool:
        return self.position > self.layers

    @property
    def known_backward(self) -> int:
        """From which layer on δ and gradients are there; the number of layers where none has."""
        return max(self.layers - max(self.position - self.layers - 1, 0), 0)

    # -- ways

    def step(self) -> None:
        """The next phase; after the update begins the pass with the new weights."""
        if self.is_whole and self.position < self.end:
            self.is_whole, self.position = False, 1
        elif self.position < self.end - 1:
            self.position += 1
        elif self.position == self.end - 1:
            self._update()
        else:
            self._next_pass()
            self.position = 1

    def step_back(self) -> None:
        """The phase before; before the start of a pass lies the update that led to it."""
        self.is_whole = False
        if self.position > 0:
            self.position -= 1
            self._after = None
        elif self._history:
            self.found = trace(self._history.pop(), self.found.sample)
            self._made -= 1
            self._update()

    def start(self) -> None:
        """Nothing is computed yet; the weights stay."""
        self._leave_update()
        self.position, self.is_whole = 0, False

    def forward(self) -> None:
        """All outputs, and the loss."""
        self._leave_update()
        self.position, self.is_whole = self.layers + 1, False

    def backward(self) -> None:
        """Everything up to the gradients of the first layer."""
        self._leave_update()
        self.position, self.is_whole = self.end - 1, False

    def update(self) -> None:
        """The weights after one step of gradient descent; pressed again, after another."""
        self._leave_update()
        self._update()

    def reset(self) -> None:
        """The weights as they were before all updates, and their whole pass."""
        self.set_subject(self.origin, self.found.sample)

    def restore(self, position: int, is_whole: bool, origin: Network | None = None, updates: int = 0) -> None:
        """Where it was, so many updates away from the `origin`; without one the network itself is it.

        Raises:
            ValueError: there is no such position or number of updates.
        """
        if not 0 <= position <= self.end:
            raise ValueError(f"phase {position}")
        if updates < 0:
            raise ValueError(f"updates {updates}")
        self.origin = origin or self.found.network
        self._made = max(updates - (position == self.end), 0)
        self.is_whole = is_whole and position == self.end - 1
        if position == self.end:
            self._update()
        else:
            self.position = position

    def _update(self) -> None:
        self._after = updated(self.found, self.rate)
        self.position, self.is_whole = self.end, False

    def _leave_update(self) -> None:
        if self._after is not None:
            self._next_pass()

    def _next_pass(self) -> None:
        assert self._after is not None  # at the end it is there
        network = self.found.network
        most = max(min(MOST_HISTORY, MOST_BYTES // _bytes_of(network)), 1)
        self._history = [*self._history, network][-most:]
        self._made += 1
        self.found, self._after = trace(self._after, self.found.sample), None


def _bytes_of(network: Network) -> int:
    return sum(array.nbytes for array in (*network.weights, *network.biases))
