"""Words typed by people, cleaned once at the door.

What passes here is stored, shown, printed and exported without further thought: no control
characters, no bidirectional overrides, no lone surrogates, composed letters, single spaces.
"""

import re
import unicodedata

from bot.services.errors import InvalidInputError
from db.models.people import NAME_KEY_LENGTH, NAME_LENGTH, REASON_LENGTH

# A straight apostrophe, a typographic one, and the letter apostrophe.
_WORD = r"[^\W\d_]+(?:['\u2019\u02bc.-]{1,2}[^\W\d_]+)*\.?"
_NAME = re.compile(f"{_WORD}(?: {_WORD})*")
# \w takes fractions and raised digits for letters too.
_NUMERIC = {"Nl", "No"}
_SHORTEST_REASON = 3
_PHONE = re.compile(r"\+?\d{10,15}")
# Cc control, Cf format (bidi marks, zero width), Cs surrogate, Co private, Cn unassigned.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def _clean_line(text: str) -> str:
    kept = (
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _UNPRINTABLE
    )
    # Composed afterwards: what was taken out may have stood between a letter and its mark.
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def clean_name(text: str) -> str:
    """Return a full name of two words or more, each of letters, hyphens and apostrophes.

    Raises:
        InvalidInputError: it is too short, too long, one word, or holds other characters.
    """
    name = _clean_line(text)
    if len(name) > NAME_LENGTH:
        raise InvalidInputError("error-name-long", limit=NAME_LENGTH)
    if not _NAME.fullmatch(name) or any(unicodedata.category(c) in _NUMERIC for c in name):
        raise InvalidInputError("error-name-letters")
    words = name.split(" ")
    if len(words) == 1 or max(sum(map(str.isalpha, word)) for word in words) == 1:
        raise InvalidInputError("error-name-short")
    return name


def name_key(name: str) -> str:
    """Return the form a name is searched by: compatible letters, case folded.

    One letter may become many; what its column cannot hold is cut off.
    """
    return unicodedata.normalize("NFKC", name).casefold()[:NAME_KEY_LENGTH]


def search_key(text: str) -> str:
    """Return what was typed into a search in the form of ``name_key``; it may be empty."""
    return name_key(_clean_line(text))


def clean_phone(number: str) -> str:
    """Return the number as ``+`` and 10 to 15 digits.

    Raises:
        InvalidInputError: it is no phone number.
    """
    bare = re.sub(r"[\s()-]", "", number)
    if not _PHONE.fullmatch(bare) or not bare.isascii():
        raise InvalidInputError("error-phone")
    return "+" + bare.removeprefix("+")


def clean_reason(text: str) -> str:
    """Return a reason in one line.

    Raises:
        InvalidInputError: nothing readable is left, or it is too long.
    """
    reason = _clean_line(text)
    if len(reason) < _SHORTEST_REASON:
        raise InvalidInputError("error-reason-short")
    if len(reason) > REASON_LENGTH:
        raise InvalidInputError("error-reason-long", limit=REASON_LENGTH, length=len(reason))
    return reason


def clean_words(text: str, limit: int) -> str:
    """Return what a person wrote of their work, in one line of at most ``limit`` characters.

    Raises:
        InvalidInputError: nothing readable is left, or it is too long.
    """
    words = _clean_line(text)
    if not words:
        raise InvalidInputError("error-words-wanted")
    if len(words) > limit:
        raise InvalidInputError("error-words-long", limit=limit, length=len(words))
    return words
