"""The JSON behind the phones' page, as the page relies on it."""

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox import Server, Telegram, UploadedFile
from sandbox.model import User

OURS = {"X-Sandbox": "1"}


@pytest.fixture
async def page(server: Server) -> AsyncIterator[ClientSession]:
    async with ClientSession(server.url, headers=OURS) as session:
        yield session


async def act(page: ClientSession, user: User, **body: object) -> tuple[int, dict[str, Any]]:
    async with page.post("/sandbox/act", json={"person": user.id, **body}) as response:
        return response.status, await response.json()


async def test_the_state_has_everything_the_page_shows(
    page: ClientSession, tg: Telegram, aigerim: User
) -> None:
    await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "?"})
    tg.people.press_data(aigerim.id, 2, "x")
    async with page.get("/sandbox/state") as response:
        state = await response.json()

    (person,) = state["people"]
    assert state["clock"] == {
        "now": "2026-11-22T15:00:00+05:00",
        "zone": "Asia/Qostanay",
        "offset_s": 0,
    }
    assert state["bot"]["description"].keys() == {"kk", "ru", "en", ""}
    assert state["faults"]["rate_limit"] == {"left": 0, "retry_after": 5}
    assert state["calls"][-1]["method"] == "sendMessage"
    assert (person["started"], person["blocked"], person["typing"]) == (True, False, "")
    assert person["pending"] == [2]
    assert [(m["text"], m["out"]) for m in person["messages"]] == [("/start", True), ("?", False)]


async def test_a_poll_waits_for_the_next_version(
    page: ClientSession, tg: Telegram, aigerim: User
) -> None:
    version = tg.changes.version

    async def poll() -> dict[str, Any]:
        async with page.get(f"/sandbox/state?after={version}") as response:
            state: dict[str, Any] = await response.json()
            return state

    waiting = asyncio.ensure_future(poll())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    tg.people.text(aigerim.id, "сәлем")

    assert (await asyncio.wait_for(waiting, 2))["version"] > version


async def test_people_are_added(page: ClientSession, tg: Telegram) -> None:
    person = {"first_name": "Данияр", "last_name": "Үлгі", "language_code": "ru"}
    async with page.post("/sandbox/people", json=person) as response:
        added = await response.json()
    async with page.post("/sandbox/people", json={"first_name": " "}) as response:
        refused = response.status

    assert tg.users[added["id"]].language_code == "ru"
    assert refused == 400


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ({"act": "start", "payload": "join_1"}, {"text": "/start join_1"}),
        ({"act": "text", "text": "сәлем"}, {"text": "сәлем"}),
        ({"act": "contact"}, {"contact": {"first_name": "Айгерім"}}),
        ({"act": "location", "latitude": 53.2, "longitude": 63.6}, {"location": {}}),
        ({"act": "location", "latitude": 53, "longitude": 63, "live_period": 60}, {"location": {}}),
        ({"act": "photo"}, {"photo": []}),
        ({"act": "document", "name": "a.txt", "data": "YQ=="}, {"document": {"file_size": 1}}),
        ({"act": "sticker"}, {"sticker": {}}),
        ({"act": "voice"}, {"voice": {}}),
    ],
)
async def test_acts_reach_the_bot(
    page: ClientSession, tg: Telegram, aigerim: User, body: dict[str, Any], seen: dict[str, Any]
) -> None:
    assert await act(page, aigerim, **body) == (200, {})

    (update,) = tg.take_updates()
    for name, value in seen.items():
        found = update["message"][name]
        if isinstance(value, dict):
            assert value.items() <= found.items()
        elif value:
            assert found == value


async def test_a_button_is_pressed_a_text_edited_and_forwarded(
    page: ClientSession, tg: Telegram, aigerim: User
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes"}]]}
    sent = await tg.call(
        "sendMessage", {"chat_id": aigerim.id, "text": "?", "reply_markup": keyboard}
    )
    here = {"message_id": sent["message_id"]}

    assert (await act(page, aigerim, act="press", **here, row=0, column=0))[0] == 200
    assert (await act(page, aigerim, act="edit", message_id=1, text="екі"))[0] == 200
    assert (await act(page, aigerim, act="forward", **here, from_person=aigerim.id))[0] == 200
    assert (await act(page, aigerim, act="group_text", text="/help"))[0] == 200
    assert (await act(page, aigerim, act="block"))[0] == 200
    assert (await act(page, aigerim, act="unblock"))[0] == 200
    assert (await act(page, aigerim, act="text", text="а", reply_to=1))[0] == 200

    kinds = [next(iter(update.keys() - {"update_id"})) for update in tg.take_updates()]
    assert kinds == [
        "callback_query",
        "edited_message",
        "message",
        "my_chat_member",
        "message",
        "my_chat_member",
        "my_chat_member",
        "message",
    ]


@pytest.mark.parametrize(
    "body",
    [
        {"act": "fly"},
        {"act": "text"},
        {"act": "text", "text": 5},
        {"act": "text", "text": ""},
        {"act": "start", "payload": "a b"},
        {"act": "press", "message_id": 1, "row": 0, "column": 0},
        {"act": "press", "message_id": "1", "row": 0, "column": 0},
        {"act": "press", "message_id": True, "row": 0, "column": 0},
        {"act": "press", "message_id": 1.5, "row": 0, "column": 0},
        {"act": "edit", "message_id": 99, "text": "a"},
        {"act": "location", "latitude": "north", "longitude": 0},
        {"act": "document", "data": "not base64!"},
        {"act": "photo", "data": "YQ=="},
        {"act": "contact", "of": 1},
        {"person": 1, "act": "text", "text": "a"},
        {"person": None, "act": "text", "text": "a"},
    ],
)
async def test_wrong_acts_are_refused_with_a_reason(
    page: ClientSession, tg: Telegram, aigerim: User, body: dict[str, Any]
) -> None:
    status, answer = await act(page, aigerim, **body)

    assert status == 400
    assert answer["error"]
    assert tg.take_updates() == []


async def test_the_clock_is_moved(page: ClientSession, tg: Telegram) -> None:
    async def move(**body: object) -> tuple[int, str]:
        async with page.post("/sandbox/clock", json=body) as response:
            return response.status, tg.clock.local().isoformat()

    assert await move(advance_s=900) == (200, "2026-11-22T15:15:00+05:00")
    assert await move(to="08:00") == (200, "2026-11-23T08:00:00+05:00")
    assert await move(reset=True) == (200, "2026-11-22T15:00:00+05:00")
    for wrong in ({"advance_s": -1}, {"to": "99:00"}, {}, {"advance_s": 1e300}, {"to": 8}):
        assert (await move(**wrong))[0] == 400


async def test_faults_are_switched(page: ClientSession, tg: Telegram, aigerim: User) -> None:
    async def switch(body: dict[str, object]) -> int:
        async with page.post("/sandbox/faults", json=body) as response:
            return response.status

    assert await switch({"rate_limit": {"left": 3}, "repeat_updates": True}) == 200
    assert (tg.faults.rate_limit.left, tg.faults.repeat_updates) == (3, True)
    assert await switch({"repeat_last": True}) == 200
    assert len(tg.take_updates()) == 2
    assert await switch({"flood": True}) == 400
    assert aigerim.started


async def test_there_is_no_last_update_at_the_beginning(page: ClientSession) -> None:
    async with page.post("/sandbox/faults", json={"repeat_last": True}) as response:
        assert response.status == 400


async def test_files_are_shown_inline_in_a_sandbox_but_pdf_in_the_browsers_viewer(
    page: ClientSession, tg: Telegram
) -> None:
    text = tg.files.keep("document", UploadedFile('а"б.html', b"<script>", "text/html"))
    pdf = tg.files.keep("document", UploadedFile("a.pdf", b"%PDF"))

    async with page.get(f"/sandbox/file/{text.file_id}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Security-Policy"] == "sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Disposition"] == (
            "inline; filename*=UTF-8''%D0%B0%22%D0%B1.html"
        )
    async with page.get(f"/sandbox/file/{pdf.file_id}") as response:
        assert response.content_type == "application/pdf"
        assert "Content-Security-Policy" not in response.headers
    async with page.get("/sandbox/file/gone") as response:
        assert response.status == 404


@pytest.mark.parametrize("path", ["people", "act", "clock", "faults"])
async def test_a_post_without_the_header_is_forbidden(
    server: Server, client: ClientSession, tg: Telegram, path: str
) -> None:
    async with client.post(f"{server.url}/sandbox/{path}", json={"first_name": "A"}) as response:
        assert response.status == 403
    assert tg.users == {}


@pytest.mark.parametrize("path", ["/", "/sandbox/state", "/sandbox/file/x", "/page.js"])
async def test_a_foreign_host_is_forbidden(page: ClientSession, path: str) -> None:
    async with page.get(path, headers={"Host": "evil.example"}) as response:
        assert response.status == 403


async def test_a_foreign_host_cannot_post(page: ClientSession, tg: Telegram) -> None:
    foreign = {**OURS, "Host": "evil.example:80"}
    async with page.post("/sandbox/people", json={"first_name": "A"}, headers=foreign) as response:
        assert response.status == 403
    assert tg.users == {}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff"])
async def test_bodies_that_are_no_object_are_refused(page: ClientSession, body: bytes) -> None:
    async with page.post("/sandbox/act", data=body) as response:
        assert response.status == 400


async def test_the_pages_own_files_are_served_and_no_others(page: ClientSession) -> None:
    async with page.get("/") as response:
        assert response.content_type == "text/html"
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    async with page.get("/page.js") as response:
        assert response.content_type.endswith("/javascript")
    for path in ("/server.py", "/..%2fserver.py", "/gone.css"):
        async with page.get(path) as response:
            assert response.status == 404


async def test_a_photo_from_the_page_is_what_the_bot_gets(
    page: ClientSession, tg: Telegram, aigerim: User, png: UploadedFile
) -> None:
    data = base64.b64encode(png.data).decode()

    await act(page, aigerim, act="photo", name="менің.png", data=data)

    (file,) = tg.files.values()
    assert (file.data, file.name, file.mime_type) == (png.data, "менің.png", "image/png")
