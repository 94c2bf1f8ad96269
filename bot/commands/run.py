"""`run`: the bot on Telegram, or, without a token, in the sandbox on this machine."""

from argparse import Namespace
from importlib.util import find_spec

from bot.config import Settings
from bot.loading import load
from bot.start_error import StartError


def main(settings: Settings, args: Namespace) -> int:
    """Serve until stopped.

    Raises:
        StartError: there is neither a token nor a sandbox, or what the bot needs is not in order.
    """
    if settings.bot.token is None and find_spec("sandbox") is None:
        raise StartError(
            "BOT_TOKEN: is not set; this installation has no sandbox,"
            " so it needs the token BotFather gave"
        )
    place = "sandbox" if settings.bot.token is None else "telegram"
    code: int = load(f"bot.commands.{place}").main(settings, args)
    return code
