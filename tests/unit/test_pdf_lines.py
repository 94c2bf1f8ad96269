"""Texts are broken and shrunk until they fit, and nothing of them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pdf.lines import Step, fitted

STEPS = (Step(20, 15, 1), Step(15, 10, 2), Step(10, 5, 3))


def measure(text: str) -> float:
    """Every letter is half as wide as it is high."""
    return len(text) / 2


def lines(text: str, width: float = 100, steps: tuple[Step, ...] = STEPS) -> tuple[str, ...]:
    [block] = fitted([text], measure, width, steps)
    return block.lines


def test_what_fits_stays_on_one_line_at_full_size() -> None:
    [block] = fitted(["abcdefghij"], measure, 100, STEPS)
    assert (block.lines, block.size) == (("abcdefghij",), 20)


def test_a_text_first_shrinks_then_breaks() -> None:
    assert lines("abcdef ghijk") == ("abcdef ghijk",)
    assert lines("abcdef ghijklmnop") == ("abcdef", "ghijklmnop")


def test_lines_are_about_as_long_as_each_other() -> None:
    assert lines("a bb ccc dddd eeeee f", steps=(Step(15, 10, 2),)) == ("a bb ccc", "dddd eeeee f")
    assert lines("aaaa bbbb cccc dddd eeee ffff", steps=(Step(10, 5, 2),)) == (
        "aaaa bbbb cccc",
        "dddd eeee ffff",
    )


def test_words_break_at_spaces_before_hyphens() -> None:
    assert lines("abcdefg-hijk lmno") == ("abcdefg-hijk", "lmno")


def test_a_double_barrelled_name_breaks_after_its_hyphen() -> None:
    assert lines("abcdefghijkl-mnopqrstuvwx") == ("abcdefghijkl-", "mnopqrstuvwx")


def test_one_endless_word_breaks_anywhere() -> None:
    assert lines("x" * 60) == ("x" * 20,) * 3


def test_texts_beside_each_other_have_one_size() -> None:
    short, long = fitted(["ab", "abcdef ghijklmnop"], measure, 100, STEPS)
    assert short.size == long.size < 20
    assert len(short.lines) == 1


@given(
    st.lists(st.text("aЩ -—", max_size=300), min_size=1, max_size=3),
    st.floats(1, 500),
    st.lists(st.builds(Step, st.floats(6, 40), st.floats(2, 6), st.integers(1, 4)), min_size=1),
)
def test_nothing_overflows_and_nothing_is_lost(
    texts: list[str], width: float, steps: list[Step]
) -> None:
    blocks = fitted(texts, measure, width, steps)
    for text, block in zip(texts, blocks, strict=True):
        assert len(block.lines) <= max(step.lines for step in steps)
        assert all(measure(line) * block.size <= width * 1.000001 for line in block.lines)
        assert "".join(block.lines).replace(" ", "") == text.replace(" ", "")


def test_no_width_at_all_is_an_error_and_no_endless_search() -> None:
    with pytest.raises(ValueError, match="width"):
        fitted(["a"], measure, 0, STEPS)
