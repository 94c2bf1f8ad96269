"""Making values fit for the log: no secrets, no phones, nothing that could end or colour a line."""

import math
import re
from collections.abc import Mapping

HIDDEN = "[hidden]"

# A token is digits, a colon and a long key; in addresses of the Bot API it may be shorter (a local
# server's) or percent-encoded.
_TOKEN_IN_ADDRESS = re.compile(r"(?i)(/bot)[0-9]+(?::|%3a)[^/\s\"']+")
_TOKEN = re.compile(r"(?<![A-Za-z0-9])[0-9]{6,}(?::|%3[aA])[A-Za-z0-9_-]{30,}")
_PASSWORD_IN_ADDRESS = re.compile(r"(://[^/\s:@]*:)[^/\s]+(?=@)")
# With a plus: 10 to 15 digits of any country. Without: a Kazakhstan number, as Telegram's contacts
# (77011234567) and people (8 701 123 45 67) write it. Telegram's ids have up to 10 digits, or 13.
_PHONE = re.compile(
    r"(?<![\w.])(?:\+[0-9](?:[ \u00a0().-]*[0-9]){9,14}"
    r"|[78][ \u00a0(-]*7(?:[ \u00a0().-]*[0-9]){9})(?!\w)"
)
# No Cyrillic letter stands in our code (the texts live in locales/), so in a log it is what a
# person typed or is called.
_CYRILLIC = re.compile(r"[\u0400-\u052f]+(?:[ '\u2019-]+[\u0400-\u052f]+)*")
# What libraries quote in their messages: pydantic the input, PostgreSQL the row.
_QUOTED_INPUT = re.compile(r"(?s)(input_value=).*?(?=, input_type=)")
_QUOTED_ROW = re.compile(r"(DETAIL:\s+)[^\n]+")
# C0 and C1 controls with DEL, line and paragraph separators, marks that turn the writing direction,
# and halves of characters, which no file could hold.
_HARMFUL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_DEEPEST = 6


def redact(text: str) -> str:
    """Return the text without bot tokens, passwords in addresses, phones and people's own words."""
    text = _TOKEN_IN_ADDRESS.sub(rf"\1{HIDDEN}", text)
    text = _TOKEN.sub(HIDDEN, text)
    text = _PASSWORD_IN_ADDRESS.sub(rf"\1{HIDDEN}", text)
    text = _QUOTED_INPUT.sub(rf"\1{HIDDEN}", text)
    text = _QUOTED_ROW.sub(rf"\1{HIDDEN}", text)
    text = _PHONE.sub(HIDDEN, text)
    return _CYRILLIC.sub(HIDDEN, text)


def one_line(text: str) -> str:
    """Return the text with every harmful character spelt out: a newline becomes `\\n`."""
    return _HARMFUL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def safe(value: object, depth: int = 0) -> object:
    """Return the value as plain data for a log record, redacted and on one line.

    Numbers, booleans and None stay what they are unless they read as a phone; containers keep their
    shape; everything else becomes its text. SecretStr hides itself in its text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, int):
        return value if redact(str(value)) == str(value) else HIDDEN
    if isinstance(value, Mapping) and depth < _DEEPEST:
        return {_safe_text(str(key)): safe(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset) and depth < _DEEPEST:
        return [safe(item, depth + 1) for item in value]
    return _safe_text(_text_of(value))


def _safe_text(text: str) -> str:
    return one_line(redact(text))


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes | bytearray):  # a photo or a file: its size is all a log needs
        return f"<{len(value)} bytes>"
    try:
        return str(value)
    except Exception as error:  # noqa: BLE001 - a record about a broken object must be written still
        return f"<{type(value).__name__} whose text fails with {type(error).__name__}>"
