"""The city in a process of its own, as the soak sees it."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing.connection import Connection
from typing import Any

from bench.soak import city
from bench.soak.city import CityPlan


class CityProcess:
    """The city as the soak sees it."""

    def __init__(self, pipe: Connection, url: str) -> None:
        self._pipe = pipe
        self.url = url

    async def wish(self, wish: str, value: float = 0.0) -> Any:  # noqa: ANN401 - as was wished
        """Ask for something and wait for the answer."""
        self._pipe.send((wish, value))
        return await asyncio.to_thread(self._pipe.recv)


@asynccontextmanager
async def city_process(plan: CityPlan) -> AsyncIterator[CityProcess]:
    """Start the city, give it, and end it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=city.main, args=(plan, theirs), daemon=True)
    process.start()
    try:
        yield CityProcess(ours, await asyncio.to_thread(ours.recv))
    finally:
        process.terminate()
        await asyncio.to_thread(process.join)
