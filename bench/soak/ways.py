"""Ways between the parts of a soak: a balancer over web processes, a gate to the database."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import ClientConnectionError, ClientSession, ClientTimeout, web

_PASSED_ON = ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
_AWAITED_S = 60.0


@asynccontextmanager
async def balancer(ports: Sequence[int]) -> AsyncIterator[int]:
    """Spread posts over the ports in turn, passing over those where nobody answers; give a port.

    A process that dies over a post leaves it to the next: it bears to be asked twice.
    """
    turn = itertools.count()
    async with ClientSession(timeout=ClientTimeout(total=_AWAITED_S)) as client:

        async def pass_on(request: web.Request) -> web.Response:
            body = await request.read()
            headers = {
                name: request.headers[name] for name in _PASSED_ON if name in request.headers
            }
            first = next(turn)
            for place in range(len(ports)):
                url = f"http://127.0.0.1:{ports[(first + place) % len(ports)]}{request.path}"
                try:
                    async with client.post(url, data=body, headers=headers) as response:
                        return web.Response(status=response.status, body=await response.read())
                except ClientConnectionError:
                    continue
            return web.Response(status=502)

        app = web.Application()
        app.router.add_post("/{path:.*}", pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            yield runner.addresses[0][1]
        finally:
            await runner.cleanup()


class Gate:
    """A way to a server on TCP that can be shut: then every connection breaks, and none opens."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._there = port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Transport] = set()
        self.port = 0

    async def open(self) -> None:
        """Let connections through, at the same port each time."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Near(self), "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            self._server.close()
        for transport in tuple(self._open):
            transport.abort()

    async def reach(self, near: "_Near") -> asyncio.Transport:
        """Connect to the server behind the gate."""
        loop = asyncio.get_running_loop()
        far, _ = await loop.create_connection(lambda: _Far(self, near), self._host, self._there)
        return far

    def note(self, transport: asyncio.Transport) -> None:
        """Know a connection, to be able to break it."""
        self._open.add(transport)

    def forget(self, transport: asyncio.Transport | None) -> None:
        """Know a connection no more."""
        if transport is not None:
            self._open.discard(transport)


class _Half(asyncio.Protocol):
    """One side of a connection through the gate: what comes goes to the other side."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self.own: asyncio.Transport | None = None
        self.other: asyncio.Transport | None = None
        self._early = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self.own = transport
        self._gate.note(transport)

    def data_received(self, data: bytes) -> None:
        if self.other is None:
            self._early += data
        else:
            self.other.write(data)

    def connection_lost(self, _error: Exception | None) -> None:
        self._gate.forget(self.own)
        if self.other is not None:
            self.other.close()

    def join(self, other: asyncio.Transport) -> None:
        """Pass on what came before the other side was there, and all that comes."""
        self.other = other
        if self._early:
            other.write(bytes(self._early))
            self._early.clear()


class _Near(_Half):
    """The side of whoever connects."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._reaching = asyncio.ensure_future(self._gate.reach(self))
        self._reaching.add_done_callback(self._reached)

    def _reached(self, reaching: "asyncio.Future[asyncio.Transport]") -> None:
        if reaching.cancelled() or reaching.exception() is not None:
            if self.own is not None:
                self.own.abort()
            return
        self.join(reaching.result())


class _Far(_Half):
    """The side of the server."""

    def __init__(self, gate: Gate, near: _Near) -> None:
        super().__init__(gate)
        self._near = near

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if self._near.own is not None:
            self.join(self._near.own)
