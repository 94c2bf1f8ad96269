"""Callback data is anybody's bytes: only what we wrote ourselves finds a route."""

from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import given
from hypothesis import strategies as st

from bot.context import Context
from bot.handlers import build_routes
from bot.handlers.applications import Approve, ListApplications
from bot.handlers.registration_screens import ChooseDistrict
from bot.routes import Routes
from bot.screens import Screen

ROUTES = build_routes()
LARGEST = 2**63 - 1

ODD_NUMBERS = [
    "",
    "007",
    "00",
    "+7",
    "-1",
    "-0",
    " 7",
    "7 ",
    "7\n",
    "7.0",
    "7e0",
    "1_0",
    "0x7",
    "None",
    "True",
    "٧",
    "７",
    "²",
    "7\x00",
    str(LARGEST + 1),
    "9" * 20,
    "9" * 5_000,
]


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_e8_a_number_not_in_plain_form_names_no_object(number: str) -> None:
    assert ROUTES.find_press(f"approve:{number}") is None


@given(st.integers(0, LARGEST))
def test_e8_a_number_we_wrote_is_read_back(number: int) -> None:
    found = ROUTES.find_press(Approve(application_id=number).pack())
    assert found is not None
    route, press = found
    assert route.data is Approve
    assert press == Approve(application_id=number)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        ":",
        "nothing",
        "approve",
        "approve:",
        "approve:7:8",
        "approve:7:",
        ":approve:7",
        "APPROVE:7",
        " approve:7",
        "holders:king",
        "status:7:sleeping",
        "district:a\x00b",
        "district:a\ud800b",
        "district:a\nb",
        "district:қостанай",
        "🏠",
    ],
)
def test_e8_data_we_never_wrote_finds_nothing(data: str | None) -> None:
    assert ROUTES.find_press(data) is None


@given(st.text(st.characters(exclude_categories=()), max_size=64))
def test_e8_no_bytes_make_the_table_fail(data: str) -> None:
    found = ROUTES.find_press(data)
    assert found is None or found[1].pack() == data


@given(
    st.sampled_from(sorted(ROUTES.presses)),
    st.lists(st.text(max_size=20) | st.integers().map(str), max_size=4),
)
def test_e8_what_a_route_reads_is_what_was_sent(prefix: str, fields: list[str]) -> None:
    data = ":".join([prefix, *fields])
    found = ROUTES.find_press(data)
    assert found is None or found[1].pack() == data


def test_data_of_our_own_is_found_by_its_prefix() -> None:
    for press in (ListApplications(page=3), ChooseDistrict(code="kostanay")):
        found = ROUTES.find_press(press.pack())
        assert found is not None
        assert found[1] == press


async def nothing(_: Context, *_more: Any) -> Screen:
    return Screen("nothing")


class Twice(CallbackData, prefix="twice"):
    """A button routed twice."""


def test_a_name_is_routed_once() -> None:
    routes = Routes(nothing, lambda _: None)
    routes.press(Twice, nothing)
    routes.command("twice", nothing)
    routes.key("twice", nothing)
    routes.link("twice", nothing)
    routes.answer("twice", nothing, prompt=nothing)

    with pytest.raises(ValueError, match="twice is routed twice"):
        routes.press(Twice, nothing)
    with pytest.raises(ValueError, match="twice is routed twice"):
        routes.command("twice", nothing)
    with pytest.raises(ValueError, match="twice is routed twice"):
        routes.key("twice", nothing)
    with pytest.raises(ValueError, match="twice is routed twice"):
        routes.link("twice", nothing)
    with pytest.raises(ValueError, match="twice is routed twice"):
        routes.answer("twice", nothing, prompt=nothing)
