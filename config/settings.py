"""All settings, from the environment; every variable is optional on a developer's machine.

In production set: ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS, DATABASE_URL, DATABASE_OWNER_URL,
REDIS_URL, VNN_KEYS_FILE, STORAGE_ROOT, SITE_URL, SECURE=1 (see docker-compose.yml).
"""

import os
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config import databases, embedded, keys, logs

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"

DEBUG = env.bool("DEBUG", False)
SECURE = env.bool("SECURE", False)  # behind HTTPS: cookies, HSTS and forwarded headers
KEYS = keys.load(keys.place())
SECRET_KEY = KEYS["secret_key"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://localhost:8000")  # what QR codes on papers open

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "jobs",
    "committees",
    "households",
    "campaigns",
    "fund",
    "housing",
    "reports",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "csp",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "lucide",
    "rest_framework",
    "template_partials",
    "treebeard",
]
MIDDLEWARE = [
    "config.requests.log_each_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "committees.sessions.keep_session_rules",
    "axes.middleware.AxesMiddleware",
]
FORM_RENDERER = "config.forms.Renderer"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
            ],
        },
    },
]

# Data ------------------------------------------------------------------------------------

DATABASES = {"default": databases.default_database(os.environ)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", default="") or embedded.servers().redis_url
STORAGE_ROOT = Path(env("STORAGE_ROOT", default=str(LOCAL_DIR / "files")))
MEDIA_ROOT = STORAGE_ROOT
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a grid of figures is one form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024  # the reverse proxy refuses more, too

# People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "committees.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Decision 742 asks for the SHA-2 family; 600,000 rounds take about a quarter of a second.
PASSWORD_HASHERS = env.list("PASSWORD_HASHERS", default=["config.passwords.PBKDF2With600kRounds"])
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "committees:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
# Birth-province codes of invented people, taken without a warning; none in production.
TEST_ID_CODES = env.list("TEST_ID_CODES", default=[] if SECURE else ["099"])
DEMO_PASSWORD = env("DEMO_PASSWORD", default="vinguoingheo")

# Sessions live in the database: a flushed Redis logs nobody out. Idle 60 minutes, rolling;
# the absolute limit is kept by committees' middleware.
SESSION_COOKIE_AGE = 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_ABSOLUTE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # trying on does not lock for longer
AXES_DISABLE_ACCESS_LOG = True  # the audit trail has it
AXES_HTTP_RESPONSE_CODE = 429
AXES_CLIENT_IP_CALLABLE = "config.requests.client_address"
AXES_LOCKOUT_TEMPLATE = "committees/locked_out.html"
AXES_VERBOSE = False

# Browser ---------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = False  # the reverse proxy does it
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
# Bootstrap's arrows are data: images; htmx runs with allowEval and indicator styles off.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# An image that has run collectstatic serves hashed, compressed names; else files as they lie.
COLLECTED = env.bool("STATIC_COLLECTED", False)
STATIC_ROOT = BASE_DIR / "staticfiles" if COLLECTED else None
WHITENOISE_USE_FINDERS = not COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Language --------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
# Django's own vi formats read 50.000 as 50 and 12/10 as 10 December. Grouping stays off (it
# prints years as 2.026): money is printed by the filter `dong`.
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = False

# Work in the background -------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL
if REDIS_URL.startswith("unix://"):
    CELERY_BROKER_URL = "redis+socket://" + REDIS_URL.removeprefix("unix://").replace(
        "?db=", "?virtual_host="
    )
# A request that rings for a job waits at most this long for Redis; the worker, which has
# time, gets more (config.processes).
BROKER_TIMEOUT = env.float("BROKER_TIMEOUT_SECONDS", 0.3)
CELERY_VISIBILITY_TIMEOUT = 20 * 60  # longer than the hard limit of a task
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": CELERY_VISIBILITY_TIMEOUT,
    "unacked_restore_interval": 5,
    "socket_timeout": BROKER_TIMEOUT,
    "socket_connect_timeout": BROKER_TIMEOUT,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = BROKER_TIMEOUT
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # the state of a job is its row
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 10 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 9 * 60
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 60
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", 2)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB: PDFs leave memory behind
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    # The way back for lost messages and killed workers; the broker's own is not relied on.
    "sweep": {"task": "jobs.sweep", "schedule": env.float("SWEEP_SECONDS", 15.0)},
    # Drafts of every campaign whose window has ended; the job's key makes each round once.
    "reports": {"task": "reports.compile_ended_windows", "schedule": timedelta(hours=1)},
    # Long lists that waited a day for the person who asked for them.
    "exports": {"task": "households.remove_expired_exports", "schedule": timedelta(hours=1)},
}
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", 60)
CELERY_BEAT_SCHEDULE_FILENAME = env(
    "BEAT_SCHEDULE_FILE", default=str(LOCAL_DIR / "celery-beat-schedule")
)

# Everything else -------------------------------------------------------------------------

LOGGING = logs.logging_settings(env("LOG_LEVEL", default="INFO"))
# The API (docs/api.md). Its limits are counted in each process' own memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 240)  # of one person
API_CHANGES_A_MINUTE = env.int("API_CHANGES_A_MINUTE", 60)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "committees.api.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["committees.api.permissions.HoldsPermission"],
    "DEFAULT_THROTTLE_CLASSES": [
        "committees.api.throttling.PerPerson",
        "committees.api.throttling.ChangesPerPerson",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["committees.api.input.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "committees.api.refusals.in_words",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Vì người nghèo",
    "VERSION": "1",
    "DESCRIPTION": "Sổ hộ và danh sách hằng năm; cùng quyền, quy tắc và mức che như trên trang.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_PATCH": False,  # a change must say its version
    "SERVE_PERMISSIONS": ["committees.api.permissions.HoldsPermission"],
    "ENUM_NAME_OVERRIDES": {
        "Kind": "households.models.Classification.Kind",
        "HouseholdState": "households.models.Household.State",
        "Sex": "households.models.Household.Sex",
        "Level": "committees.models.Committee.Level",
    },
}
IMPORT_EXPORT_USE_TRANSACTIONS = True
