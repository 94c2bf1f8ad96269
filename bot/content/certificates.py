"""certificates.toml: what stands on certificates and letters of thanks."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationInfo

from bot.content.entry import Entry, Name, Names, Sentence, one_line
from bot.content.png import png_size

CertificateKind: TypeAlias = Literal["briefing", "training", "service", "thanks"]
KINDS: Final[tuple[CertificateKind, ...]] = get_args(CertificateKind)

# Printed 18 mm high, this is 600 dots to the inch; the sheet stays small enough to be sent around.
_LOGO_PIXELS: Final = 480
_LOGO_BYTES: Final = 40 * 1024
_LOGO_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}\.png", re.ASCII)

_Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=30),
    AfterValidator(one_line),
]


class Title(Entry):
    """The word in large letters at the head of the sheet."""

    kk: _Title = Field(description="the title in Kazakh, one line of at most 30 characters")
    ru: _Title = Field(description="the title in Russian, one line of at most 30 characters")


class OnPaper(Entry):
    """A line of the sheet in its two languages."""

    kk: Sentence = Field(description="one line in Kazakh, at most 240 characters")
    ru: Sentence = Field(description="one line in Russian, at most 240 characters")


class Labels(Entry):
    """The words beside what differs from sheet to sheet."""

    number: OnPaper = Field(description="labels.number.kk and labels.number.ru")
    assistant: OnPaper = Field(description="labels.assistant.kk and labels.assistant.ru")
    basis: OnPaper = Field(description="labels.basis.kk and labels.basis.ru")
    issued_on: OnPaper = Field(description="labels.issued_on.kk and labels.issued_on.ru")
    expires_on: OnPaper = Field(description="labels.expires_on.kk and labels.expires_on.ru")
    signature: OnPaper = Field(description="labels.signature.kk and labels.signature.ru")


class Sheet(Entry):
    """The words of one kind. `names` is shown to people, the rest stands on paper.

    `valid_months` is how long it holds; without it, for good. A briefing holds as long as its pass.
    """

    names: Names = Field(description="names.kk, names.ru and names.en")
    title: Title = Field(description="title.kk and title.ru")
    subtitle: OnPaper | None = Field(
        default=None, description="subtitle.kk and subtitle.ru, or no subtitle at all"
    )
    statement: OnPaper = Field(description="statement.kk and statement.ru")
    valid_months: Annotated[int, Field(strict=True, ge=1, le=120)] | None = Field(
        default=None, description="a number of months, 1 to 120, or no such line at all"
    )


class Signatory(Entry):
    """Who signs; without a name the line stays free for one written by hand."""

    post: OnPaper = Field(description="signatory.post.kk and signatory.post.ru")
    name: Name = Field(default="", description="a name, one line of at most 60 characters")


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the head of the sheet; width and height are pixels."""

    png: bytes
    width: int
    height: int


def _read_logo(name: object, info: ValidationInfo) -> Logo:
    # Checked before it is joined to a path: the name was typed by a person.
    pack: Path | None = (info.context or {}).get("pack")
    if pack is None or not isinstance(name, str) or not _LOGO_NAME.fullmatch(name):
        raise ValueError("no name of a picture in a folder we know")
    try:
        png = (pack / name).read_bytes()
    except OSError as error:
        raise ValueError("no such file") from error
    width, height = png_size(png)
    if len(png) > _LOGO_BYTES or max(width, height) > _LOGO_PIXELS:
        raise ValueError("too large to be sent around")
    return Logo(png, width, height)


class Certificates(Entry):
    """The words of all kinds, and what all of them share; reading it needs the pack's folder."""

    heading: OnPaper = Field(description="heading.kk and heading.ru")
    issuer: OnPaper = Field(description="issuer.kk and issuer.ru")
    logo: Annotated[Logo, BeforeValidator(_read_logo)] | None = Field(
        default=None,
        description="the name of a PNG file beside this one, in small Latin letters,"
        " at most 480 by 480 pixels and 40 KiB; or no logo at all",
    )
    labels: Labels = Field(description="the table [labels]")
    verification: OnPaper = Field(description="verification.kk and verification.ru")
    signatory: Signatory | None = Field(
        default=None, description="the table [signatory], or no such table at all"
    )
    issued_on_pass: bool = Field(
        default=False,
        strict=True,
        description="true or false: whether passing the briefing issues its certificate",
    )
    briefing: Sheet = Field(description="the table [briefing]")
    training: Sheet = Field(description="the table [training]")
    service: Sheet = Field(description="the table [service]")
    thanks: Sheet = Field(description="the table [thanks]")

    def sheet(self, kind: CertificateKind) -> Sheet:
        """Return the words of one kind."""
        sheets: dict[CertificateKind, Sheet] = {
            "briefing": self.briefing,
            "training": self.training,
            "service": self.service,
            "thanks": self.thanks,
        }
        return sheets[kind]
