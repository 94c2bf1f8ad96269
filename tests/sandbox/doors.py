"""The moment of every story here, and the four doors to the local Telegram."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientSession, FormData

from sandbox import ApiError, Server, Telegram

MOMENT = datetime(2026, 11, 22, 10, tzinfo=UTC)
DOORS = ("in_process", "json", "form", "multipart")
Door = Callable[..., Awaitable[Any]]


def as_form(params: Mapping[str, Any]) -> dict[str, str]:
    """Turn every value into the text a form carries."""
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}


def open_door(name: str, tg: Telegram, server: Server, client: ClientSession) -> Door:
    """Return a way to call methods; refusals come as `ApiError` from all of them."""

    async def call(method: str, params: Mapping[str, Any] | None = None) -> Any:
        given = dict(params or {})
        if name == "in_process":
            return await tg.call(method, given)
        url = f"{server.url}/bot{tg.token}/{method}"
        async with client.post(url, **body_of(name, given)) as response:
            answer = await response.json()
        if answer["ok"]:
            assert response.status == 200
            return answer["result"]
        assert response.status == answer["error_code"]
        seconds = answer.get("parameters", {}).get("retry_after")
        raise ApiError(answer["error_code"], answer["description"], seconds)

    return call


def body_of(name: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of aiohttp's `post` for a JSON, form or multipart body."""
    if name == "json":
        return {"json": params}
    if name == "form":
        return {"data": as_form(params)}
    form = FormData(default_to_multipart=True)
    for key, value in as_form(params).items():
        form.add_field(key, value)
    return {"data": form}


async def until(fact: Callable[[], bool]) -> None:
    """Let others run until the fact holds, at most three seconds."""

    async def wait() -> None:
        while not fact():  # noqa: ASYNC110  the facts are other people's, without events
            await asyncio.sleep(0.005)

    await asyncio.wait_for(wait(), 3)
