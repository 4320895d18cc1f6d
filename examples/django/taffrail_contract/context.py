"""The ids of the request that runs, for every line it causes."""

from contextvars import ContextVar

_fields: ContextVar[dict[str, str]] = ContextVar("request_fields", default={})


def request_fields() -> dict[str, str]:
    """The ids of the running request; none outside of one."""
    return _fields.get()


def enter_request(fields: dict[str, str]):
    """Begin a request; answers what `leave_request` wants."""
    return _fields.set(fields)


def leave_request(token) -> None:
    """End it."""
    _fields.reset(token)
