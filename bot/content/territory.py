"""territory.toml: the cities and districts of the region."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, StringConstraints

from bot.content.entry import Code, Entry, Names


class District(Entry):
    """A city of regional significance or a district: the place where assistants serve.

    `lat` and `lon` are degrees of its middle or centre, good for a rough map only.
    `fence_km` around them is where a shift is expected to begin; without it nothing is marked.
    """

    code: Code = Field(description="a short code of small Latin letters, digits and hyphens")
    kato: Annotated[str, StringConstraints(pattern=r"\A[0-9]{9}\z")] = Field(
        description="the nine digits of the KATO code, in quotes"
    )
    kind: Literal["city", "district"] = Field(description='"city" or "district"')
    names: Names = Field(description="names.kk, names.ru and names.en")
    centre: Names | None = Field(
        default=None, description="centre.kk, centre.ru and centre.en, or no centre at all"
    )
    lat: float = Field(ge=40.5, le=55.5, description="a latitude in Kazakhstan, 40.5 to 55.5")
    lon: float = Field(ge=46.4, le=87.4, description="a longitude in Kazakhstan, 46.4 to 87.4")
    fence_km: Annotated[float, Field(gt=0, le=500)] | None = Field(
        default=None, description="kilometres, up to 500.0, or no fence_km at all"
    )


def _cities_first(districts: tuple[District, ...]) -> tuple[District, ...]:
    return tuple(sorted(districts, key=lambda district: district.kind != "city"))


class Territory(Entry):
    """The cities and districts; `districts` stand as they are shown, cities first."""

    unique: ClassVar = (("districts", "code"), ("districts", "kato"))

    districts: Annotated[
        tuple[District, ...], Field(min_length=1, strict=False), AfterValidator(_cities_first)
    ] = Field(description="at least one [[districts]]")

    def find(self, code: str) -> District | None:
        """Return the district with this code, or None."""
        return next((district for district in self.districts if district.code == code), None)

    def get(self, code: str) -> District:
        """Return the district with this code.

        Raises:
            KeyError: the pack has none.
        """
        district = self.find(code)
        if district is None:
            raise KeyError(code)
        return district
