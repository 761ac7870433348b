from __future__ import annotations

import numpy as np
import pytest

from gradviz.core.camera import Camera

WIDTH, HEIGHT = 640.0, 480.0
CAMERAS = [
    Camera(60.0, -30.0, 6.0),
    Camera(0.0, 0.0, 4.0),
    Camera(90.0, -90.0, 5.0),
    Camera(25.0, 200.0, 3.0, (0.3, -0.2, 0.1)),
]
by_camera = pytest.mark.parametrize("camera", CAMERAS)
POINTS = np.random.default_rng(0).uniform(-1, 1, (40, 3))


@by_camera
def test_the_ray_through_a_points_pixel_meets_the_point(camera: Camera) -> None:
    for point, (x, y) in zip(POINTS, camera.pixels(POINTS, WIDTH, HEIGHT), strict=True):
        origin, direction = camera.ray(x, y, WIDTH, HEIGHT)
        along = (point - origin) @ direction
        assert along > 0
        assert origin + along * direction == pytest.approx(point, abs=1e-9)


@by_camera
def test_the_centre_is_in_the_middle_of_the_picture(camera: Camera) -> None:
    [middle] = camera.pixels(np.array([camera.centre]), WIDTH, HEIGHT)
    assert middle == pytest.approx([WIDTH / 2, HEIGHT / 2])


@by_camera
def test_the_axes_of_the_picture_are_a_right_handed_frame(camera: Camera) -> None:
    right, up, back = camera.axes()
    assert np.cross(right, up) == pytest.approx(back)
    assert np.linalg.norm(right) == pytest.approx(1.0)
    assert right[2] == 0.0  # the horizon is level


def test_from_the_south_x_runs_to_the_right_y_away_and_z_upwards() -> None:
    camera = Camera(30.0, -90.0, 6.0)
    middle, east, north, above = camera.pixels(
        np.array([[0.0, 0, 0], [0.5, 0, 0], [0, 0.5, 0], [0, 0, 0.5]]), WIDTH, HEIGHT
    )
    assert east[0] > middle[0]
    assert east[1] == pytest.approx(middle[1])
    assert north[1] < middle[1]
    assert above[1] < middle[1]
    assert above[0] == pytest.approx(middle[0])


def test_what_is_behind_the_camera_has_no_pixel() -> None:
    camera = Camera(0.0, 0.0, 2.0)
    assert np.isnan(camera.pixels(np.array([[3.0, 0.0, 0.0]]), WIDTH, HEIGHT)).all()


def test_nearer_points_have_the_smaller_depth() -> None:
    camera = Camera(60.0, -30.0, 6.0)
    _, _, back = camera.axes()
    points = np.column_stack([np.outer([-1.0, 0.0, 1.0], back), np.ones(3)])
    clip = points @ camera.matrix(WIDTH / HEIGHT).T
    depth = clip[:, 2] / clip[:, 3]
    assert (np.diff(depth) < 0).all()
    assert (np.abs(depth) < 1).all()


@pytest.mark.parametrize(("width", "height"), [(640, 480), (300, 700), (1200, 250), (120, 100)])
@pytest.mark.parametrize("half_size", [(1.0, 1.0, 0.6), (1.0, 0.4, 0.6)])
def test_a_box_fits_however_it_is_turned(width: int, height: int, half_size: tuple[float, float, float]) -> None:
    corners = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]) * half_size
    fitted = Camera(60.0, -30.0).fitted(half_size, width, height)
    for azimuth in range(0, 360, 7):
        pixels = fitted.turned(azimuth, 0.0).pixels(corners, width, height)
        assert (pixels > 0).all()
        assert (pixels < [width, height]).all()


@pytest.mark.parametrize(("up", "elevation"), [(20.0, 80.0), (500.0, 90.0), (-500.0, 0.0)])
def test_it_never_looks_from_below_nor_over_the_top(up: float, elevation: float) -> None:
    assert Camera(60.0).turned(0.0, up).elevation == elevation


def test_a_full_turn_ends_where_it_began() -> None:
    camera = Camera(60.0, -30.0)
    for _ in range(24):
        camera = camera.turned(15.0, 0.0)
    assert camera.azimuth == pytest.approx(-30.0)
    assert all(abs(camera.turned(k, 0.0).azimuth) <= 180 for k in range(-720, 720, 50))


def test_moving_moves_the_picture_by_as_many_pixels() -> None:
    camera = Camera(60.0, -30.0, 6.0)
    pixel = camera.size_of_pixel(HEIGHT)
    [before] = camera.pixels(np.zeros((1, 3)), WIDTH, HEIGHT)
    [after] = camera.moved(-30 * pixel, 12 * pixel, 1.2).pixels(np.zeros((1, 3)), WIDTH, HEIGHT)
    assert after - before == pytest.approx([30.0, 12.0], rel=1e-3)


def test_the_centre_stays_within_reach() -> None:
    assert np.abs(Camera().moved(50.0, -50.0, 1.2).centre).max() == pytest.approx(1.2)
