"""The JSON behind the phones' page: what is seen, and the page's own buttons."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox.acts import perform
from sandbox.errors import ApiError, PersonError
from sandbox.fields import number, text
from sandbox.hosts import is_loopback
from sandbox.model import Json
from sandbox.page_state import state_of
from sandbox.telegram import Telegram

TELEGRAM = web.AppKey("telegram", Telegram)
PDF = "application/pdf"
PAGE = Path(__file__).parent / "page"
POLL_S = 25.0
NAME_LIMIT = 64
LANGUAGES = ("kk", "ru", "en")
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; "
    "media-src 'self' data: blob:; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Action = Callable[[Telegram, Json], Json]


def page_routes(*, allow_any_host: bool) -> list[web.RouteDef]:
    """Return the routes of the page; with `allow_any_host` the Host header is not looked at."""
    seen: dict[str, Handler] = {
        "/": _page_file,
        "/sandbox/state": _state,
        "/sandbox/file/{file_id}": _file,
        r"/{name:[\w-]+\.\w+}": _page_file,
    }
    done: dict[str, Action] = {
        "/sandbox/people": add_person,
        "/sandbox/act": perform,
        "/sandbox/clock": move_clock,
        "/sandbox/faults": change_faults,
    }
    return [
        *(web.get(path, _guarded(h, allow_any_host)) for path, h in seen.items()),
        *(web.post(path, _guarded(_posting(a), allow_any_host)) for path, a in done.items()),
    ]


def _guarded(handler: Handler, allow_any_host: bool) -> Handler:
    """Refuse other sites: their forms cannot set the header, nor their names be loopback ones."""

    async def guard(request: web.Request) -> web.StreamResponse:
        if not allow_any_host and not is_loopback(request.url.host or ""):
            return _refusal(403, "the page answers to a loopback host only")
        if request.method == "POST" and request.headers.get("X-Sandbox") != "1":
            return _refusal(403, "the header X-Sandbox: 1 is missing")
        return await handler(request)

    return guard


def add_person(tg: Telegram, body: Json) -> Json:
    """Add a person; the phone number is invented. Return the new id.

    Raises:
        PersonError: a name is empty or too long, or the language is not one of the house.
    """
    first_name = text(body, "first_name").strip()
    last_name = text(body, "last_name", "").strip()
    language = text(body, "language_code", "kk")
    if not first_name or max(len(first_name), len(last_name)) > NAME_LIMIT:
        raise PersonError("a name has 1 to 64 characters")
    if language not in LANGUAGES:
        raise PersonError(f"a language is one of {', '.join(LANGUAGES)}")
    return {"id": tg.add_user(first_name, last_name=last_name, language_code=language).id}


def move_clock(tg: Telegram, body: Json) -> Json:
    """Move the clock forward by seconds or to a local moment, or back to the real time.

    Raises:
        PersonError: nothing asked for that can be done.
    """
    try:
        if body.get("reset") is True:
            tg.clock.reset()
        elif "to" in body:
            tg.clock.to(text(body, "to"))
        else:
            tg.clock.advance(timedelta(seconds=number(body, "advance_s")))
    except (ValueError, OverflowError) as error:
        raise PersonError(str(error)) from error
    tg.changes.bump()
    return {}


def change_faults(tg: Telegram, body: Json) -> Json:
    """Set the named faults, or deliver the last update once more.

    Raises:
        PersonError: no such fault, or there is no last update.
    """
    wanted = dict(body)
    if wanted.pop("repeat_last", False) is True and not tg.updates.repeat_last():
        raise PersonError("there was no update yet")
    try:
        tg.faults.change(wanted)
    except ValueError as error:
        raise PersonError(str(error)) from error
    tg.changes.bump()
    return {}


async def _state(request: web.Request) -> web.Response:
    tg = request.app[TELEGRAM]
    after = request.query.get("after", "")
    if after.isdecimal() and int(after) == tg.changes.version:
        await tg.changes.beyond(int(after), POLL_S)
    return web.json_response(state_of(tg))


def _posting(action: Action) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        try:
            body: Any = await request.json()
        except ValueError:
            return _refusal(400, "the body must be JSON")
        if not isinstance(body, dict):
            return _refusal(400, "the body must be an object")
        try:
            return web.json_response(action(request.app[TELEGRAM], body))
        except PersonError as error:
            return _refusal(400, str(error))
        except ApiError as error:
            return _refusal(400, error.description)

    return handler


def _refusal(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)


async def _page_file(request: web.Request) -> web.StreamResponse:
    path = PAGE / request.match_info.get("name", "index.html")
    if not path.is_file():
        return _refusal(404, "there is no such file of the page")
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
    return web.FileResponse(path, headers=headers)


async def _file(request: web.Request) -> web.Response:
    file = request.app[TELEGRAM].files.get(request.match_info["file_id"])
    if file is None:
        return _refusal(404, "there is no such file")
    headers = {
        "Content-Type": file.mime_type,
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    if file.mime_type != PDF:  # browsers' own viewers do not open in a sandbox
        headers["Content-Security-Policy"] = "sandbox"
    return web.Response(body=file.data, headers=headers)
