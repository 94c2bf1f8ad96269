"""The buttons of the roster: planning a duty, what is planned, and what came of it."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.routes import Day, Number

Minute = Annotated[Number, Field(lt=24 * 60)]


class ListRoster(CallbackData, prefix="roster"):
    """Show a page of the duties to come."""

    page: Number = 0


class OpenAssignment(CallbackData, prefix="rosterone"):
    """Show a planned duty."""

    assignment_id: Number


class CancelAssignment(CallbackData, prefix="rosterno"):
    """Cancel a planned duty."""

    assignment_id: Number


class AskDay(CallbackData, prefix="planday"):
    """Choose the day of a duty for an assistant."""

    person_id: Number


class AskHours(CallbackData, prefix="planhours"):
    """Choose the hours of a duty on the day."""

    person_id: Number
    day: Day


class Plan(CallbackData, prefix="plan"):
    """Plan a duty on the day, between two minutes of the clock."""

    person_id: Number
    day: Day
    starts: Minute
    ends: Minute


class ListOwnDuties(CallbackData, prefix="myduties"):
    """Show the duties planned for oneself."""


class OpenMissed(CallbackData, prefix="dgmissed"):
    """Show, from a digest, a duty that nobody came to."""

    digest_id: Number
    assignment_id: Number


class NoteMissed(CallbackData, prefix="dgnoted"):
    """Take note that nobody came to the duty."""

    digest_id: Number
    assignment_id: Number
