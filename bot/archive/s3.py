"""An archive in an S3-compatible store: put and delete, each request signed (AWS signature 4)."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.services.attachment_files import ArchiveError
from bot.services.clock import Clock

_ALGORITHM = "AWS4-HMAC-SHA256"
_TIMEOUT = ClientTimeout(total=60)
_DONE = range(200, 300)
_NOT_THERE = 404


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """Who signs, and for which region of the store."""

    key_id: str
    secret: str
    region: str


def authorization(
    account: Account, method: str, url: str, headers: Mapping[str, str], now: datetime
) -> str:
    """Return the Authorization header of a request without a query.

    All of `headers` are signed: `host`, `x-amz-date` and `x-amz-content-sha256` must be among them.
    """
    small = {name.lower(): " ".join(value.split()) for name, value in headers.items()}
    names = ";".join(sorted(small))
    canonical = "\n".join(
        (
            method,
            urlsplit(url).path,
            "",
            *(f"{name}:{small[name]}" for name in sorted(small)),
            "",
            names,
            small["x-amz-content-sha256"],
        )
    )
    day = now.astimezone(UTC).strftime("%Y%m%d")
    scope = f"{day}/{account.region}/s3/aws4_request"
    to_sign = "\n".join(
        (_ALGORITHM, small["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest())
    )
    key = f"AWS4{account.secret}".encode()
    for part in (day, account.region, "s3", "aws4_request", to_sign):
        key = hmac.digest(key, part.encode(), "sha256")
    return (
        f"{_ALGORITHM} Credential={account.key_id}/{scope},SignedHeaders={names},"
        f"Signature={key.hex()}"
    )


class S3Archive:
    """Files of one bucket, named in the path of the address."""

    def __init__(self, endpoint: str, bucket: str, account: Account, clock: Clock) -> None:
        self._bucket_url = f"{endpoint.rstrip('/')}/{quote(bucket)}"
        self._account = account
        self._clock = clock

    async def put(self, name: str, content: bytes) -> None:
        """Keep a file; again under its name changes nothing."""
        await self._ask("PUT", name, content)

    async def delete(self, name: str) -> None:
        """Delete a file, or nothing when it is not there."""
        await self._ask("DELETE", name, b"")

    async def _ask(self, method: str, name: str, content: bytes) -> None:
        url, now = f"{self._bucket_url}/{quote(name)}", self._clock()
        headers = {
            "host": urlsplit(url).netloc,
            "x-amz-date": now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"),
            "x-amz-content-sha256": hashlib.sha256(content).hexdigest(),
        }
        headers["Authorization"] = authorization(self._account, method, url, headers, now)
        try:
            async with (
                ClientSession(timeout=_TIMEOUT) as session,
                session.request(
                    method, url, data=content, headers=headers, allow_redirects=False
                ) as answer,
            ):
                gone = method == "DELETE" and answer.status == _NOT_THERE
                if answer.status not in _DONE and not gone:
                    raise ArchiveError(f"ARCHIVE_S3_URL: the store answers {answer.status}")
        except (ClientError, TimeoutError) as error:
            raise ArchiveError(f"ARCHIVE_S3_URL: {type(error).__name__}") from error
