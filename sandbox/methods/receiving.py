"""Methods about how updates reach the bot."""

import re
from typing import TYPE_CHECKING

from sandbox.errors import bad_request
from sandbox.hosts import is_loopback, scheme_and_host
from sandbox.model import Json, Request
from sandbox.updates import DEFAULT_CONNECTIONS, Webhook

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

MOST_CONNECTIONS = 100
_SECRET = re.compile(r"[\w-]+", re.ASCII)


def set_webhook(tg: "Telegram", request: Request) -> bool:
    """Have updates posted to an address; unlike Telegram's, it is a loopback one, http or https."""
    p = request.params
    if not p["url"]:
        return delete_webhook(tg, request)
    scheme, host = scheme_and_host(p["url"])
    if scheme not in ("http", "https") or not host:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if not is_loopback(host):
        raise bad_request("bad webhook: the sandbox delivers to loopback addresses only")
    secret = p.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if "allowed_updates" in p:
        tg.updates.allowed = list(p["allowed_updates"])
    _drop_if_asked(tg, p)
    tg.updates.webhook = Webhook(p["url"], secret, _connections(p))
    tg.updates.arrivals.bump()
    return True


def delete_webhook(tg: "Telegram", request: Request) -> bool:
    """Return to long polling."""
    _drop_if_asked(tg, request.params)
    tg.updates.webhook = Webhook()
    tg.updates.arrivals.bump()
    return True


def get_webhook_info(tg: "Telegram", _: Request) -> Json:
    """Return where updates go and how it fares."""
    webhook = tg.updates.webhook
    answer: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(tg.updates.pending),
    }
    if webhook.url:
        answer["max_connections"] = webhook.max_connections
    if webhook.last_error_at:
        answer["last_error_date"] = int(webhook.last_error_at.timestamp())
        answer["last_error_message"] = webhook.last_error
    if tg.updates.allowed:
        answer["allowed_updates"] = tg.updates.allowed
    return answer


def log_out(_: "Telegram", __: Request) -> bool:
    """Leave the cloud server: here, a polite nothing."""
    return True


def close(_: "Telegram", __: Request) -> bool:
    """Close the bot before it moves to another server: here, a polite nothing."""
    return True


def _connections(params: Json) -> int:
    """Return how many updates are posted at once; a number out of bounds becomes the nearest."""
    wanted: int = params.get("max_connections", DEFAULT_CONNECTIONS)
    return min(max(wanted, 1), MOST_CONNECTIONS)


def _drop_if_asked(tg: "Telegram", params: Json) -> None:
    if params.get("drop_pending_updates"):
        tg.updates.keep_latest(0)
