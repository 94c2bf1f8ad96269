"""Roles before an admin: who holds them, appointing from a list or by a contact, dismissing."""

from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.context import Context
from bot.handlers import assistants, home
from bot.routes import Given, Number, Routes
from bot.screens import Button, Expected, Rows, Screen, in_column, in_pairs
from bot.services.errors import InvalidInputError
from bot.services.page import Page, page_of
from bot.services.rights import Right
from bot.services.roles import APPOINTED, REGION_ONLY, Candidate, Holder
from bot.services.states import Role

CANDIDATE = "role-candidate"
# Stands for "the whole region" in callback data, where a code would stand.
REGION = "-"


class OpenRoles(CallbackData, prefix="roles"):
    """Choose a role to look at."""


class ListHolders(CallbackData, prefix="holders"):
    """Show who holds the role."""

    role: Role
    page: Number = 0


class OpenHolder(CallbackData, prefix="holder"):
    """Show one role of one person."""

    grant_id: Number


class Dismiss(CallbackData, prefix="dismiss"):
    """Take the role back."""

    grant_id: Number
    role: Role


class RelinkHolder(CallbackData, prefix="relinkrole"):
    """Make a link that moves the holder to a new account, with all they hold."""

    grant_id: Number


class ListCandidates(CallbackData, prefix="cands"):
    """Choose whom to appoint."""

    role: Role
    page: Number = 0


class ChooseScope(CallbackData, prefix="scope"):
    """Choose where the person will hold the role."""

    role: Role
    person_id: Number


class Appoint(CallbackData, prefix="appoint"):
    """Give the role."""

    role: Role
    person_id: Number
    district: str


async def open_roles(ctx: Context) -> Screen:
    """Show the roles that are appointed."""
    buttons = []
    for role in APPOINTED:
        count = len(await ctx.services.roles.holders(ctx.me_id, role))
        text = ctx.t.plain("roles-row", role=role, count=count)
        buttons.append(Button(text, ListHolders(role=role)))
    return Screen(ctx.t("roles"), (*in_column(buttons), *home.menu_row(ctx)))


async def roles_again(ctx: Context, _: OpenRoles) -> Screen:
    """Show the roles that are appointed."""
    return await open_roles(ctx)


async def list_holders(ctx: Context, press: ListHolders | Dismiss) -> Screen:
    """Show who holds the role."""
    holders = await ctx.services.roles.holders(ctx.me_id, press.role)
    page = page_of(holders, press.page if isinstance(press, ListHolders) else 0)
    turning = home.page_turner(ctx, page, lambda number: ListHolders(role=press.role, page=number))
    buttons = [
        Button(
            ctx.t.plain(
                "holders-row",
                name=_name(ctx, holder),
                district=ctx.district(holder.district),
            ),
            OpenHolder(grant_id=holder.grant_id),
        )
        for holder in page.items
    ]
    appoint = Button(
        ctx.t.plain("role-appoint", role=press.role),
        ListCandidates(role=press.role),
        style="success",
    )
    back = Button(ctx.t.plain("button-back"), OpenRoles())
    return Screen(
        ctx.t("holders-list", role=press.role, count=len(holders)),
        (*in_column(buttons), *turning, (appoint,), (back,)),
    )


def _name(ctx: Context, person: Holder | Candidate) -> str:
    """Return the name, or words for one who has not told it yet."""
    return person.full_name or ctx.t.plain("person-nameless")


async def open_holder(ctx: Context, press: OpenHolder | RelinkHolder) -> Screen:
    """Show one role of one person."""
    t, holder = ctx.t, await ctx.services.roles.holder(ctx.me_id, press.grant_id)
    lines = [
        t(
            "holder-card",
            name=_name(ctx, holder),
            role=holder.role,
            district=ctx.district(holder.district),
            at=holder.given_at,
        )
    ]
    if not holder.started:
        lines.append(t("holder-not-started", link=f"https://t.me/{ctx.house.bot_username}"))
    dismiss = Button(
        t.plain("role-dismiss"),
        Dismiss(grant_id=holder.grant_id, role=holder.role),
        style="danger",
    )
    relink = Button(t.plain("assistant-relink"), RelinkHolder(grant_id=holder.grant_id))
    own = holder.person_id == ctx.me_id
    back = Button(t.plain("button-back"), ListHolders(role=holder.role))
    return Screen("\n".join(lines), ((dismiss,), *(() if own else ((relink,),)), (back,)))


async def relink_holder(ctx: Context, press: RelinkHolder) -> Screen:
    """Show a link for the holder's new account."""
    holder = await ctx.services.roles.holder(ctx.me_id, press.grant_id)
    back = Button(ctx.t.plain("button-back"), OpenHolder(grant_id=holder.grant_id))
    return await assistants.relink_screen(ctx, holder.person_id, _name(ctx, holder), back)


async def dismiss(ctx: Context, press: Dismiss) -> Screen:
    """Take the role back."""
    await ctx.services.roles.dismiss(ctx.me_id, press.grant_id)
    ctx = await ctx.refreshed()
    if Role.ADMIN not in ctx.me.roles:
        return await home.home(ctx)
    return (await list_holders(ctx, press)).with_toast(ctx.t.plain("role-dismissed-toast"))


async def list_candidates(ctx: Context, press: ListCandidates) -> Screen:
    """Show people to choose from; a name typed or a contact sent chooses too."""
    page = await ctx.services.roles.candidates(ctx.me_id, "", press.page)
    turning = home.page_turner(
        ctx, page, lambda number: ListCandidates(role=press.role, page=number)
    )
    return _candidates_screen(ctx, press.role, page, turning)


def _candidates_screen(
    ctx: Context, role: Role, page: Page[Candidate], turning: Rows = (), search: str = ""
) -> Screen:
    if search:
        text = ctx.t("role-candidates-found", count=page.total, search=search)
        turning = ((Button(ctx.t.plain("role-candidates-all"), ListCandidates(role=role)),),)
    else:
        text = ctx.t("role-candidates", role=role, count=page.total)
    buttons = [
        Button(candidate.full_name, ChooseScope(role=role, person_id=candidate.person_id))
        for candidate in page.items
    ]
    back = (Button(ctx.t.plain("button-back"), ListHolders(role=role)),)
    return Screen(
        text,
        (*in_column(buttons), *turning, back),
        expects=Expected(CANDIDATE, {"role": role.value}),
    )


async def find_candidate(ctx: Context, data: dict[str, Any], given: Given) -> Screen:
    """Take the person of a contact, or search for a name typed."""
    role = Role(data["role"])
    if given.contact is not None:
        candidate = await ctx.services.roles.candidate_by_contact(
            ctx.me_id, given.contact.telegram_id, given.contact.name
        )
        return _scope_screen(ctx, role, candidate)
    if not given.text:
        raise InvalidInputError("error-contact-or-name")
    wanted = given.text[:100]
    page = await ctx.services.roles.candidates(ctx.me_id, wanted, 0)
    return _candidates_screen(ctx, role, page, search=wanted)


async def _candidates_again(ctx: Context, data: dict[str, Any]) -> Screen:
    return await list_candidates(ctx, ListCandidates(role=Role(data["role"])))


async def choose_scope(ctx: Context, press: ChooseScope) -> Screen:
    """Ask where the person will hold the role."""
    candidate = await ctx.services.roles.candidate(ctx.me_id, press.person_id)
    return _scope_screen(ctx, press.role, candidate)


def _scope_screen(ctx: Context, role: Role, candidate: Candidate) -> Screen:
    def scope(name: str, code: str) -> Button:
        return Button(name, Appoint(role=role, person_id=candidate.person_id, district=code))

    buttons = [] if role in REGION_ONLY else ctx.house.districts.open
    region = (scope(ctx.district(None), REGION),)
    back = (Button(ctx.t.plain("button-back"), ListCandidates(role=role)),)
    return Screen(
        ctx.t("role-scope", role=role, name=_name(ctx, candidate)),
        (
            region,
            *in_pairs([scope(each.names[ctx.t.language], each.code) for each in buttons]),
            back,
        ),
    )


async def appoint(ctx: Context, press: Appoint) -> Screen:
    """Give the role."""
    district = None if press.district == REGION else press.district
    await ctx.services.roles.appoint(ctx.me_id, press.person_id, press.role, district)
    screen = await list_holders(ctx, ListHolders(role=press.role))
    return screen.with_toast(ctx.t.plain("role-appointed-toast"))


async def scope_again(ctx: Context, press: Appoint) -> Screen:
    """Ask again where the person will hold the role."""
    return await list_holders(ctx, ListHolders(role=press.role))


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    right = Right.APPOINT
    routes.key("key-roles", open_roles, right=right)
    routes.press(OpenRoles, roles_again, right=right)
    routes.press(ListHolders, list_holders, right=right)
    routes.press(OpenHolder, open_holder, right=right)
    routes.press(RelinkHolder, relink_holder, right=right, redraw=open_holder)
    routes.press(Dismiss, dismiss, right=right, redraw=list_holders)
    routes.press(ListCandidates, list_candidates, right=right)
    routes.press(ChooseScope, choose_scope, right=right)
    routes.press(Appoint, appoint, right=right, redraw=scope_again)
    routes.answer(CANDIDATE, find_candidate, prompt=_candidates_again, right=right)
