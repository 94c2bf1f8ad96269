"""The faces hold what the region writes; any other letter is seen as a substitute."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFont

from bot.pdf.fonts import Face, letters, missing, printable

KAZAKH = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ"
KAZAKH_IN_LATIN = "AÄBDEFGĞHIİJKLMNÑOÖPQRSŞTUŪÜVYZ"
SIGNS = "₸№«»–—’‘“”„…·•§°±×€₽%&<>@#\"'()[]{}/\\+=-*!?,.;:"


@pytest.mark.parametrize("face", list(Face))
def test_every_face_holds_every_letter_of_the_list(face: Face) -> None:
    held = {chr(code) for code in TTFont(face.value, str(face.path)).face.charToGlyph}
    assert letters() <= held


@pytest.mark.parametrize(
    "text", [KAZAKH, KAZAKH.lower(), KAZAKH_IN_LATIN, KAZAKH_IN_LATIN.lower(), SIGNS]
)
def test_kazakh_russian_english_and_their_signs_are_printed_as_they_are(text: str) -> None:
    assert printable(text) == text
    assert missing(text) == ()


def test_f7_a_letter_the_faces_lack_is_seen_and_named() -> None:
    assert printable("李 Ержан 😀") == "� Ержан �"
    assert missing("李 Ержан 😀 李") == ("李", "😀")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Е\u0308лка", "Ёлка"),  # composed
        ("ﬁ ５ Ⅳ", "fi 5 IV"),
        ("−5", "–5"),
        ("a\u2003b\nc\td", "a b c d"),
        ("a\N{NO-BREAK SPACE}b", "a\N{NO-BREAK SPACE}b"),
        ("a\u202eb\u200bc\0d\u00ade", "abcde"),
        ("\ud800", "�"),
        ("", ""),
    ],
)
def test_other_forms_of_a_letter_become_ours(text: str, printed: str) -> None:
    assert printable(text) == printed


@pytest.mark.parametrize("text", ["\u200b", " ", "\n", "\u202e\0", "李"])
def test_f7_a_name_is_never_blank(text: str) -> None:
    assert printable(text) == "�"


@given(st.text(st.characters(codec=None)))
def test_whatever_comes_only_our_letters_are_printed(text: str) -> None:
    printed = printable(text)
    assert letters().issuperset(printed)
    assert bool(printed) == bool(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cf"} for char in printed)


def test_no_character_of_the_basic_plane_breaks_printing() -> None:
    assert all(letters().issuperset(printable(chr(code))) for code in range(0x10000))
