"""The buttons of certificates in bulk."""

from aiogram.filters.callback_data import CallbackData

from bot.routes import Number
from bot.services.certificate_rules import CertificateKind


class OpenOffice(CallbackData, prefix="orders"):
    """Show what can be issued, and the last orders."""


class NewOrder(CallbackData, prefix="ordernew"):
    """Choose what is issued by a list."""


class AskOrderBasis(CallbackData, prefix="orderbasis"):
    """Ask what it is given for."""

    kind: CertificateKind


class AskOrderList(CallbackData, prefix="orderlist"):
    """Ask for the list, without a basis; `once` is the key of the order that comes of it."""

    kind: CertificateKind
    once: str


class IssueOrder(CallbackData, prefix="orderissue"):
    """Confirm the list: issue."""

    order_id: Number


class DropOrder(CallbackData, prefix="orderdrop"):
    """Give the list up."""

    order_id: Number


class OpenOrder(CallbackData, prefix="order"):
    """Show an order."""

    order_id: Number


class StopOrder(CallbackData, prefix="orderstop"):
    """Issue no more of it."""

    order_id: Number


class ResumeOrder(CallbackData, prefix="orderon"):
    """Go on with it."""

    order_id: Number


class GetRefused(CallbackData, prefix="orderbad"):
    """Send the lines that bring no certificate, as a table."""

    order_id: Number
