"""Log records as lines of the log contract: docs/fields.md."""

import json
import logging
import os
import socket
import traceback
from datetime import datetime, timezone

from .context import request_fields

# The contract knows six words. Python's own names for them differ.
LEVELS = {10: "debug", 20: "info", 30: "warn", 40: "error", 50: "fatal"}
# What every record has: all else was given by `extra`.
STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request", "taskName"}
MAX_STACK = 8_000
MAX_CAUSES = 8


def resource(environ=os.environ) -> dict[str, str]:
    """Who writes, from OpenTelemetry's standard variables."""
    pairs = (pair.split("=", 1) for pair in environ.get("OTEL_RESOURCE_ATTRIBUTES", "").split(",") if "=" in pair)
    attributes = {key.strip(): value.strip() for key, value in pairs}
    return {
        "service_name": environ.get("OTEL_SERVICE_NAME") or attributes.get("service.name", "unknown_service:python"),
        "service_version": attributes.get("service.version", "0.0.0"),
        "deployment_environment_name": attributes.get("deployment.environment.name", "development"),
        "service_instance_id": attributes.get("service.instance.id", f"{socket.gethostname()}:{os.getpid()}"),
    }


class ContractFormatter(logging.Formatter):
    """One JSON object a line. What `extra` gives can't set what the contract says about the line itself."""

    def __init__(self) -> None:
        super().__init__()
        self.resource = resource()

    def format(self, record: logging.LogRecord) -> str:
        own = {
            "level": LEVELS[max(10, min(50, record.levelno // 10 * 10))],
            "time": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            **self.resource,
            "msg": record.getMessage(),
            **request_fields(),
        }
        given = {key: value for key, value in vars(record).items() if key not in STANDARD}
        line = own | {(f"user_{key}" if key in own else key): value for key, value in given.items()}
        if record.exc_info and record.exc_info[1]:
            line |= exception_fields(record.exc_info[1])
        return json.dumps(line, default=str, ensure_ascii=True)


def exception_fields(error: BaseException) -> dict[str, object]:
    """The error, its stack, and what it came of."""
    stack = "".join(traceback.format_exception(error, chain=False))
    fields: dict[str, object] = {
        "error_type": type(error).__name__,
        "exception_type": type(error).__name__,
        "exception_message": str(error),
        "exception_stacktrace": stack[-MAX_STACK:],
    }
    causes = [{"exception_type": type(cause).__name__, "exception_message": str(cause)} for cause in causes_of(error)]
    return fields | ({"exception_causes": causes} if causes else {})


def causes_of(error: BaseException):
    """The chain of `raise … from …`, and of errors raised while another was handled."""
    for _ in range(MAX_CAUSES):
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is None:
            return
        yield error
