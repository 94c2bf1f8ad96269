"""Searching the handbook by a few typed words, some of their letters wrong."""

import math
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

# What one letter is typed as on a keyboard without it, and letters people mix up.
_KEYS: Final = {
    "SCHWA": "A",
    "GHE WITH STROKE": "GHE",
    "KA WITH DESCENDER": "KA",
    "EN WITH DESCENDER": "EN",
    "BARRED O": "O",
    "STRAIGHT U": "U",
    "STRAIGHT U WITH STROKE": "U",
    "SHHA": "HA",
    "BYELORUSSIAN-UKRAINIAN I": "I",
    "YERU": "I",
    "SHORT I": "I",
    "IO": "IE",
    "E": "IE",
}
_TYPED_AS: Final = str.maketrans(
    {
        unicodedata.lookup(f"CYRILLIC SMALL LETTER {letter}"): unicodedata.lookup(
            f"CYRILLIC SMALL LETTER {key}"
        )
        for letter, key in _KEYS.items()
    }
)
_WORD: Final = re.compile(r"[^\W_]+")

_TITLE, _WORDS, _TEXT = 4.0, 3.0, 1.0
_OTHER_LANGUAGE: Final = 0.7
# A word of the texts that is not rare says nothing: "may", "you".
_WORTH_SHOWING: Final = 2.5
# What is far behind the best hit is noise beside it.
_NEAR_THE_BEST: Final = 0.4

# Two letters begin too many words to mean one of them.
_SHORTEST_ROOT: Final = 3
# From this length on a word bears two slips.
_LONG: Final = 7

_LONGEST_QUERY: Final = 200
_MOST_WORDS: Final = 8
_LONGEST_WORD: Final = 30


@dataclass(frozen=True, slots=True)
class Searchable:
    """A situation as the search sees it: each part by language."""

    code: str
    title: Mapping[str, str]
    words: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word stands: in which situation, in which language, and what that is worth."""

    situation: int
    language: str
    worth: float


class HandbookSearch:
    """An index of situations, built with the first search; one takes a few milliseconds."""

    def __init__(self, situations: Sequence[Searchable]) -> None:
        self._situations = situations
        self._codes = [situation.code for situation in situations]

    @cached_property
    def _places(self) -> dict[str, list[_Place]]:
        places: dict[str, list[_Place]] = defaultdict(list)
        for number, situation in enumerate(self._situations):
            for word, place in _places_in(situation, number):
                places[word].append(place)
        return places

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._places)

    @cached_property
    def _by_root(self) -> dict[str, list[str]]:
        by_root: dict[str, list[str]] = defaultdict(list)
        for word in self._vocabulary:
            by_root[_root(word)].append(word)
        return by_root

    def search(self, typed: str, language: str, limit: int = 6) -> list[str]:
        """Return codes of the situations the words are about, best first; none is an answer too.

        Words of the other languages are understood, but count for less.
        """
        total: dict[int, float] = defaultdict(float)
        words = list(dict.fromkeys(folded_words(typed[:_LONGEST_QUERY])))[:_MOST_WORDS]
        for word in words:
            found: dict[int, float] = defaultdict(float)
            for known, likeness in self._alike(word[:_LONGEST_WORD]):
                for place in self._places[known]:
                    own = 1.0 if place.language == language else _OTHER_LANGUAGE
                    worth = likeness * place.worth * own
                    found[place.situation] = max(found[place.situation], worth)
            rarity = math.log((len(self._codes) + 1) / len(found)) if found else 0.0
            for situation, worth in found.items():
                total[situation] += worth * rarity
        best = max(total.values(), default=0.0)
        enough = max(_WORTH_SHOWING, best * _NEAR_THE_BEST)
        ranked = sorted(total, key=lambda situation: (-total[situation], situation))
        shown = takewhile(lambda situation: total[situation] >= enough, ranked)
        return [self._codes[situation] for situation in shown][:limit]

    def _alike(self, word: str) -> list[tuple[str, float]]:
        """Return known words that may be meant, with how like they are, 0 to 1.

        Wrong letters are looked for only when no form of the word itself is known.
        """
        return list(self._forms(word)) or list(self._misspelt(word))

    def _forms(self, word: str) -> Iterator[tuple[str, float]]:
        """Find the word itself, words it begins, and other endings of it."""
        if word in self._places:
            yield word, 1.0
        if len(word) < _SHORTEST_ROOT:
            return
        head = word[:_SHORTEST_ROOT]
        for position in range(bisect_left(self._vocabulary, head), len(self._vocabulary)):
            known = self._vocabulary[position]
            if not known.startswith(head):
                return
            if known != word and (likeness := _same_beginning(word, known)):
                yield known, likeness

    def _misspelt(self, word: str) -> Iterator[tuple[str, float]]:
        """Find words from which one or two letters are missing, wrong, swapped or too many."""
        if len(word) <= _SHORTEST_ROOT:
            # Three letters with a wrong one are any word.
            return
        for known, errors in _near(word, self._vocabulary):
            yield known, 0.8 - 0.15 * errors
        for root, errors in _near(_root(word), list(self._by_root)):
            for known in self._by_root[root]:
                yield known, 0.6 - 0.15 * errors


def _places_in(situation: Searchable, number: int) -> Iterator[tuple[str, _Place]]:
    parts = ((situation.title, _TITLE), (situation.words, _WORDS), (situation.text, _TEXT))
    for part, worth in parts:
        # The shortest words of a text carry no meaning: "in", "of", "if".
        shortest = _SHORTEST_ROOT if worth == _TEXT else 2
        for language, text in part.items():
            for word in set(folded_words(text)):
                if len(word) >= shortest:
                    yield word, _Place(number, language, worth)


def folded_words(text: str) -> list[str]:
    """Return the words of a text as the search compares them.

    Without case, Kazakh letters as the Russian keys they are typed with, and without the
    difference between letters that are mixed up.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TYPED_AS)
    return _WORD.findall(plain)


def _root(word: str) -> str:
    """Return about what is left of a word without its endings."""
    return word[: max(_SHORTEST_ROOT + 1, math.ceil(len(word) * 0.6))]


def _same_beginning(word: str, known: str) -> float:
    """Tell how like two words are that begin alike; 0 when they only happen to."""
    shorter, longer = sorted((len(word), len(known)))
    shared = next((i for i in range(shorter) if word[i] != known[i]), shorter)
    if shared == len(word):
        # Typed so far; three letters begin words of many kinds.
        return 0.85 if shared > _SHORTEST_ROOT else 0.6
    # The other is known with another ending; endings of Kazakh are long.
    if shared >= longer * (0.4 if shared == len(known) else 0.5) and shared >= _SHORTEST_ROOT:
        return 0.3 + 0.6 * shared / longer
    return 0.0


def _near(word: str, known: Sequence[str]) -> list[tuple[str, int]]:
    most = 1 if len(word) < _LONG else 2
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(choice, errors) for choice, errors, _ in found]
