"""The region's territory as the database knows it."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class District(Base):
    """A city or district of the region, copied from the content pack at every start.

    A district that left the pack stays here with ``retired_at`` set, so that the people
    who live in it keep their place until somebody moves them.
    """

    __tablename__ = "districts"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    names: Mapped[dict[str, str]]
    retired_at: Mapped[datetime | None]
