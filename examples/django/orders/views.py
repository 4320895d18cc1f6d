"""An order that is found, one that is not, and a payment that fails."""

import logging

from django.http import HttpRequest, JsonResponse

log = logging.getLogger("orders")


class PaymentError(Exception):
    """The card provider did not do what it should."""


def healthz(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def order(_request: HttpRequest, order_id: int) -> JsonResponse:
    if order_id > 1000:
        return JsonResponse({"error": "no such order"}, status=404)
    log.info("order found", extra={"order_id": order_id})
    return JsonResponse({"id": order_id})


def pay(_request: HttpRequest, order_id: int) -> JsonResponse:
    try:
        raise ConnectionError("the provider closed the connection")
    except ConnectionError as error:
        raise PaymentError(f"order {order_id} could not be paid") from error
