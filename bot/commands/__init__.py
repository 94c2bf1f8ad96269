"""The commands of `python -m bot`, one module each: `main(settings, args)` returns the exit code.

`bot/__main__.py` imports the module of the command it runs and no other, so that a migration does
not wait for aiogram.
"""

from bot.start_error import StartError

__all__ = ["StartError"]
