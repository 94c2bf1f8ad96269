"""What Telegram answers when it refuses a call."""


class ApiError(Exception):
    """A refused Bot API call.

    `code` is the HTTP status and `error_code` of the answer, `description` its text,
    `retry_after` the seconds to wait when the code is 429, and `migrate_to_chat_id` the supergroup
    that a group has become.
    """

    def __init__(
        self,
        code: int,
        description: str,
        retry_after: int | None = None,
        migrate_to_chat_id: int | None = None,
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to_chat_id = migrate_to_chat_id


class ConnectionDroppedError(Exception):
    """The connection broke before an answer came: nobody knows whether the call was done."""


class BrokenAnswerError(Exception):
    """What comes back is no answer of the Bot API: `status` and `body` as they are on the wire."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__(f"{status} {body[:20]!r}")
        self.status = status
        self.body = body


class PersonError(Exception):
    """A person tried what a phone would not let them do, such as pressing a missing button."""


def bad_request(reason: str) -> ApiError:
    """Return the refusal of a call that cannot be right: 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return the refusal of a call the bot has no right to: 403 with Telegram's prefix."""
    return ApiError(403, f"Forbidden: {reason}")


def not_found() -> ApiError:
    """Return the answer where nothing is, such as behind a malformed token."""
    return ApiError(404, "Not Found")


def no_method() -> ApiError:
    """Return the answer to an unknown method."""
    return ApiError(404, "Not Found: method not found")


def too_large() -> ApiError:
    """Return the answer to an upload above the limit."""
    return ApiError(413, "Request Entity Too Large")
