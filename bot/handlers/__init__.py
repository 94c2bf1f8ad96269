"""Flows: each hears, calls one service, and answers with a screen."""

from bot.handlers import (
    activity,
    applications,
    assistants,
    briefing,
    briefing_journal,
    briefing_staff,
    certificate_orders,
    certificate_staff,
    certificates,
    digest,
    duty,
    duty_corrections,
    duty_day,
    handbook,
    home,
    invites,
    links,
    missed,
    own_data,
    profile,
    registration,
    roles,
    roster,
    shift,
    shift_corrections,
    verification,
)
from bot.routes import Routes

__all__ = ["build_routes"]


def build_routes() -> Routes:
    """Return the table of every flow."""
    routes = Routes(home.home, registration.expected_now)
    for flow in (
        home,
        registration,
        links,
        own_data,
        profile,
        shift,
        shift_corrections,
        activity,
        handbook,
        briefing,
        applications,
        duty,
        duty_corrections,
        duty_day,
        digest,
        assistants,
        roster,
        missed,
        briefing_staff,
        briefing_journal,
        invites,
        certificates,
        certificate_staff,
        certificate_orders,
        verification,
        roles,
    ):
        flow.register(routes)
    return routes
