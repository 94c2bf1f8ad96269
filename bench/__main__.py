"""The command line: `python -m bench NAME` runs one measurement."""

import sys
from argparse import ArgumentParser
from importlib import import_module

_BENCHES = {
    "certificates": "certificates per second, over bare reportlab drawing the same page",
    "digest": "one evening's digests of all districts, over one grouped query (has flags)",
    "fanout": "a notice to everybody over Telegram's limit, answers meanwhile (has flags)",
    "soak": "ten minutes of kills and outages with many processes: is anything lost? (has flags)",
    "sheets": "how long the loop stands still while 50 certificates are asked for at once",
    "update": "the start of a shift, over bare aiogram with the same statements (has flags)",
}
_WITH_FLAGS = {"digest", "fanout", "soak", "update"}


def main() -> int:
    """Run the measurement named on the command line and return its exit code."""
    parser = ArgumentParser(prog="python -m bench", description=__doc__)
    benches = parser.add_subparsers(dest="bench", metavar="NAME", required=True)
    for name, purpose in _BENCHES.items():
        benches.add_parser(name, help=purpose, add_help=name not in _WITH_FLAGS)
    args, flags = parser.parse_known_args()
    bench = args.bench
    if flags and bench not in _WITH_FLAGS:
        parser.error(f"{bench} takes no flags")
    code: int = import_module(f"bench.{bench}").main()
    return code


if __name__ == "__main__":
    sys.exit(main())
