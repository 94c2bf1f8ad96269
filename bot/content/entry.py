"""What all entries of a content pack share.

The description of each field is what its author is told when the field is wrong.
"""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Entry(BaseModel):
    """A part of a pack: it never changes, and a field with a misspelt name is an error.

    `unique` names (table, field) pairs: no two rows of the table share the value of the field.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    unique: ClassVar[tuple[tuple[str, str], ...]] = ()


def one_line(text: str) -> str:
    """Return the text.

    Raises:
        ValueError: it has more than one line, or a character nobody can see.
    """
    if not text.isprintable():
        raise ValueError("a name is one line of printable characters")
    return text


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=60),
    AfterValidator(one_line),
]
Code = Annotated[str, StringConstraints(pattern=r"\A[a-z][a-z0-9-]{1,30}\z")]
# Fits into the data of a button beside other codes and numbers.
ShortCode = Annotated[str, StringConstraints(pattern=r"\A[a-z][a-z0-9-]{1,11}\z")]
SHORT_CODE = "a short code of 2 to 12 small Latin letters, digits and hyphens"

Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=240),
    AfterValidator(one_line),
]

# With a heading and a note it must stay within one message of Telegram, 4096 UTF-16 units.
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1500)]


class Spoken(Entry):
    """The same in three languages."""

    kk: str
    ru: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return what stands for `kk`, `ru` or `en`.

        Raises:
            KeyError: the language is another one.
        """
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


class Names(Spoken):
    """One name in the three languages; `names["kk"]` picks one."""

    kk: Name = Field(description="the name in Kazakh, one line of at most 60 characters")
    ru: Name = Field(description="the name in Russian, one line of at most 60 characters")
    en: Name = Field(description="the name in English, one line of at most 60 characters")


class Statement(Spoken):
    """One text of several lines in the three languages; plain words, no markup."""

    kk: Words = Field(description="the text in Kazakh, at most 1500 characters")
    ru: Words = Field(description="the text in Russian, at most 1500 characters")
    en: Words = Field(description="the text in English, at most 1500 characters")


class Sentences(Spoken):
    """One line in the three languages, longer than a name."""

    kk: Sentence = Field(description="one line in Kazakh, at most 240 characters")
    ru: Sentence = Field(description="one line in Russian, at most 240 characters")
    en: Sentence = Field(description="one line in English, at most 240 characters")


class Listed(Entry):
    """One row of a list people choose from. Its code is what the bot remembers."""

    code: ShortCode = Field(description=SHORT_CODE)
    names: Names = Field(description="names.kk, names.ru and names.en")


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Row = TypeVar("_Row", bound=_Coded)


def find(rows: Iterable[_Row], code: str) -> _Row | None:
    """Return the row with this code, or None."""
    return next((row for row in rows if row.code == code), None)
