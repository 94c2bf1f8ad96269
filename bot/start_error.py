"""The refusal to start: what an operator has to mend first."""


class StartError(Exception):
    """The bot or a command cannot start or go on; the text tells why, a line per reason."""
