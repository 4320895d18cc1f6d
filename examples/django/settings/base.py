"""What holds everywhere. What differs by place stands in local.py and production.py; values come from the environment."""

import os

ROOT_URLCONF = "orders.urls"
WSGI_APPLICATION = "orders.wsgi.application"
# No database, no sessions: an example of logging.
INSTALLED_APPS: list[str] = []
# First, so that it sees what every other middleware answers.
MIDDLEWARE = ["taffrail_contract.middleware.RequestLogMiddleware", "django.middleware.common.CommonMiddleware"]
USE_TZ = True

LOG_LEVEL = os.environ.get("LOG_LEVEL", "info").upper()
LOG_FILE = os.environ.get("LOG_FILE", "")

HANDLERS = {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "contract"}}
if LOG_FILE:
    # Where a collector reads it. The file of one process: workers of their own need files of their own.
    HANDLERS["file"] = {
        "class": "logging.handlers.RotatingFileHandler",
        "filename": LOG_FILE,
        "maxBytes": int(os.environ.get("LOG_FILE_MAX_BYTES", "67108864")),
        "backupCount": int(os.environ.get("LOG_FILE_KEEP", "5")),
        "formatter": "contract",
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"contract": {"()": "taffrail_contract.formatter.ContractFormatter"}},
    "handlers": HANDLERS,
    "root": {"level": LOG_LEVEL, "handlers": list(HANDLERS)},
    "loggers": {
        # One line a request, the middleware's: these would be a second.
        "django.request": {"handlers": [], "propagate": False},
        "django.server": {"handlers": [], "propagate": False},
    },
}
