"""Which commands a person sees: the narrowest scope wins, then the person's language."""

from sandbox.model import Json


def scope_key(scope: Json, language: str) -> str:
    """Return the key a scope and a language are kept under."""
    parts = (scope["type"], scope.get("chat_id", ""), scope.get("user_id", ""), language)
    return "|".join(map(str, parts))


def commands_for(commands: dict[str, list[Json]], chat_id: int, language: str) -> list[Json]:
    """Return the commands shown in a private chat."""
    scopes: list[Json] = [
        {"type": "chat", "chat_id": chat_id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    for scope in scopes:
        for code in (language, ""):
            found = commands.get(scope_key(scope, code))
            if found:
                return found
    return []
