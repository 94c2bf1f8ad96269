"""`set-webhook`: tell Telegram where to post updates, or that they will be asked for."""

import asyncio
from argparse import Namespace

from bot.config import Settings
from bot.processes import set_webhook


def main(settings: Settings, args: Namespace) -> int:
    """Tell it and print what was told.

    Raises:
        StartError: the settings name no webhook, or Telegram refuses it.
    """
    asyncio.run(set_webhook(settings, remove=args.remove))
    print("updates will be asked for" if args.remove else "updates will be posted to the webhook")
    return 0
