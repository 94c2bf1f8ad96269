"""Which faults of a database pass by themselves, so that the same work is worth another try."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# PostgreSQL: serialization failure and deadlock, where one of two had to give way.
_GAVE_WAY = frozenset({"40001", "40P01"})


def is_passing(error: BaseException) -> bool:
    """Tell whether the database was away, busy, full or asked us to give way.

    Nothing of the transaction was kept then; a fault of the statement or the data does not pass.
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
