"""Whatever a client sends, a call is done or refused, and never breaks the sandbox."""

import asyncio
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import ApiError, SandboxClock, Telegram, UploadedFile
from sandbox.methods import PLAYED
from sandbox.page_state import state_of
from sandbox.spec import specification
from sandbox.store import from_json, to_json
from tests.sandbox.doors import MOMENT

HER = 4_000_000_000_101
STRANGE: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", -1, 1e300, True, [], {}, [None], "\ud800", "http://[", "a" * 5000]
)
SIMPLE: dict[str, st.SearchStrategy[Any]] = {
    "Integer": st.sampled_from([HER, HER + 1, -4_000_000_000_001, 0, 1, 2, 3, 10**18]),
    "Float": st.sampled_from([0, 53.2, -91, 1e300]),
    "Boolean": st.booleans(),
    "InputFile": st.just("attach://f"),
    "String": st.sampled_from(
        (
            *("a", "<b>ә</b>", "<b>", "HTML", "http://127.0.0.1:1/", "http://[", "http://a.b"),
            *("photo", "document", "attach://f", str(HER), "kk", "typing", "danger", "chat", "\0"),
        )
    ),
}


def value_of(name: str, depth: int = 0) -> st.SearchStrategy[Any]:
    """Draw a value of a type of the specification, now and then a strange one."""
    if name in SIMPLE:
        return SIMPLE[name] | STRANGE
    if name.startswith("Array of "):
        inner = name.removeprefix("Array of ")
        return st.deferred(lambda: st.lists(value_of(inner, depth + 1), max_size=2))
    described = specification()["types"][name]
    if described.get("subtypes"):
        return st.sampled_from(described["subtypes"]).flatmap(lambda s: value_of(s, depth))
    return st.deferred(lambda: fields_of(described.get("fields", []), depth + 1)) | STRANGE


def fields_of(fields: list[dict[str, Any]], depth: int = 0) -> st.SearchStrategy[Any]:
    """Draw an object with the required fields and, near the surface, some of the others."""
    drawn = {
        needed: {
            field["name"]: st.sampled_from(field["types"]).flatmap(lambda t: value_of(t, depth))
            for field in fields
            if field["required"] is needed and (needed or depth <= 1)
        }
        for needed in (True, False)
    }
    return st.fixed_dictionaries(drawn[True], optional=drawn[False])


def call() -> st.SearchStrategy[tuple[str, Any]]:
    """Draw a method the sandbox plays and parameters for it."""

    def with_params(method: str) -> st.SearchStrategy[tuple[str, Any]]:
        fields = specification()["methods"][method].get("fields", [])
        return st.tuples(st.just(method), fields_of(fields))

    return st.sampled_from(sorted(PLAYED)).flatmap(with_params)


async def make(calls: list[tuple[str, Any]]) -> Telegram:
    tg = Telegram(SandboxClock(base=MOMENT))
    tg.add_user("Айгерім", user_id=HER)
    tg.people.start(HER)
    tg.people.group_text(HER, "/help")
    codes = set()
    for method, params in calls:
        try:
            await tg.call(method, params, {"f": UploadedFile("a.txt", b"a")})
        except ApiError as refusal:
            codes.add(refusal.code)
    assert codes <= {400, 403}
    return tg


@settings(max_examples=40)
@given(st.lists(call(), max_size=4))
def test_any_calls_are_done_or_refused_and_the_state_can_still_be_saved(
    calls: list[tuple[str, Any]],
) -> None:
    tg = asyncio.run(make(calls))

    loaded = from_json(to_json(tg), SandboxClock(base=MOMENT))

    before, after = state_of(tg), state_of(loaded)
    assert after["people"] == before["people"]
    assert after["group"] == before["group"]
