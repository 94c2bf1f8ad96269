"""Parameters and files out of the bodies that Bot API clients send."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader

from sandbox.errors import bad_request, too_large
from sandbox.files import UPLOAD_LIMIT
from sandbox.model import Json, UploadedFile

BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
CHUNK = 64 * 1024


async def read_body(
    headers: Mapping[str, str], body: StreamReader
) -> tuple[Json, dict[str, UploadedFile]]:
    """Return parameters and files of a JSON, form or multipart body; of another kind, nothing.

    Raises:
        ApiError: 400, the body is not what it says; 413, it is too large.
    """
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(headers, body)
    if kind == "application/json":
        return _json(await _all_of(body)), {}
    if kind == "application/x-www-form-urlencoded":
        return _form(await _all_of(body)), {}
    return {}, {}


async def _all_of(body: StreamReader | BodyPartReader, room: int = BODY_LIMIT) -> bytes:
    data = bytearray()
    while chunk := await _chunk(body):
        data += chunk
        if len(data) > room:
            raise too_large()
    return bytes(data)


async def _chunk(body: StreamReader | BodyPartReader) -> bytes:
    return await (body.read_chunk(CHUNK) if isinstance(body, BodyPartReader) else body.read(CHUNK))


def _json(data: bytes) -> Json:
    if not data.strip():
        return {}
    try:
        loaded: Any = json.loads(data)
    except ValueError as error:
        raise bad_request("can't parse JSON encoded request parameters") from error
    if not isinstance(loaded, dict):
        raise bad_request("request parameters must be an object")
    return loaded


def _form(data: bytes) -> Json:
    try:
        return dict(parse_qsl(data.decode(), keep_blank_values=True))
    except ValueError as error:
        raise bad_request("can't parse URL encoded request parameters") from error


async def _multipart(
    headers: Mapping[str, str], body: StreamReader
) -> tuple[Json, dict[str, UploadedFile]]:
    params: Json = {}
    files: dict[str, UploadedFile] = {}
    room = BODY_LIMIT
    try:
        reader = MultipartReader(headers, body)
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or part.name is None:
                raise bad_request("can't parse multipart request")
            data = await _all_of(part, room)
            room -= len(data)
            if part.filename is None:
                params[part.name] = data.decode()
            else:
                mime_type = part.headers.get("Content-Type", "application/octet-stream")
                files[part.name] = UploadedFile(part.filename, data, mime_type)
    except (ValueError, AssertionError) as error:
        raise bad_request("can't parse multipart request") from error
    return params, files
