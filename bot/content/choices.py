"""The lists an activity is described with: topics, audiences, fact categories, operations.

Each is a file of its own, because each changes at its own pace: operations every few weeks.
"""

from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from bot.content.entry import Entry, Listed

_ARTICLE = "[0-9]{2,3}(?:-[0-9])?"


class Topic(Listed):
    """What a talk or a leaflet is about."""


class Audience(Listed):
    """Whom a talk is with; with some audiences only while an officer takes part."""

    officer: bool = Field(
        default=False, description="true when an officer must take part, else false"
    )


class FactCategory(Listed):
    """What kind of offence a fact is.

    Attributes:
        article: of the Code of Administrative Offences, such as ``434-2``; empty where it is
            not confirmed or there is none.
        akimat: whether it may be handed to the akimat too.
    """

    article: Annotated[str, StringConstraints(pattern=rf"\A(?:{_ARTICLE}(?:, {_ARTICLE})*)?\z")] = (
        Field(default="", description='article numbers in quotes, such as "434-2" or "593, 620"')
    )
    akimat: bool = Field(
        default=False, description="true when it may be handed to the akimat, else false"
    )


class Operation(Listed):
    """A prevention operation of the police that assistants take part in."""


class Topics(Entry):
    """topics.toml."""

    unique: ClassVar = (("topics", "code"),)

    topics: Annotated[tuple[Topic, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[topics]]"
    )


class Audiences(Entry):
    """audiences.toml."""

    unique: ClassVar = (("audiences", "code"),)

    audiences: Annotated[tuple[Audience, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[audiences]]"
    )


class FactCategories(Entry):
    """fact_categories.toml."""

    unique: ClassVar = (("categories", "code"),)

    categories: Annotated[tuple[FactCategory, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[categories]]"
    )


class Operations(Entry):
    """operations.toml."""

    unique: ClassVar = (("operations", "code"),)

    operations: Annotated[tuple[Operation, ...], Field(min_length=1, strict=False)] = Field(
        description="at least one [[operations]]"
    )
