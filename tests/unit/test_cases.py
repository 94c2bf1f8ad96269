"""Every case of the catalogue of faults has a test with its id in the name, or a reason why not."""

import re
from pathlib import Path

TESTS = Path("tests")
NOT_BUILT = {
    "B15": "no sums are stored: figures are read from the rows each time",
    "G6": "there is no mini app, so no init data",
}


def test_every_case_is_in_the_name_of_a_test_or_is_not_built() -> None:
    lines = (TESTS / "cases.txt").read_text(encoding="utf-8").splitlines()
    cases = {case for line in lines if not line.startswith("#") for case in line.split()}
    names = [
        name
        for path in TESTS.rglob("test_*.py")
        for name in re.findall(r"def test_(\w+)", path.read_text(encoding="utf-8"))
    ]
    named = {
        word.upper()
        for name in names
        for word in name.split("_")
        if re.fullmatch(r"[a-j]\d+", word)
    }

    assert cases - named == set(NOT_BUILT)
    assert named <= cases
