"""Codes and numbers of certificates: what they say, and what is refused."""

import base64
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.certificates import KINDS as KINDS_IN_CONTENT
from bot.services.certificate_code import (
    KINDS,
    CertificateClaim,
    CertificateSigner,
    InvalidCodeError,
    VerificationKey,
    read_code,
)
from bot.services.certificate_number import (
    from_plain,
    grouped,
    is_certificate_number,
    new_certificate_number,
    number_in_start,
    read_number,
    start_payload,
)
from bot.services.service_number import format_number

SIGNER = CertificateSigner(7, bytes(range(32)))
KEY = SIGNER.verification_key(date(2020, 1, 1))
CLAIM = CertificateClaim(
    number=from_plain(40715832916472),
    kind="briefing",
    issued_on=date(2026, 3, 14),
    expires_on=date(2027, 3, 13),
    service_number="39-00127-0",
)
CODE = SIGNER.sign(CLAIM)
CODE_OF_THE_FIRST_RELEASE = (
    "AQcACNkKRQAAJQfkwfn4JwAAAH-2Qe-6z_MZhY3rbGkooQAuOUmthh7-"
    "ANMbWYQZ3mDHF2CDfb_Phdecwlf6UcOHInektn8i_k7asZ2zIZNGC74I"
)

days = st.dates(date(2020, 1, 1), date(2199, 1, 1))
claims = st.builds(
    CertificateClaim,
    number=st.integers(0, 10**14 - 1).map(from_plain),
    kind=st.sampled_from(KINDS),
    issued_on=days,
    expires_on=st.none() | st.just(date(2199, 6, 1)),
    service_number=st.none()
    | st.builds(format_number, st.integers(10, 99).map(str), st.integers(0, 2**32 - 1)),
)


def refused(code: str, *keys: VerificationKey) -> bool:
    try:
        read_code(code, keys or [KEY])
    except InvalidCodeError:
        return True
    return False


@given(claims)
def test_a_code_says_what_was_signed(claim: CertificateClaim) -> None:
    assert read_code(SIGNER.sign(claim), [KEY]) == claim


@given(claims)
def test_a_code_fits_a_link(claim: CertificateClaim) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{112}", SIGNER.sign(claim))


def test_i6_the_same_certificate_has_the_same_code() -> None:
    assert SIGNER.sign(CLAIM) == CertificateSigner(7, bytes(range(32))).sign(CLAIM)


def test_a_code_holds_no_name() -> None:
    assert not {"name", "holder"} & set(CertificateClaim.__slots__)


def test_i2_every_flipped_bit_is_refused() -> None:
    raw = base64.urlsafe_b64decode(CODE)
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused(base64.urlsafe_b64encode(changed).decode()), bit


@settings(max_examples=300)
@given(claims, st.integers(0, 111), st.integers(0, 6))
def test_i2_every_flipped_bit_of_a_letter_is_refused(
    claim: CertificateClaim, place: int, bit: int
) -> None:
    code = SIGNER.sign(claim)
    assert refused(f"{code[:place]}{chr(ord(code[place]) ^ 1 << bit)}{code[place + 1 :]}")


@pytest.mark.parametrize("length", range(112))
def test_i2_a_cut_code_is_refused(length: int) -> None:
    assert refused(CODE[:length])


@pytest.mark.parametrize(
    "code",
    ["", CODE + "A", CODE + "=", CODE + "\n", " " + CODE, CODE.replace("A", "А"), "А" * 112],
)
def test_i2_what_is_no_code_is_refused(code: str) -> None:
    assert refused(code)


@given(st.text(max_size=200))
def test_i2_any_text_is_refused_and_breaks_nothing(text: str) -> None:
    assert refused(text)


def test_i2_a_code_of_another_key_is_refused() -> None:
    stranger = CertificateSigner(7, bytes(32))
    assert refused(stranger.sign(CLAIM))
    assert refused(CODE, stranger.verification_key(date(2020, 1, 1)))
    assert refused(CertificateSigner(8, bytes(range(32))).sign(CLAIM))


def test_i2_the_signature_of_another_certificate_does_not_fit() -> None:
    other = SIGNER.sign(replace(CLAIM, number=from_plain(1)))
    assert refused(CODE[:24] + other[24:])


def test_i2_a_refusal_tells_nothing() -> None:
    with pytest.raises(InvalidCodeError, match=r"^$"):
        read_code(CODE[:-1], [KEY])


def test_i2_without_keys_everything_is_refused() -> None:
    with pytest.raises(InvalidCodeError):
        read_code(CODE, [])


def test_i5_after_a_rotation_codes_of_both_keys_are_good() -> None:
    newer = CertificateSigner(8, bytes(31) + b"\1")
    keys = [
        replace(KEY, last_day=date(2026, 6, 30)),
        newer.verification_key(date(2026, 7, 1)),
    ]
    later = replace(CLAIM, issued_on=date(2026, 7, 1))

    assert read_code(CODE, keys) == CLAIM
    assert read_code(newer.sign(later), keys) == later
    assert refused(SIGNER.sign(later), *keys)
    assert refused(newer.sign(CLAIM), *keys)


def test_i5_after_a_theft_codes_from_before_are_good_and_later_ones_are_not() -> None:
    stolen = replace(KEY, last_day=date(2026, 3, 14))

    assert read_code(CODE, [stolen]) == CLAIM
    assert refused(SIGNER.sign(replace(CLAIM, issued_on=date(2026, 3, 15))), stolen)


def test_a_key_that_returns_under_its_old_id_is_no_obstacle() -> None:
    first = CertificateSigner(7, bytes(32)).verification_key(date(2020, 1, 1))
    assert read_code(CODE, [first, KEY]) == CLAIM


@pytest.mark.parametrize(
    "claim",
    [
        replace(CLAIM, number="4071583291647205"),
        replace(CLAIM, number="4071 5832 9164 7204"),
        replace(CLAIM, kind="police"),
        replace(CLAIM, issued_on=date(2019, 12, 30), expires_on=None),
        replace(CLAIM, issued_on=date(2300, 1, 1), expires_on=None),
        replace(CLAIM, expires_on=date(2026, 3, 13)),
        replace(CLAIM, service_number="39-00127-1"),
        replace(CLAIM, service_number=format_number("39", 2**32)),
    ],
)
def test_what_is_no_claim_is_not_signed(claim: CertificateClaim) -> None:
    with pytest.raises(ValueError, match=r"."):
        SIGNER.sign(claim)


@pytest.mark.parametrize("key_id", [-1, 256])
def test_a_key_id_is_one_byte(key_id: int) -> None:
    with pytest.raises(ValueError, match="0 to 255"):
        CertificateSigner(key_id, bytes(32))


def test_codes_and_content_know_the_same_kinds() -> None:
    assert KINDS == KINDS_IN_CONTENT


def test_codes_given_out_by_the_first_release_are_read_by_this_one() -> None:
    # Printed on paper: if this fails, certificates in people's hands have become worthless.
    assert read_code(CODE_OF_THE_FIRST_RELEASE, [KEY]) == CLAIM


@given(st.integers(0, 10**14 - 1), st.integers(0, 15), st.integers(1, 9))
def test_a_wrong_digit_is_found(plain: int, place: int, more: int) -> None:
    number = from_plain(plain)
    digit = str((int(number[place]) + more) % 10)
    assert not is_certificate_number(number[:place] + digit + number[place + 1 :])


@given(st.integers(0, 10**14 - 1), st.integers(0, 14))
def test_a_swap_of_neighbours_is_found(plain: int, place: int) -> None:
    number = from_plain(plain)
    swapped = f"{number[:place]}{number[place + 1]}{number[place]}{number[place + 2 :]}"
    assert swapped == number or not is_certificate_number(swapped)


def test_i4_numbers_follow_no_order() -> None:
    numbers = [new_certificate_number() for _ in range(1000)]
    assert len(set(numbers)) == 1000
    assert all(map(is_certificate_number, numbers))
    # A thousandth of all starts would be taken by chance; a counter would take one or two.
    assert len({number[:3] for number in numbers}) > 500


@pytest.mark.parametrize(
    "typed",
    ["4071583291647204", "4071 5832 9164 7204", " 4071-5832-9164-7204\n", "4071.5832 91647204"],
)
def test_a_number_is_read_however_it_is_grouped(typed: str) -> None:
    assert read_number(typed) == CLAIM.number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "4071583291647205",
        "407158329164720",
        "+4071583291647204",
        "4071583291647204x",
        "٤٠٧١٥٨٣٢٩١٦٤٧٢٠٤",
    ],
)
def test_e8_what_is_no_number_is_none(typed: str) -> None:
    assert read_number(typed) is None


def test_a_number_is_printed_in_fours() -> None:
    assert grouped(CLAIM.number) == "4071 5832 9164 7204"


def test_a_start_link_names_the_number_within_64_letters() -> None:
    payload = start_payload(CLAIM.number)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert number_in_start(payload) == CLAIM.number


@pytest.mark.parametrize(
    "payload",
    ["", "cert_", "cert_1", "inv_4071583291647204", "cert_4071583291647205", "cert_" + CODE],
)
def test_e7_a_start_link_of_another_kind_is_ignored(payload: str) -> None:
    assert number_in_start(payload) is None
