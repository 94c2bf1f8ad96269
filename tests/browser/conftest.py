"""The sandbox as `make run` starts it, and a browser to open it with."""

import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

# Chromium must neither need a sandbox of its own (we may be root) nor call home.
_CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
_START_S = 60
# Other stories are told beside these: what is slow then is the machine.
_PATIENCE_S = 30
expect.set_options(timeout=_PATIENCE_S * 1_000)


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a sandbox, as the command prints it; its stories share its people."""
    folder = tmp_path_factory.mktemp("sandbox")
    environment = {
        **os.environ,
        "BOT_TOKEN": "",
        "REDIS_URL": "",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'komekshi.db'}",
        "SANDBOX_PORT": "0",
    }
    log = folder / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            (sys.executable, "-m", "bot", "sandbox"), env=environment, stdout=output, stderr=output
        ) as process,
    ):
        try:
            yield _printed_address(log, process)
        finally:
            process.terminate()


def _printed_address(log: Path, process: "subprocess.Popen[bytes]") -> str:
    patience = time.monotonic() + _START_S
    while time.monotonic() < patience and process.poll() is None:
        if found := re.search(r"http://\S+", log.read_text()):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"the sandbox printed no address:\n{log.read_text()}")


@pytest.fixture
async def browser(browser_path: str) -> AsyncIterator[Browser]:
    """A headless browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=browser_path, args=list(_CHROMIUM)
        )
        yield browser
        await browser.close()


@pytest.fixture
async def page(browser: Browser, sandbox_url: str) -> AsyncIterator[Page]:
    """The phones' page; anything the page's own code complains of fails the test."""
    page = await browser.new_page(viewport={"width": 1280, "height": 860})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    # Nothing is fetched from anywhere else.
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(sandbox_url) else complaints.append(request.url)
        ),
    )
    await page.goto(sandbox_url)
    yield page
    assert complaints == []
