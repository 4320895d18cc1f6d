"""For a WSGI server. Metrics are on a port of their own."""

import os

from django.core.wsgi import get_wsgi_application
from prometheus_client import start_http_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
application = get_wsgi_application()

METRICS_PORT = int(os.environ.get("METRICS_PORT", "0"))
if METRICS_PORT:
    start_http_server(METRICS_PORT, addr=os.environ.get("METRICS_HOST", "127.0.0.1"))
