"""The public number of an assistant: ``39-00127-0``.

Region prefix, sequence of at least five digits, and a check digit by H. M. Damm's algorithm
("Total anti-symmetrische Quasigruppen", 2004), which finds every single wrong digit and every
swap of neighbours, so that a mistyped number is refused instead of naming somebody else.
"""

import re

from stdnum import damm

_FORM = re.compile(r"(\d{2})-(\d{5,})-(\d)", re.ASCII)


def format_number(prefix: str, sequence: int) -> str:
    """Return the number with its check digit, e.g. ``format_number("39", 127)``."""
    body = f"{prefix}{sequence:05d}"
    return f"{prefix}-{body[len(prefix) :]}-{damm.calc_check_digit(body)}"


def is_well_formed(number: str) -> bool:
    """Tell whether the text has the form of a service number and its check digit fits."""
    match = _FORM.fullmatch(number)
    return match is not None and bool(damm.is_valid("".join(match.groups())))
