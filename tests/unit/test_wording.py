"""F6: whatever a person types leaves the door clean, or is refused with a text of the locales."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.services.errors import InvalidInputError
from bot.services.wording import clean_name, clean_phone, clean_reason, name_key, search_key
from db.models.people import NAME_KEY_LENGTH, NAME_LENGTH, REASON_LENGTH

Clean = Callable[[str], str]

# Text as JSON can carry it: halves of characters too.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=600)
LETTERS = "АаӘәГгҒғЖжЙйҚқҢңОоӨөҰұҮүҺһІіЁёЯяÄäCcĞğIıİiÖöŞşZzß"
NAMES = st.lists(st.text(LETTERS, min_size=2, max_size=12), min_size=2, max_size=4).map(" ".join)
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def outcome(clean: Clean, text: str) -> str | None:
    """Return what is kept; `None` when the text was refused."""
    try:
        return clean(text)
    except InvalidInputError:
        return None


@pytest.mark.parametrize("clean", [clean_name, clean_phone, clean_reason])
@given(text=ANY_TEXT)
@example(text="и\u200d\u0306 и\u200d\u0306")
def test_f6_what_is_kept_is_printable_composed_and_on_one_line(clean: Clean, text: str) -> None:
    kept = outcome(clean, text)
    if kept is None:
        return
    assert {unicodedata.category(char) for char in kept}.isdisjoint(UNPRINTABLE)
    assert unicodedata.normalize("NFC", kept) == kept
    assert " ".join(kept.split()) == kept
    assert kept.encode().decode() == kept


@pytest.mark.parametrize("clean", [clean_name, clean_phone, clean_reason])
@given(text=ANY_TEXT)
@example(text="и\u200d\u0306 и\u200d\u0306")
def test_cleaning_twice_changes_nothing(clean: Clean, text: str) -> None:
    kept = outcome(clean, text)
    assert kept is None or clean(kept) == kept


@given(ANY_TEXT | NAMES)
@example("²² ½½")
@example("А. Б.")
def test_f1_f14_a_name_kept_can_be_read_out_and_says_nothing_to_a_machine(text: str) -> None:
    name = outcome(clean_name, text)
    if name is None:
        return
    assert all(char.isalpha() or char in " '\u2019\u02bc.-" for char in name)
    words = name.split(" ")
    assert len(words) >= 2
    assert max(sum(map(str.isalpha, word)) for word in words) >= 2


@given(ANY_TEXT | NAMES)
@example(f"{'ﷺ' * 40} {'ΐ' * 40}")
def test_a_name_kept_fits_its_columns(text: str) -> None:
    name = outcome(clean_name, text)
    if name is not None:
        assert len(name) <= NAME_LENGTH
        assert len(name_key(name)) <= NAME_KEY_LENGTH


@given(NAMES)
def test_a_name_of_letters_is_kept_as_typed(name: str) -> None:
    assert clean_name(f"  {name}\n") == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    [
        "Серікова Айжан",
        "Әбілқайыр-Төлегенқызы Ұлжан Ғ.",
        "О'Нил Иван",
        "O\u2019Neill Seán",
        "Ли Я",
        "Мұхаммед\u02bcәлі Ә. Қ.",
    ],
)
def test_names_that_people_have_are_kept(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Я", "error-name-short"),
        ("Айжан", "error-name-short"),
        ("А Б", "error-name-short"),
        ("А. Б.", "error-name-short"),
        ("Аб " * 100, "error-name-long"),
        ("", "error-name-letters"),
        ("\u202e\u200f", "error-name-letters"),
        ("Айжан 😀", "error-name-letters"),
        ("<b>Айжан</b> Серікова", "error-name-letters"),
        ("Иван <b", "error-name-letters"),
        ("{0.__class__} Айжан", "error-name-letters"),
        ("%s Айжан", "error-name-letters"),
        ("$x Айжан", "error-name-letters"),
        ("=Айжан Серікова", "error-name-letters"),
        ("+77001234567 Айжан", "error-name-letters"),
        ("²² ½½", "error-name-letters"),
    ],
)
def test_f6_what_is_no_name_is_refused_with_its_reason(text: str, refusal: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        clean_name(text)
    assert refused.value.message == refusal


@pytest.mark.parametrize("mark", ["\u202e", "\u200f", "\u2066", "\x00", "\x1b", "\ufeff", "\ud800"])
def test_f6_marks_nobody_sees_are_taken_out_of_a_name(mark: str) -> None:
    assert clean_name(f"Серік{mark}ова Айжан{mark}") == "Серікова Айжан"


def test_f11_names_are_searched_without_regard_to_case() -> None:
    assert name_key("ӘЖІК Құралай") == name_key("әжік құралай")


@given(ANY_TEXT | st.from_regex(r"[+]?[0-9 ()\-]{5,25}", fullmatch=True))
def test_a_phone_kept_is_a_plus_and_its_digits(text: str) -> None:
    phone = outcome(clean_phone, text)
    if phone is not None:
        assert phone.startswith("+")
        assert phone[1:].isascii()
        assert phone[1:].isdecimal()
        assert 10 <= len(phone[1:]) <= 15


@pytest.mark.parametrize("written", ["+77011234567", "77011234567", "+7 (701) 123-45-67"])
def test_one_phone_has_one_form(written: str) -> None:
    assert clean_phone(written) == "+77011234567"


@pytest.mark.parametrize(
    "text", ["", "12345", "+7701123456789012", "٠٧٧٠١١٢٣٤٥٦٧", "++77011234567", "7701CALLME99"]
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="error-phone"):
        clean_phone(text)


@given(ANY_TEXT)
def test_a_reason_kept_fits_its_column(text: str) -> None:
    reason = outcome(clean_reason, text)
    assert reason is None or 3 <= len(reason) <= REASON_LENGTH


@pytest.mark.parametrize("text", ["{0.__class__}", "%s %(x)s", "$x $y", "<b>нет</b>", "=1+1"])
def test_f14_a_reason_stays_as_it_was_typed(text: str) -> None:
    assert clean_reason(text) == text


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "error-reason-short"),
        ("ок", "error-reason-short"),
        ("\u200b\u200b\u200b\u200b", "error-reason-short"),
        ("я" * 501, "error-reason-long"),
    ],
)
def test_what_is_no_reason_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(InvalidInputError, match=refusal):
        clean_reason(text)


@given(ANY_TEXT)
def test_f6_a_search_asks_the_database_for_printable_text_only(text: str) -> None:
    key = search_key(text)
    assert {unicodedata.category(char) for char in key}.isdisjoint(UNPRINTABLE)
    assert len(key) <= NAME_KEY_LENGTH
