"""Acts of people as the phones' page asks for them."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace

from sandbox.errors import PersonError
from sandbox.fields import number, optional_whole, text, whole
from sandbox.model import Json, UploadedFile
from sandbox.people import People
from sandbox.samples import SAMPLES
from sandbox.telegram import Telegram

UNKNOWN_TYPE = "application/octet-stream"
Act = Callable[[People, int, Json], object]  # what came of it is shown by the state


def perform(tg: Telegram, body: Json) -> Json:
    """Do what `act` names for the person `person`.

    Raises:
        PersonError: no such act or person, a field is wrong, or a phone would not let it happen.
        ApiError: a file is refused.
    """
    act = ACTS.get(text(body, "act"))
    if act is None:
        raise PersonError(f"there is no act {body['act']}")
    act(tg.people, whole(body, "person"), body)
    return {}


def _start(people: People, person: int, body: Json) -> object:
    return people.start(person, text(body, "payload", ""))


def _text(people: People, person: int, body: Json) -> object:
    return people.text(person, text(body, "text"), optional_whole(body, "reply_to"))


def _edit(people: People, person: int, body: Json) -> object:
    return people.edit(person, whole(body, "message_id"), text(body, "text"))


def _press(people: People, person: int, body: Json) -> object:
    place = (whole(body, name) for name in ("message_id", "row", "column"))
    return people.press(person, *place)


def _contact(people: People, person: int, body: Json) -> object:
    return people.contact(person, optional_whole(body, "of"))


def _location(people: People, person: int, body: Json) -> object:
    latitude, longitude = number(body, "latitude"), number(body, "longitude")
    return people.location(person, latitude, longitude, optional_whole(body, "live_period"))


def _photo(people: People, person: int, body: Json) -> object:
    return people.photo(person, _file("photo", body))


def _document(people: People, person: int, body: Json) -> object:
    return people.document(person, _file("document", body))


def _sticker(people: People, person: int, body: Json) -> object:
    return people.sticker(person, _file("sticker", body))


def _voice(people: People, person: int, body: Json) -> object:
    return people.voice(person, _file("voice", body))


def _forward(people: People, person: int, body: Json) -> object:
    return people.forward(person, whole(body, "message_id"), whole(body, "from_person"))


def _block(people: People, person: int, _: Json) -> None:
    people.block(person)


def _unblock(people: People, person: int, _: Json) -> None:
    people.unblock(person)


def _group_text(people: People, person: int, body: Json) -> object:
    return people.group_text(person, text(body, "text"))


def _file(kind: str, body: Json) -> UploadedFile:
    """Return the sent file, or the sample; its bytes come in base64."""
    sample = SAMPLES[kind]
    name = text(body, "name", "") or sample.name
    if body.get("data") is None:
        return replace(sample, name=name)
    try:
        data = base64.b64decode(text(body, "data"), validate=True)
    except binascii.Error as error:
        raise PersonError("data must be base64") from error
    mime_type = sample.mime_type if kind in ("voice", "sticker") else UNKNOWN_TYPE
    return UploadedFile(name, data, mime_type)


ACTS: dict[str, Act] = {
    "start": _start,
    "text": _text,
    "edit": _edit,
    "press": _press,
    "contact": _contact,
    "location": _location,
    "photo": _photo,
    "document": _document,
    "sticker": _sticker,
    "voice": _voice,
    "forward": _forward,
    "block": _block,
    "unblock": _unblock,
    "group_text": _group_text,
}
