"""The service number finds the two mistakes that people make: a wrong digit, two swapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.service_number import format_number, is_well_formed

NUMBERS = st.builds(
    format_number, st.from_regex(r"[0-9]{2}", fullmatch=True), st.integers(0, 10**9)
)


def test_a_number_is_the_prefix_the_sequence_and_a_check_digit() -> None:
    assert format_number("39", 127) == "39-00127-0"
    assert format_number("39", 1_000_000).startswith("39-1000000-")


@given(NUMBERS)
def test_every_number_made_is_well_formed(number: str) -> None:
    assert is_well_formed(number)


@given(NUMBERS)
def test_every_single_wrong_digit_is_found(number: str) -> None:
    for place, digit in enumerate(number):
        for other in set("0123456789") - {digit} if digit.isdigit() else ():
            assert not is_well_formed(f"{number[:place]}{other}{number[place + 1 :]}")


@given(NUMBERS)
def test_every_swap_of_neighbours_is_found(number: str) -> None:
    digits = number.replace("-", "")
    for place in range(len(digits) - 1):
        first, second = digits[place], digits[place + 1]
        if first != second:
            swapped = f"{digits[:place]}{second}{first}{digits[place + 2 :]}"
            assert not is_well_formed(f"{swapped[:2]}-{swapped[2:-1]}-{swapped[-1]}")


@pytest.mark.parametrize(
    "text",
    ["", "39", "39-00127", "3900127-0", "39-0127-0", "39-00127-0 ", "39-00127-0\n", "٣٩-٠٠١٢٧-٥"],
)
def test_e8_a_number_in_any_other_form_is_refused(text: str) -> None:
    assert not is_well_formed(text)
