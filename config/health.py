"""Two questions for whoever watches the servers: is it alive, can it serve?"""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

REDIS_PATIENCE = 0.3  # seconds


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers; says nothing of what lies behind it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is migrated. A silent Redis is told, not fatal: jobs
    wait in their table and pages go on."""
    database = _database_state()
    parts = {"database": database, "redis": _redis_state()}
    is_ready = database == "ok"
    return JsonResponse(
        {"status": "ok" if is_ready else "not ready", **parts}, status=200 if is_ready else 503
    )


def _database_state() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unreachable"
    return "unmigrated" if waiting else "ok"


def _redis_state() -> str:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=REDIS_PATIENCE,
            socket_connect_timeout=REDIS_PATIENCE,
        ) as client:
            client.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"
