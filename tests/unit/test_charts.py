"""Charts: bars as high as they should be, labels inside the picture, bytes a phone can show."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.charts import HEIGHT, WIDTH, Bar, Chart, grid, png

BAR = (0x2F, 0x6F, 0x78)
MARKED = (0xC0, 0x8A, 0x2D)


def written(number: float) -> str:
    return f"{number:,.0f}".replace(",", "\N{NO-BREAK SPACE}")


def chart(*values: float, title: str = "Ауысымдар", marked: int | None = None) -> Chart:
    bars = [Bar(str(i + 1), value, marked=i == marked) for i, value in enumerate(values)]
    return Chart(title, "шілде", bars)


def picture(of: Chart) -> Image.Image:
    image = Image.open(BytesIO(png(of, written))).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    return image


def heights(image: Image.Image, colour: tuple[int, int, int] = BAR) -> list[int]:
    """Return how high each bar of a colour stands, from left to right."""
    found = []
    inside = False
    for x in range(WIDTH):
        column = [near(image.getpixel((x, y)), colour) for y in range(HEIGHT)]
        if any(column) and not inside:
            found.append(sum(column))
        inside = any(column)
    return found


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 6 for a, b in zip(pixel, colour, strict=True))


def test_bars_are_as_high_as_their_values() -> None:
    first, second, third = heights(picture(chart(10, 5, 0, 2.5)))
    assert second == pytest.approx(first / 2, abs=1)
    assert third == pytest.approx(first / 4, abs=1)


def test_a_marked_bar_stands_out() -> None:
    image = picture(chart(3, 3, 3, marked=2))
    assert len(heights(image)) == 2
    assert len(heights(image, MARKED)) == 1


def test_a_month_of_31_days_has_31_bars() -> None:
    assert len(heights(picture(chart(*range(1, 32))))) == 31


@pytest.mark.parametrize(
    "of",
    [
        chart(0, 0),
        chart(1e9),
        chart(0.4),
        chart(*[7] * 400),
        chart(1, title="Ұ" * 300),
        chart(1, title=""),
        chart(1, title="<b>R&D</b> {0.__class__} %s 李 \0\n" * 9),
        Chart("", "", [Bar("понедельник " * 9, 1), Bar("李" * 90, 1), Bar("", 1)]),
    ],
)
def test_nothing_leaves_the_picture_or_breaks_it(of: Chart) -> None:
    image = picture(of)
    for x in (0, WIDTH - 1):
        assert {image.getpixel((x, y)) for y in range(HEIGHT)} == {(255, 255, 255)}
    for y in (0, HEIGHT - 1):
        assert {image.getpixel((x, y)) for x in range(WIDTH)} == {(255, 255, 255)}


@pytest.mark.parametrize("values", [(), (1, -1), (float("nan"),), (float("inf"),)])
def test_what_is_no_bar_is_a_value_error(values: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="none is below zero"):
        png(chart(*values), written)


@given(st.floats(0, 1e12))
def test_lines_are_few_even_and_reach_the_highest_bar(highest: float) -> None:
    lines = grid(highest)
    assert 2 <= len(lines) <= 6
    assert lines[0] == 0
    assert lines[-1] >= highest * (1 - 1e-6)
    assert all(line == pytest.approx(lines[1] * n) for n, line in enumerate(lines))
    assert lines[1] >= 1


def test_a_chart_is_light_enough_for_a_slow_network() -> None:
    assert len(png(chart(*range(1, 32)), written)) < 40 * 1024


def test_charts_drawn_at_once_in_threads_are_the_same_as_one_by_one() -> None:
    charts = [chart(*range(1, n)) for n in range(4, 12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda of: png(of, written), charts))
    assert together == [png(of, written) for of in charts]
