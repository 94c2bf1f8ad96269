"""The words that invented people and their work are made of, from the content pack."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.content.entry import Code, Entry, Name, Sentence
from bot.content.reading import ContentError, Faults, read_part
from bot.i18n import LANGUAGES

FILE = "demo-history.toml"

_Language = Annotated[str, StringConstraints(pattern=r"\A(kk|ru|en)\z")]
_Paper = Annotated[str, StringConstraints(pattern=r"\A(training|service|thanks)\z")]
_Names = Annotated[tuple[Name, ...], Field(strict=False, min_length=1)]
# Of a man and of a woman.
_Surname = Annotated[tuple[Name, Name], Field(strict=False)]
_Sentences = Annotated[tuple[Sentence, ...], Field(strict=False, min_length=1)]
_Shares = Annotated[dict[Code, Annotated[int, Field(gt=0)]], Field(min_length=1)]

_SOME_NAMES = "a list of names"
_SOME = "a list of sentences, at least one"


class NameParts(Entry):
    """Of what full names are put together."""

    surnames: Annotated[tuple[_Surname, ...], Field(strict=False, min_length=1)] = Field(
        description="a list of surnames, each as a man and as a woman bears it"
    )
    men: _Names = Field(description=_SOME_NAMES)
    women: _Names = Field(description=_SOME_NAMES)


class Phrases(Entry):
    """What people write, in one language."""

    areas: _Sentences = Field(description=_SOME)
    events: _Sentences = Field(description=_SOME)
    trainings: _Sentences = Field(description=_SOME)
    officers: _Sentences = Field(description=_SOME)
    adults: _Sentences = Field(description=_SOME)
    actions: _Sentences = Field(description=_SOME)
    notes: _Sentences = Field(description=_SOME)
    returned: _Sentences = Field(description=_SOME)
    rejected: _Sentences = Field(description=_SOME)
    withdrawn: _Sentences = Field(description=_SOME)
    corrections: _Sentences = Field(description=_SOME)
    suspended: _Sentences = Field(description=_SOME)
    dismissed: _Sentences = Field(description=_SOME)
    refused: _Sentences = Field(description=_SOME)
    revoked: _Sentences = Field(description=_SOME)


class BasisWords(Entry):
    """Why a certificate is given, as it is printed."""

    kk: Sentence = Field(description="the basis in Kazakh, one line")
    ru: Sentence = Field(description="the basis in Russian, one line")


class SampleWords(Entry):
    """``demo-history.toml`` of a content pack; a share is a part of the sum of its table."""

    shares: _Shares = Field(description="codes of districts with whole numbers")
    kinds: _Shares = Field(description="codes of activity kinds with whole numbers")
    languages: dict[_Language, Annotated[int, Field(gt=0)]] = Field(
        description="kk, ru and en with whole numbers", min_length=1
    )
    names: dict[_Language, NameParts] = Field(description="names.kk, names.ru and names.en")
    phrases: dict[_Language, Phrases] = Field(description="phrases.kk, phrases.ru and phrases.en")
    basis: dict[_Paper, BasisWords] = Field(
        description="basis.training, basis.service and basis.thanks"
    )

    def faults(self) -> Faults:
        """Find tables that not everybody has words in."""
        for language in LANGUAGES:
            for table in ("names", "phrases"):
                if language not in getattr(self, table):
                    yield (table,), f"must have {table}.{language}"
        for kind in ("training", "service", "thanks"):
            if kind not in self.basis:
                yield ("basis",), f"must have basis.{kind}"


def read_sample_words(pack: Path) -> SampleWords:
    """Return the words of a region's pack.

    Raises:
        ContentError: the file is missing or wrong.
    """
    faults: list[str] = []
    words = read_part(pack, FILE, SampleWords, faults, check=SampleWords.faults)
    if words is None:
        raise ContentError(faults)
    return words
