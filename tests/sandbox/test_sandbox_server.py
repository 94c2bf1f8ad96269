"""The HTTP door: tokens, bodies, files, loopback only, any client."""

import asyncio
import sys

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from aiohttp import ClientConnectionError, ClientSession, FormData

from sandbox import Server, Telegram, serve
from sandbox.model import User


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [
        ("4000000000000:another", 401, "Unauthorized"),
        ("4000000000000", 404, "Not Found"),
        ("x", 404, "Not Found"),
    ],
)
async def test_other_tokens_are_not_let_in(
    server: Server, client: ClientSession, token: str, status: int, description: str
) -> None:
    for path in (f"/bot{token}/getMe", f"/file/bot{token}/photos/file_1.png"):
        async with client.get(server.url + path) as response:
            assert response.status == status
            assert await response.json() == {
                "ok": False,
                "error_code": status,
                "description": description,
            }


async def test_parameters_may_stand_in_the_address(
    server: Server, client: ClientSession, tg: Telegram, aigerim: User
) -> None:
    params = {"chat_id": str(aigerim.id), "text": "сәлем"}
    url = f"{server.url}/bot{tg.token}/sendMessage"
    async with client.get(url, params=params) as response:
        assert (await response.json())["result"]["text"] == "сәлем"


async def test_files_go_up_in_parts_and_come_down(
    server: Server, client: ClientSession, tg: Telegram, aigerim: User
) -> None:
    form = FormData(quote_fields=False)
    form.add_field("chat_id", str(aigerim.id))
    form.add_field("document", b"%PDF", filename="есеп.pdf", content_type="application/pdf")
    async with client.post(f"{server.url}/bot{tg.token}/sendDocument", data=form) as response:
        document = (await response.json())["result"]["document"]
    path = (await tg.call("getFile", {"file_id": document["file_id"]}))["file_path"]

    async with client.get(f"{server.url}/file/bot{tg.token}/{path}") as response:
        assert await response.read() == b"%PDF"
    assert document["file_name"] == "есеп.pdf"
    async with client.get(f"{server.url}/file/bot{tg.token}/documents/gone") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b"\xff"),
        ("application/x-www-form-urlencoded", b"text=\xff"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=a", b"--a\r\n\r\nno name\r\n--a--"),
        ("multipart/form-data; boundary=a", b"not at all"),
    ],
)
async def test_bodies_that_are_not_what_they_say_are_refused(
    server: Server, client: ClientSession, tg: Telegram, kind: str, body: bytes
) -> None:
    url = f"{server.url}/bot{tg.token}/sendMessage"
    async with client.post(url, data=body, headers={"Content-Type": kind}) as response:
        assert response.status == 400
        assert (await response.json())["description"].startswith("Bad Request: ")


async def test_a_dropped_connection_has_no_answer_but_its_effect(
    server: Server, client: ClientSession, tg: Telegram, aigerim: User
) -> None:
    tg.faults.change({"drop_connection": {"left": 1}})
    params = {"chat_id": aigerim.id, "text": "жетті"}

    with pytest.raises(ClientConnectionError):
        await client.post(f"{server.url}/bot{tg.token}/sendMessage", json=params)

    assert tg.chat(aigerim.id).messages[-1]["text"] == "жетті"


async def test_an_unchanged_bot_api_client_works_with_it(
    server: Server, tg: Telegram, aigerim: User
) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with Bot(tg.token, session=session) as bot:
        tg.people.text(aigerim.id, "сәлем")
        (update,) = await bot.get_updates(timeout=1)
        sent = await bot.send_document(aigerim.id, BufferedInputFile(b"a", "a.txt"), caption="ә")
        assert sent.document is not None
        down = await bot.download(sent.document)

    assert update.message is not None
    assert update.message.text == "сәлем"
    assert down is not None
    assert down.read() == b"a"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org", ""])  # noqa: S104
async def test_other_hosts_than_loopback_need_the_flag(tg: Telegram, host: str) -> None:
    with pytest.raises(ValueError, match="not a loopback address"):
        await serve(tg, host, 0)


async def test_with_the_flag_any_host_is_served(tg: Telegram, client: ClientSession) -> None:
    server = await serve(tg, "0.0.0.0", 0, allow_any_host=True)  # noqa: S104  the flag under test
    url = f"http://127.0.0.1:{server.port}/sandbox/state"
    async with client.get(url, headers={"Host": "phones.example"}) as response:
        assert response.status == 200
    await server.close()


async def test_a_taken_port_is_told(server: Server, tg: Telegram) -> None:
    with pytest.raises(OSError, match="address already in use"):
        await serve(tg, port=server.port)


async def test_the_server_closes_while_polls_wait(tg: Telegram, client: ClientSession) -> None:
    server = await serve(tg, port=0)
    url = f"{server.url}/bot{tg.token}/getUpdates"
    poll = asyncio.ensure_future(client.post(url, json={"timeout": 50}))
    await asyncio.sleep(0.05)

    await asyncio.wait_for(server.close(), 3)

    with pytest.raises(ClientConnectionError):
        await poll


async def test_the_command_says_why_it_cannot_start() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--host", "192.0.2.7"),
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(process.communicate(), 10)

    assert process.returncode == 1
    assert said.decode().strip() == (
        "sandbox: 192.0.2.7 is not a loopback address; --any-host serves beyond this machine"
    )


async def test_the_command_prints_its_addresses_and_stops_on_a_signal() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox", "--port", "0", "--token", "7:x"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    phones = (await asyncio.wait_for(process.stdout.readline(), 10)).decode().split()
    door = (await process.stdout.readline()).decode().split()[-1]
    async with ClientSession() as client, client.get(door) as response:
        me = await response.json()
    process.terminate()

    assert await asyncio.wait_for(process.wait(), 5) == 0
    assert phones[0] == "Phones:"
    assert me["result"]["id"] == 7
