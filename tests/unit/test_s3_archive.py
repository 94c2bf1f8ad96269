"""The S3-compatible store: each request signed as the store itself would sign it."""

import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiohttp import web

from bot.archive.s3 import Account, S3Archive, authorization
from bot.services.attachment_files import ArchiveError

NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
NAME, SECRET = "a" * 64, "open-sesame"
# The example of the documentation of the signature: GET of an object.
EXAMPLE = Account("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")


def test_the_signature_is_that_of_the_published_example() -> None:
    empty = hashlib.sha256(b"").hexdigest()
    headers = {
        "Host": "examplebucket.s3.amazonaws.com",
        "Range": "bytes=0-9",
        "x-amz-content-sha256": empty,
        "x-amz-date": "20130524T000000Z",
    }

    signed = authorization(
        EXAMPLE,
        "GET",
        "https://examplebucket.s3.amazonaws.com/test.txt",
        headers,
        datetime(2013, 5, 24, tzinfo=UTC),
    )

    assert signed == (
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


@dataclass
class Store:
    """A store on this machine that works out each signature anew, from what really came."""

    secret: str = SECRET
    objects: dict[str, bytes] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)

    async def hear(self, request: web.Request) -> web.Response:
        body = await request.read()
        status = (
            403 if not self.genuine(request, body) else self.answers.pop() if self.answers else 0
        )
        if status:
            return web.Response(status=status)
        if request.method == "PUT":
            self.objects[request.path] = body
            return web.Response()
        known = self.objects.pop(request.path, None)
        return web.Response(status=204 if known is not None else 404)

    def genuine(self, request: web.Request, body: bytes) -> bool:
        given = request.headers["Authorization"]
        scope = given.partition("Credential=")[2].partition(",")[0]
        _, day, region, service, end = scope.split("/")
        names = given.partition("SignedHeaders=")[2].partition(",")[0]
        lines = [request.method, request.raw_path, ""]
        lines += [f"{name}:{request.headers[name]}" for name in names.split(";")]
        digest = hashlib.sha256(body).hexdigest()
        canonical = "\n".join([*lines, "", names, digest])
        text = "\n".join(
            [
                "AWS4-HMAC-SHA256",
                request.headers["x-amz-date"],
                f"{day}/{region}/{service}/{end}",
                hashlib.sha256(canonical.encode()).hexdigest(),
            ]
        )
        key = b"AWS4" + self.secret.encode()
        for part in (day, region, service, end):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return given.endswith(f"Signature={wanted}") and "host" in names


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
async def url(store: Store) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", store.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    await runner.cleanup()


def archive(url: str, secret: str = SECRET) -> S3Archive:
    return S3Archive(url, "files", Account("key", secret, "kz-1"), lambda: NOW)


async def test_a_file_is_put_and_deleted_and_both_may_be_repeated(store: Store, url: str) -> None:
    for _ in range(2):
        await archive(url).put(NAME, b"content")
    assert store.objects == {f"/files/{NAME}": b"content"}

    for _ in range(2):
        await archive(url).delete(NAME)
    assert store.objects == {}


async def test_a_wrong_secret_is_told_without_it(store: Store, url: str) -> None:
    with pytest.raises(ArchiveError, match="the store answers 403") as caught:
        await archive(url, "another").put(NAME, b"content")

    assert "another" not in str(caught.value)
    assert store.objects == {}


@pytest.mark.parametrize("status", [301, 404, 500, 503])
async def test_a_store_that_refuses_is_told(store: Store, url: str, status: int) -> None:
    store.answers = [status]

    with pytest.raises(ArchiveError, match=f"answers {status}"):
        await archive(url).put(NAME, b"content")


async def test_a_store_that_is_not_there_is_told() -> None:
    with pytest.raises(ArchiveError, match="ARCHIVE_S3_URL"):
        await archive("http://127.0.0.1:1").put(NAME, b"content")


def test_h4_an_account_shows_no_secret() -> None:
    assert "wJalr" not in repr(EXAMPLE)
