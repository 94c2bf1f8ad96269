"""What a service may refuse: a message id and values, never text.

The id names a message in ``locales/``; the values are its arguments. Everything that is
not an ``AppError`` is a bug.
"""


class AppError(Exception):
    """A refusal the person is told about in their language.

    Args:
        message: id of the text.
        values: arguments of the text, as the translator takes them.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class AccessDeniedError(AppError):
    """The actor holds no role that may do this, anywhere."""

    def __init__(self) -> None:
        super().__init__("error-access-denied")


class NotFoundError(AppError):
    """There is no such thing, or it is none of the actor's: the answer is the same."""

    def __init__(self, message: str = "error-not-found", **values: object) -> None:
        super().__init__(message, **values)


class ConflictError(AppError):
    """The act does not fit the state of things now."""


class InvalidInputError(AppError):
    """What the person gave cannot be taken as it is."""
