"""The buttons of shifts: of one's own, and of those one watches over."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.routes import Day, Number

# From the start of a shift: nobody states an end more than a day later.
Minutes = Annotated[Number, Field(le=24 * 60)]
Chosen = Annotated[Number, Field(le=1)]


class EndShift(CallbackData, prefix="shiftend"):
    """End one's open shift: asks for the place."""

    shift_id: Number


class LiveHelp(CallbackData, prefix="shiftlive"):
    """Say how to share a live location."""

    shift_id: Number


class StateEnd(CallbackData, prefix="shiftat"):
    """State that one's shift ended so many minutes after its start."""

    shift_id: Number
    minutes: Minutes


class AskEnd(CallbackData, prefix="shiftother"):
    """State another end of one's shift: asks for the time."""

    shift_id: Number


class Stay(CallbackData, prefix="shiftstay"):
    """Say that one is still on duty."""

    shift_id: Number


class ListOwn(CallbackData, prefix="myshifts"):
    """Show a page of one's shifts."""

    page: Number = 0


class OpenOwn(CallbackData, prefix="myshift"):
    """Show one of one's shifts."""

    shift_id: Number


class CorrectShift(CallbackData, prefix="shiftfix"):
    """Ask for a correction of one's shift: asks for the times."""

    shift_id: Number


class CorrectLength(CallbackData, prefix="fixlen"):
    """Ask that one's shift ended so many minutes after its start: asks for the reason."""

    shift_id: Number
    minutes: Minutes


class WithdrawCorrection(CallbackData, prefix="fixback"):
    """Take one's request back."""

    correction_id: Number


class OpenCorrection(CallbackData, prefix="fix"):
    """Show a request to correct a shift."""

    correction_id: Number


class ApproveCorrection(CallbackData, prefix="fixyes"):
    """Correct the shift as asked."""

    correction_id: Number


class RejectCorrection(CallbackData, prefix="fixno"):
    """Leave the shift as it is: asks for the reason."""

    correction_id: Number


class ListDuty(CallbackData, prefix="duty"):
    """Show a page of who is on duty now."""

    page: Number = 0


class ListForgotten(CallbackData, prefix="forgotten"):
    """Show a page of shifts without a stated end."""

    page: Number = 0


class OpenDuty(CallbackData, prefix="dutycard"):
    """Show a shift of a district one watches over."""

    shift_id: Number


class SettleEnd(CallbackData, prefix="settle"):
    """State that somebody's forgotten shift ended so many minutes after its start."""

    shift_id: Number
    minutes: Minutes


class AskSettleEnd(CallbackData, prefix="settleat"):
    """State another end of a forgotten shift: asks for the time; back to the digest, if any."""

    shift_id: Number
    digest_id: Number = 0


class FixShift(CallbackData, prefix="dutyfix"):
    """Correct somebody's shift that has ended: asks for the times."""

    shift_id: Number


class ListShifts(CallbackData, prefix="theirs"):
    """Show a page of the shifts of an assistant."""

    person_id: Number
    page: Number = 0


class SettleAll(CallbackData, prefix="settleall"):
    """Close all forgotten shifts so many minutes after their starts: asks for the reason."""

    minutes: Minutes


class ListDay(CallbackData, prefix="shiftday"):
    """Show a page of the shifts that began on the day."""

    day: Day
    page: Number = 0


class PickShifts(CallbackData, prefix="fixmany"):
    """Choose among the shifts of the day those to correct together."""

    day: Day
    page: Number = 0


class PickShift(CallbackData, prefix="fixpick"):
    """Choose one of them, or leave it out; a second press changes nothing."""

    day: Day
    page: Number
    shift_id: Number
    chosen: Chosen


class PickAll(CallbackData, prefix="fixall"):
    """Choose all of them, or none."""

    day: Day
    chosen: Chosen
