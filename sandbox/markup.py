"""Text of a message: parse mode, entities, limits, what Telegram finds in it by itself."""

import re
from collections.abc import Iterable

from sandbox.errors import bad_request
from sandbox.html import SURROGATES, MarkupError, parse_html, utf16_length
from sandbox.model import Json

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_FOUND = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.@-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d_]\w*")),
)


def formatted(text: str, parse_mode: str | None, entities: list[Json] | None) -> Json:
    """Return `{"text": ..., "entities": [...]}` as the message will have them, trimmed.

    Raises:
        ApiError: 400, the markup cannot be parsed or the parse mode is not played here.
    """
    if entities:
        plain, found = text, _within(text, entities)
    elif not parse_mode:
        plain, found = text, []
    elif parse_mode.lower() == "html":
        try:
            plain, found = parse_html(text)
        except MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from error
    elif parse_mode.lower() in ("markdown", "markdownv2"):
        raise bad_request(f"the sandbox does not play parse_mode {parse_mode}, only HTML")
    else:
        raise bad_request("unsupported parse_mode")
    plain, found = _trimmed(plain, found)
    return {"text": plain, "entities": found + _detected(plain, found)}


def message_text(text: str, parse_mode: str | None, entities: list[Json] | None) -> Json:
    """Return the fields `text` and `entities` of a message.

    Raises:
        ApiError: 400, unparsable, empty, or above 4096 UTF-16 code units.
    """
    content = formatted(text, parse_mode, entities)
    if not content["text"]:
        raise bad_request("message text is empty")
    if utf16_length(content["text"]) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return _without_empty(content)


def caption(text: str | None, parse_mode: str | None, entities: list[Json] | None) -> Json:
    """Return the fields `caption` and `caption_entities` of a message, or none.

    Raises:
        ApiError: 400, unparsable or above 1024 UTF-16 code units.
    """
    content = formatted(text or "", parse_mode, entities)
    if utf16_length(content["text"]) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return _without_empty({"caption": content["text"], "caption_entities": content["entities"]})


def plain_text(text: str) -> Json:
    """Return the fields of a text that a person typed."""
    return _without_empty({"text": text, "entities": _detected(text, [])})


def is_unicode(text: str) -> bool:
    """Tell whether the text has no half of a surrogate pair standing alone."""
    return not any(code in SURROGATES for code in map(ord, text))


def _without_empty(content: Json) -> Json:
    return {key: value for key, value in content.items() if value}


def _within(text: str, entities: Iterable[Json]) -> list[Json]:
    length = utf16_length(text)
    kept = []
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 0:
            raise bad_request("can't parse entities: entity offset or length is negative")
        if entity["offset"] + entity["length"] > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the "
                f"text at UTF-16 offset {entity['offset'] + entity['length']}"
            )
        if entity["length"]:
            kept.append(dict(entity))
    return kept


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut spaces at both ends, as Telegram does, and move the entities with the text."""
    left = text.lstrip()
    cut = utf16_length(text) - utf16_length(left)
    plain = left.rstrip()
    length = utf16_length(plain)
    kept = []
    for entity in entities:
        start = min(max(entity["offset"] - cut, 0), length)
        end = min(max(entity["offset"] + entity["length"] - cut, 0), length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return plain, kept


def _detected(text: str, taken: list[Json]) -> list[Json]:
    """Return links, commands, mentions and tags in the text, outside of `taken` code and links."""
    closed = [
        (e["offset"], e["offset"] + e["length"])
        for e in taken
        if e["type"] in ("code", "pre", "text_link", "custom_emoji")
    ]
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match[0])
            if all(end <= first or start >= last for first, last in closed):
                closed.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(found, key=lambda entity: int(entity["offset"]))
