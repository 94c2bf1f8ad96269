"""consent.toml: the text people agree to before they tell anything of themselves."""

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.content.entry import Entry, Statement


class Consent(Entry):
    """The consent to process personal data. A changed text needs a new version."""

    version: Annotated[str, StringConstraints(pattern=r"\A[0-9a-z.-]{1,20}\z")] = Field(
        description="a version in quotes: up to 20 small letters, digits, dots and hyphens"
    )
    text: Statement = Field(description="text.kk, text.ru and text.en")
