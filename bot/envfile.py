"""Reading `.env`: assignments out, a line for each thing in the file that is not one."""

from collections.abc import Collection
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream


def read_env_file(path: Path, known: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Return the variables of the file and its faults, one line each; no fault shows a value.

    A missing file is an empty one. Values are taken as they stand: nothing in them is substituted.
    Variables outside `known` are faults, because a misspelt name would silently mean the default.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except UnicodeDecodeError:
        return {}, [f"{path.name}: is not UTF-8 text"]
    except OSError as error:
        return {}, [f"{path.name}: cannot be read ({error.strerror})"]
    values: dict[str, str] = {}
    faults: list[str] = []
    for binding in parse_stream(StringIO(text)):
        if fault := _fault(binding, known, values):
            faults.append(f"{path.name} line {_line(binding)}: {fault}")
        elif binding.key is not None:
            values[binding.key] = binding.value or ""
    return values, faults


def _fault(binding: Binding, known: Collection[str], seen: Collection[str]) -> str | None:
    if binding.error:
        return "is not an assignment (NAME=value)"
    if binding.key is None:  # a comment or an empty line
        return None
    # A word without "=" may be a secret on a line of its own, so it is not repeated.
    if binding.value is None:
        return "is not an assignment (NAME=value)"
    if binding.key in seen:
        return f"{binding.key} is given a second time"
    if binding.key not in known:
        return f"{_shown(binding.key)} is not a setting{_suggestion(binding.key, known)}"
    return None


def _shown(name: str) -> str:
    """Return the name if it looks like one; anything else may be a value in the wrong place."""
    return name if name.isascii() and name.isidentifier() else "the name before ="


def _suggestion(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name.upper(), known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _line(binding: Binding) -> int:
    """Return the line the text itself stands on: the parser counts the blank lines before it in."""
    text = binding.original.string
    blank = text[: len(text) - len(text.lstrip())]
    return binding.original.line + blank.count("\n")
