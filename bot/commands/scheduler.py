"""The timetable, in one of many processes."""

from argparse import Namespace

from bot.commands.serving import serve
from bot.config import Settings
from bot.processes import run_scheduler


def main(settings: Settings, _args: Namespace) -> int:
    """Serve until stopped.

    Raises:
        StartError: what the bot needs is not in order.
    """
    return serve(settings, run_scheduler)
