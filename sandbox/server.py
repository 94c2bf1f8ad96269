"""The HTTP door: a Bot API for any client, and the phones' page."""

import asyncio
import contextlib
from collections.abc import Sequence

from aiohttp import web

from sandbox.bodies import BODY_LIMIT, read_body
from sandbox.delivery import PAUSES_S, WebhookSender
from sandbox.errors import ApiError, BrokenAnswerError, ConnectionDroppedError, not_found
from sandbox.hosts import is_loopback
from sandbox.page_api import TELEGRAM, page_routes
from sandbox.telegram import TOKEN, Telegram
from sandbox.wire import failure, success

SHUTDOWN_S = 0.2


class Server:
    """A running server. `url` has no slash at its end."""

    def __init__(self, runner: web.AppRunner, sender: asyncio.Task[None], host: str) -> None:
        self._runner = runner
        self._sender = sender
        self.port: int = runner.addresses[0][1]
        self.url = f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    async def close(self) -> None:
        """Stop serving and delivering. An error that ended the delivery comes out here."""
        await self._runner.cleanup()
        self._sender.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._sender


async def serve(
    tg: Telegram,
    host: str = "127.0.0.1",
    port: int = 8081,
    *,
    allow_any_host: bool = False,
    webhook_pauses_s: Sequence[float] = PAUSES_S,
) -> Server:
    """Serve the Bot API door and the page; port 0 picks a free one.

    Raises:
        ValueError: the host is not a loopback one and `allow_any_host` is off.
        OSError: the port is taken.
    """
    if not allow_any_host and not is_loopback(host):
        raise ValueError(f"{host} is not a loopback address")
    app = web.Application(client_max_size=BODY_LIMIT)
    app[TELEGRAM] = tg
    app.router.add_route("*", "/bot{token}/{method}", bot_api)
    app.router.add_get("/file/bot{token}/{path:.+}", download)
    app.add_routes(page_routes(allow_any_host=allow_any_host))
    runner = web.AppRunner(
        app, shutdown_timeout=SHUTDOWN_S, handler_cancellation=True, access_log=None
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    sender = asyncio.create_task(WebhookSender(tg, webhook_pauses_s).run(), name="webhook sender")
    return Server(runner, sender, host)


async def bot_api(request: web.Request) -> web.StreamResponse:
    """Do one call of a Bot API client."""
    tg = request.app[TELEGRAM]
    try:
        check_token(tg, request.match_info["token"])
        params, files = await read_body(request.headers, request.content)
        result = await tg.call(request.match_info["method"], {**request.query, **params}, files)
    except ApiError as error:
        return web.json_response(failure(error), status=error.code)
    except BrokenAnswerError as error:
        return web.Response(status=error.status, text=error.body, content_type="text/html")
    except ConnectionDroppedError:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    return web.json_response(success(result))


async def download(request: web.Request) -> web.Response:
    """Hand out a file that `getFile` named."""
    tg = request.app[TELEGRAM]
    try:
        check_token(tg, request.match_info["token"])
        file = tg.files.by_path(request.match_info["path"])
        if file is None:
            raise not_found()
    except ApiError as error:
        return web.json_response(failure(error), status=error.code)
    return web.Response(body=file.data, content_type="application/octet-stream")


def check_token(tg: Telegram, token: str) -> None:
    """Let only the one bot in.

    Raises:
        ApiError: 401, somebody else's token; 404, no token at all.
    """
    if token == tg.token:
        return
    if TOKEN.fullmatch(token):
        raise ApiError(401, "Unauthorized")
    raise not_found()
