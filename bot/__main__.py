"""The command line: `python -m bot COMMAND`, and `run` without one."""

import os
import sys
from argparse import ArgumentParser, _SubParsersAction

from bot.config import SettingsError, load_settings
from bot.loading import load
from bot.log import configure
from bot.start_error import StartError

_CANNOT_START = 1
_WRONG_SETTINGS = 2
_INTERRUPTED = 130


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 could not, 2 wrong settings."""
    args = _parser().parse_args(argv)
    # Whatever file is made, the database and what SQLite lays beside it among them, holds people's
    # phones and names: nobody but the user of the bot reads it.
    os.umask(0o077)
    try:
        settings = load_settings()
        configure(settings.log)
        code: int = load(f"bot.commands.{args.command}").main(settings, args)
    except SettingsError as error:
        return _refuse("the settings are wrong", error, _WRONG_SETTINGS)
    except StartError as error:
        return _refuse(f"{args.command} could not be done", error, _CANNOT_START)
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code


def _refuse(what: str, error: Exception, code: int) -> int:
    print(f"komekshi: {what}:", file=sys.stderr)
    for line in str(error).splitlines():
        print(f"  {line}", file=sys.stderr)
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bot", description="Kömekshi")
    parser.set_defaults(command="run")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, purpose in {
        "run": "serve on Telegram, or in the sandbox when BOT_TOKEN is not set (the default)",
        "sandbox": "serve in a local Telegram, with phones in the browser",
        "web": "serve the webhook, as one of many processes",
        "scheduler": "keep the timetable and send notices, as one of many that takes over",
        "migrate": "bring the database up to this release",
        "claim": "a link that makes whoever opens it an admin, where no admin can be reached",
    }.items():
        commands.add_parser(name, help=purpose).set_defaults(command=name)
    backup = commands.add_parser("backup", help="the whole database into one file, while it serves")
    backup.add_argument("file", nargs="?", metavar="FILE", help="a new file; else in BACKUP_DIR")
    backup.set_defaults(command="backup")
    restore = commands.add_parser("restore", help="a backup into an empty database")
    restore.add_argument("file", metavar="FILE", help="what backup made")
    restore.add_argument(
        "--erasures", metavar="LIST", help="a list of erasures; else erasures.jsonl beside FILE"
    )
    restore.set_defaults(command="restore")
    transfer = commands.add_parser("transfer", help="everything from one database into another")
    # What is typed here stands in the list of processes, passwords and all.
    transfer.add_argument(
        "source", nargs="?", metavar="FROM_URL", help="as it is now; else TRANSFER_FROM_URL"
    )
    transfer.add_argument(
        "target", nargs="?", metavar="TO_URL", help="an empty one; else TRANSFER_TO_URL"
    )
    transfer.set_defaults(command="transfer")
    webhook = commands.add_parser("set-webhook", help="tell Telegram where to post updates")
    webhook.add_argument("--remove", action="store_true", help="have them asked for again, by run")
    webhook.set_defaults(command="set_webhook")
    audit = commands.add_parser("audit", help="the journal of changes")
    audit_commands = audit.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verify = audit_commands.add_parser("verify", help="recount the chain of the journal")
    verify.add_argument(
        "--checkpoint",
        metavar="COUNT:HEAD",
        help="what an earlier run printed: the journal must still begin with it",
    )
    verify.set_defaults(command="audit")
    _add_seed(commands)
    certificate = commands.add_parser("certificate", help="certificates as issued")
    certificate_commands = certificate.add_subparsers(
        title="commands", metavar="COMMAND", required=True
    )
    check = certificate_commands.add_parser("verify", help="tell whether a certificate is real")
    check.add_argument(
        "what", metavar="FILE-OR-CODE", help="a PDF, a number, or what the QR code says"
    )
    check.add_argument(
        "--keys", metavar="KEYS", help="what keys printed: check a QR code without the register"
    )
    check.set_defaults(command="certificate", act="verify")
    keys = certificate_commands.add_parser("keys", help="the public keys, for checking elsewhere")
    keys.set_defaults(command="certificate", act="keys")
    distrust = certificate_commands.add_parser(
        "distrust", help="after a theft: end the use of the signing key"
    )
    distrust.add_argument(
        "since", metavar="YYYY-MM-DD", help="the day of the theft, from which codes are not trusted"
    )
    distrust.set_defaults(command="certificate", act="distrust")
    return parser


def _add_seed(commands: "_SubParsersAction[ArgumentParser]") -> None:
    seed = commands.add_parser("seed", help="write an invented history, for trying and measuring")
    seed.add_argument("--assistants", type=int, default=60, help="how many (%(default)s)")
    seed.add_argument("--entries", type=int, help="how many (about one a day and assistant)")
    seed.add_argument("--days", type=int, help="how long it lasted (a month, or as entries need)")
    seed.add_argument("--seed", type=int, default=1, help="another number, another history")
    seed.add_argument(
        "--until", metavar="YYYY-MM-DDTHH:MM", help="when it ends, in the region's time (now)"
    )
    seed.set_defaults(command="seed")


if __name__ == "__main__":
    sys.exit(main())
