"""What networks and samples were before each change by hand, as plain data, for a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gradviz.core.network import Network
from gradviz.core.network_state import network_from_state, network_state, sample_from_state, sample_state
from gradviz.core.network_trace import Sample
from gradviz.views.common.history import MOST, History

MOST_NUMBERS = 20_000  # weights and biases of all the networks that a session keeps for taking back

Subject = tuple[Network, Sample]
SHOWN = -1  # in place of a network: the one that is shown, which the session has anyway


def history_state(history: History[Subject], shown: Network) -> dict[str, Any]:
    """As plain data that JSON takes, each network once; of very many numbers the last changes."""
    places: dict[int, int] = {id(shown): SHOWN}
    networks: list[dict[str, Any]] = []
    room = MOST_NUMBERS

    def newest(subjects: Sequence[Subject]) -> list[list[Any]]:
        nonlocal room
        kept: list[list[Any]] = []
        for network, sample in reversed(subjects):
            if id(network) not in places:
                room -= network.shape.size
                if room < 0:
                    break
                places[id(network)] = len(networks)
                networks.append(network_state(network))
            kept.append([places[id(network)], sample_state(sample)])
        return kept[::-1]

    return {"before": newest(history.before), "after": newest(history.after), "networks": networks}


def history_from_state(state: Mapping[str, Any], shown: Network) -> History[Subject]:
    """Takes back what `history_state` gave, beside the network that is shown again.

    Raises:
        LookupError, TypeError, ValueError: it is none.
    """
    networks = [network_from_state(network) for network in state["networks"][: 2 * MOST]]

    def subject(place: int, sample: Mapping[str, Any]) -> Subject:
        if place < SHOWN:
            raise ValueError(f"network {place}")
        network = shown if place == SHOWN else networks[place]
        return network, sample_from_state(sample, network.shape)

    before, after = (
        tuple(subject(int(each[0]), each[1]) for each in state[side][-MOST:]) for side in ("before", "after")
    )
    return History(before, after)
