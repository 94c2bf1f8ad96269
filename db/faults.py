"""Which faults of a database pass by themselves, so that the same work is worth another try."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# PostgreSQL: serialization failure and deadlock, where one of two had to give way.
_GAVE_WAY = frozenset({"40001", "40P01"})
# No room on the disk: to PostgreSQL, and to SQLite by its primary code.
_DISK_FULL, _SQLITE_FULL = "53100", 13


def is_passing(error: BaseException) -> bool:
    """Tell whether the database was away, busy, full or asked us to give way.

    Nothing of the transaction was kept then, unless it was the answer to its commit that was
    lost; a fault of the statement or the data does not pass.
    """
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    gave_way = getattr(error.orig, "sqlstate", None) in _GAVE_WAY
    return (
        gave_way
        or error.connection_invalidated
        or isinstance(error, (OperationalError, InterfaceError))
    )


def is_full(error: BaseException) -> bool:
    """Tell whether there was no room on the database's disk."""
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None) or 0
    return code & 0xFF == _SQLITE_FULL or getattr(error.orig, "sqlstate", None) == _DISK_FULL
