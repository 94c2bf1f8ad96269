"""What answers HTTP: the public page, the door for updates, the pages of operators."""

from bot.web.ops import OpsPages
from bot.web.public import PublicPages
from bot.web.site import site
from bot.web.webhook import PATH, WebhookDoor

__all__ = ["PATH", "OpsPages", "PublicPages", "WebhookDoor", "site"]
