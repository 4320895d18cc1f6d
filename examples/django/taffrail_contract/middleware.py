"""One completion line for each request, in the log contract, and its duration as a metric of the same names."""

import logging
import re
import time
import uuid

from prometheus_client import Histogram

from .context import enter_request, leave_request

log = logging.getLogger("http")
REQUEST_ID = re.compile(r"[A-Za-z0-9._:=+/-]{1,128}")
TRACEPARENT = re.compile(r"[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}")
OUTCOMES = {2: ("ok", logging.INFO), 3: ("ok", logging.INFO), 4: ("client_error", logging.WARNING)}
SERVER_ERROR = ("server_error", logging.ERROR)

durations = Histogram(
    "http_server_request_duration_seconds",
    "Duration of HTTP server requests.",
    ["http_request_method", "url_scheme", "http_route", "http_response_status_code", "error_type"],
    buckets=[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
)


class RequestLogMiddleware:
    """Put it first."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        ids = ids_of(request)
        started = time.perf_counter()
        token = enter_request(ids)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = ids["request_id"]
            complete(request, response, time.perf_counter() - started)
            return response
        finally:
            leave_request(token)

    def process_exception(self, request, exception) -> None:
        """Keep the error for the completion line; Django still answers its own way."""
        request.taffrail_error = exception


def ids_of(request) -> dict[str, str]:
    """The caller's request id if it is well formed, else one of our own; the trace it is part of, if any."""
    given = request.headers.get("X-Request-ID", "")
    ids = {"request_id": given if REQUEST_ID.fullmatch(given) else str(uuid.uuid4())}
    trace = TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
    return ids | ({"trace_id": trace[1], "span_id": trace[2]} if trace else {})


def complete(request, response, seconds: float) -> None:
    """Write the completion line and count the request."""
    status = response.status_code
    outcome, level = OUTCOMES.get(status // 100, SERVER_ERROR)
    error = getattr(request, "taffrail_error", None)
    match = getattr(request, "resolver_match", None)
    route = f"/{match.route}" if match else ""
    fields = {
        "event_name": "http.server.request",
        "http_request_method": request.method,
        "url_path": request.path,
        "http_response_status_code": status,
        "client_address": request.META.get("REMOTE_ADDR", ""),
        "user_agent_original": request.headers.get("User-Agent", ""),
        "duration_ms": round(seconds * 1000, 3),
        "outcome": outcome,
    }
    if route:
        fields["http_route"] = route
    if request.META.get("QUERY_STRING"):
        # Values may be secrets: the names alone.
        fields["url_query"] = "&".join(f"{name}=***" for name in request.GET)
    error_type = type(error).__name__ if error else str(status) if status >= 500 else ""
    if error_type:
        fields["error_type"] = error_type
    durations.labels(request.method, request.scheme, route, str(status), error_type).observe(seconds)
    log.log(level, "%s %s %s", request.method, route or request.path, status, extra=fields, exc_info=error)
