"""The Bot API specification as data, and the check of one call against it."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.errors import ApiError, bad_request, no_method
from sandbox.model import Json, UploadedFile

PATH = Path(__file__).parent / "bot_api" / "api.min.json"

# Taken by Telegram, absent from the file: younger than it, or no longer documented.
ALLOWED_EVERYWHERE = frozenset(
    {
        "receiver_user_id",
        "callback_query_id",
        "ephemeral_message_parameters",
        "reply_to_message_id",
        "allow_sending_without_reply",
        "disable_web_page_preview",
        "can_stop",
        "keep_on_stop",
    }
)
ALLOWED_IN_TYPES = {
    "BotCommand": frozenset({"is_ephemeral"}),
    "InlineKeyboardButton": frozenset({"disabled"}),
    "KeyboardButton": frozenset({"disabled"}),
}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "invalid file_id",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
}
TOO_LONG = {
    ("answerCallbackQuery", "text"): "MESSAGE_TOO_LONG",
    ("setWebhook", "secret_token"): "secret token is too long",
}
_LENGTHS = re.compile(r"(\d+)-(\d+) characters(?! after)")
_CONSTANT = re.compile(r"must be (?:always )?[\"“]?(\w+)[\"”]?$")
_INTEGER = re.compile(r"[+-]?\d+")
_FLOAT = re.compile(r"[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@cache
def specification() -> Json:
    """Return the whole specification: version, methods, types."""
    loaded: Json = json.loads(PATH.read_text(encoding="utf-8"))
    return loaded


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in specification()["methods"]}


def method_name(name: str) -> str:
    """Return the method as the specification spells it; Telegram does not mind the case.

    Raises:
        ApiError: 404, there is no such method.
    """
    found = _names().get(name.lower())
    if found is None:
        raise no_method()
    return found


def check(method: str, params: Mapping[str, Any], files: Mapping[str, UploadedFile]) -> Json:
    """Return the parameters of a call with their true types, empty ones left out.

    Texts of form requests are turned into numbers, booleans, objects. A file part named like a
    parameter stands for it. Limits that depend on the state are checked by the methods.

    Raises:
        ApiError: 400, a parameter is missing, unknown, ill-typed, or too long.
    """
    fields = {
        field["name"]: field for field in specification()["methods"][method].get("fields", [])
    }
    given = {name: f"attach://{name}" for name in files if name in fields}
    given |= {name: value for name, value in params.items() if value is not None and value != ""}
    _check_unicode(given)
    for name in given:
        if name not in fields and name not in ALLOWED_EVERYWHERE:
            raise bad_request(f'the method {method} has no parameter "{name}"')
    clean: Json = {}
    for name, field in fields.items():
        if name in given:
            value = _typed(name, given[name], field["types"])
            _check_length(method, field, value)
            clean[name] = value
        elif field["required"] and not _may_be_empty(field):
            raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
        elif field["required"]:
            clean[name] = ""
    for name in ALLOWED_EVERYWHERE & given.keys() - fields.keys():
        clean[name] = _untyped(given[name])
    return clean


def _check_unicode(given: Json) -> None:
    try:
        json.dumps(given, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _may_be_empty(field: Json) -> bool:
    return field["types"] == ["String"] and "empty string" in field["description"]


def _check_length(method: str, field: Json, value: object) -> None:
    limits = _LENGTHS.search(field["description"])
    if limits is None or not isinstance(value, str):
        return
    if len(value.encode("utf-16-le")) // 2 > int(limits[2]):
        name = field["name"]
        raise bad_request(TOO_LONG.get((method, name), f"{name} is too long"))


def _untyped(value: object) -> object:
    if isinstance(value, str):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _typed(name: str, value: object, types: list[str]) -> object:
    if isinstance(value, str):
        value = _from_text(name, value, types)
    problem = _problem(name, value, types)
    if problem is not None:
        raise problem
    return value


def _from_text(name: str, text: str, types: list[str]) -> object:
    """Return the value a form's text stands for; what it cannot stand for stays a text."""
    if "Integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if types == ["Boolean"]:
        return _BOOLEANS.get(text.lower(), text)
    if types == ["Float"]:
        return float(text) if _FLOAT.fullmatch(text) else text
    if {"String", "Integer", "InputFile"} & set(types):
        return text
    try:
        return json.loads(text)
    except ValueError:
        what = "reply keyboard markup" if name == "reply_markup" else name
        raise bad_request(f"can't parse {what} JSON object") from None


def _problem(where: str, value: object, types: list[str]) -> ApiError | None:
    """Return why the value fits none of the types, judged by the likeliest, or None."""
    problems = [_problem_of_one(where, value, name) for name in types]
    if None in problems:
        return None
    likely = [p for name, p in zip(types, problems, strict=True) if _looks_like(value, name)]
    return (likely or problems)[0]


def _looks_like(value: object, name: str) -> bool:
    """Tell whether the value has the field that marks the type out among its alternatives."""
    if not isinstance(value, dict):
        return isinstance(value, list) and name.startswith("Array of ")
    fields = specification()["types"].get(name, {}).get("fields", [])
    return any(f["required"] and f["name"] in value for f in fields)


def _problem_of_one(where: str, value: object, name: str) -> ApiError | None:
    simple = {"String": str, "Boolean": bool, "Integer": int, "InputFile": str}
    if name.startswith("Array of "):
        return _problem_of_array(where, value, name.removeprefix("Array of "))
    if name == "Float":
        fits = isinstance(value, int | float) and not isinstance(value, bool)
    elif name in simple:
        fits = isinstance(value, simple[name]) and (
            name == "Boolean" or not isinstance(value, bool)
        )
    else:
        return _problem_of_object(where, value, name)
    return None if fits else bad_request(f'field "{where}" must be of type {name}')


def _problem_of_array(where: str, value: object, item: str) -> ApiError | None:
    if not isinstance(value, list):
        return bad_request(f'field "{where}" must be of type Array')
    for index, element in enumerate(value):
        problem = _problem(f"{where}[{index}]", element, [item])
        if problem is not None:
            return problem
    return None


def _problem_of_object(where: str, value: object, name: str) -> ApiError | None:
    described = specification()["types"][name]
    if described.get("subtypes"):
        return _problem(where, value, _subtypes(described["subtypes"], value))
    if name == "KeyboardButton" and isinstance(value, str):
        return None  # a plain text stands for a simple button
    if not isinstance(value, dict):
        return bad_request(f'field "{where}" must be of type Object')
    return _problem_of_fields(where, value, name)


def _problem_of_fields(where: str, value: Json, name: str) -> ApiError | None:
    fields = {field["name"]: field for field in specification()["types"][name].get("fields", [])}
    for key, item in value.items():
        if key in fields and item is not None:
            problem = _problem(f"{where}.{key}", item, fields[key]["types"])
            if problem is not None:
                return problem
        elif key not in fields and key not in ALLOWED_IN_TYPES.get(name, ()):
            return bad_request(f'field "{where}": {name} has no field "{key}"')
    for key, field in fields.items():
        if field["required"] and value.get(key) is None:
            return bad_request(f'field "{where}": can\'t find field "{key}" of {name}')
    return None


def _subtypes(names: list[str], value: object) -> list[str]:
    """Keep the subtypes whose constant, such as `type must be photo`, is the value's own."""
    if not isinstance(value, dict):
        return names
    return [name for name in names if _constants_fit(name, value)] or names


def _constants_fit(name: str, value: Json) -> bool:
    for field in specification()["types"][name].get("fields", []):
        constant = _CONSTANT.search(field["description"])
        if constant and field["types"] == ["String"] and value.get(field["name"]) != constant[1]:
            return False
    return True
