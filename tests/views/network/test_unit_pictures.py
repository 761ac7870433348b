from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from gradviz.core.network import Layer, Network, Shape, layer_activation
from gradviz.core.network_parts import Unit
from gradviz.core.network_presets import network_preset
from gradviz.views.network.unit_pictures import PIXELS, UnitPictures, picture_task


def made(network: Network, inputs: tuple[float, ...] = (0.0, 0.0)) -> UnitPictures:
    found = picture_task(network, inputs)()
    assert isinstance(found, UnitPictures)
    return found


def test_every_unit_of_every_layer_has_a_picture(qtbot: QtBot) -> None:
    network = network_preset("classes").network()
    assert set(made(network).images) == {Unit(layer, k) for layer, n in enumerate((8, 8, 2)) for k in range(n)}


def test_a_picture_has_the_colour_of_what_the_unit_says_there(qtbot: QtBot) -> None:
    shape = Shape(2, (Layer(1, layer_activation("tanh")),))
    network = Network(shape, (np.array([[2.0, 0.0]]),), (np.zeros(1),))  # tanh(2 x₁): negative at the left
    image = made(network).images[Unit(0, 0)]
    left, right = image.pixelColor(0, PIXELS // 2), image.pixelColor(PIXELS - 1, PIXELS // 2)
    assert left.red() > left.blue()
    assert right.blue() > right.red()
    up = Network(shape, (np.array([[0.0, 2.0]]),), (np.zeros(1),))  # tanh(2 x₂): positive above
    image = made(up).images[Unit(0, 0)]
    assert image.pixelColor(5, 0).blue() > image.pixelColor(5, 0).red()
    assert image.pixelColor(5, PIXELS - 1).red() > image.pixelColor(5, PIXELS - 1).blue()


@pytest.mark.parametrize("reach", [1.5, 12.5])
def test_the_plane_reaches_beyond_the_sample(reach: float, qtbot: QtBot) -> None:
    shape = Shape(2, (Layer(1, layer_activation("identity")),))
    bias = -0.8 * reach  # 0 where x₁ is 0.8 of the reach
    network = Network(shape, (np.array([[1.0, 0.0]]),), (np.array([bias]),))
    image = made(network, (reach / 1.25, 0.0)).images[Unit(0, 0)]
    signs = [image.pixelColor(column, 3).blue() > image.pixelColor(column, 3).red() for column in range(PIXELS)]
    truth = torch.linspace(-reach, reach, PIXELS) + bias > 0
    assert signs == truth.tolist()


def test_a_number_that_is_lost_has_the_colour_of_nothing(qtbot: QtBot) -> None:
    shape = Shape(2, (Layer(1, layer_activation("tanh")),))
    network = Network(shape, (np.full((1, 2), np.nan),), (np.zeros(1),))
    assert made(network).images[Unit(0, 0)].pixelColor(4, 4) == QColor("#ffffff")
