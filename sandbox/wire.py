"""The envelope around every answer of the Bot API."""

from sandbox.errors import ApiError
from sandbox.model import Json


def success(result: object) -> Json:
    """Return the envelope of a result."""
    return {"ok": True, "result": result}


def failure(error: ApiError) -> Json:
    """Return the envelope of a refusal."""
    answer: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        answer["parameters"] = {"retry_after": error.retry_after}
    if error.migrate_to_chat_id is not None:
        answer["parameters"] = {"migrate_to_chat_id": error.migrate_to_chat_id}
    return answer
