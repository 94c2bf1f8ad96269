"""An operator's machine: it asks the pages of a bot over HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import ClientResponse, ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.web import OpsPages, site
from tests.town import Town

LATE = timedelta(seconds=120)


class Operator:
    """Asks the pages of one process."""

    def __init__(self, client: ClientSession, url: str) -> None:
        self._client = client
        self._url = url

    async def ask(self, path: str) -> tuple[int, str]:
        """Return status and body."""
        answer, body = await self.look(path)
        return answer.status, body

    async def look(self, path: str, method: str = "GET") -> tuple[ClientResponse, str]:
        """Return the whole answer."""
        async with self._client.request(method, self._url + path) as answer:
            return answer, await answer.text()

    async def checks(self) -> dict[str, str]:
        """Return what each check of readiness says; the status must agree."""
        status, body = await self.ask("/readyz")
        checks = dict(line.split(" ") for line in body.splitlines())
        assert status == (200 if set(checks.values()) == {"ok"} else 503)
        return checks

    async def figures(self) -> dict[str, float]:
        """Return every sample by its name and labels, as in ``name{label=value}``."""
        status, body = await self.ask("/metrics")
        assert status == 200
        return {
            f"{sample.name}{{{','.join(f'{k}={v}' for k, v in sorted(sample.labels.items()))}}}"
            if sample.labels
            else sample.name: sample.value
            for family in text_string_to_metric_families(body)
            for sample in family.samples
        }


@asynccontextmanager
async def watching(town: Town, *, fresh_s: float = 0.0) -> AsyncIterator[Operator]:
    """Serve the pages of the town's bot; every answer is new unless said otherwise."""
    pages = OpsPages(town.house.services.health, town.app.metrics, LATE, fresh_s=fresh_s)
    async with site(pages.app(), "127.0.0.1", 0, "OPS_PORT") as port, ClientSession() as client:
        yield Operator(client, f"http://127.0.0.1:{port}")
