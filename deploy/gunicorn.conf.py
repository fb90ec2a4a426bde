"""gunicorn: where it listens, how many it serves at once, how it logs (no query strings)."""

import os

from config.logs import logging_settings

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
limit_request_line = 8190
control_socket_disable = True  # it would be one per user, not one per site
accesslog = None  # config.requests logs each request, with user and request id
logconfig_dict = logging_settings(os.environ.get("LOG_LEVEL", "INFO"))
