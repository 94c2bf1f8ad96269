"""Ten minutes of faults: a bot of many processes, people who ask, and a check of every effect.

See docs/soak.md.
"""

from bench.soak.command import main

__all__ = ["main"]
