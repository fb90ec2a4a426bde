import pytest
from django.db import connection


def test_a_live_process_says_so_to_anyone(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_a_site_that_can_serve_is_ready(client, db):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "redis": "ok"}


def test_a_silent_redis_is_told_but_stops_nothing(client, db, stopped_redis):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["redis"] == "unreachable"


def test_a_migration_that_was_not_run_stops_service(client, as_superuser):
    with as_superuser.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions' RETURNING app, name")
        row = cursor.fetchone()
        response = client.get("/readyz")
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())", row
        )

    assert response.status_code == 503
    assert response.json()["database"] == "unmigrated"


@pytest.mark.parametrize("page", ["/healthz", "/readyz"])
def test_health_is_read_only_and_never_cached(client, db, page):
    assert client.post(page).status_code == 405
    assert "no-store" in client.get(page)["Cache-Control"]


def test_every_answer_carries_the_strict_policies(client):
    response = client.get("/healthz")

    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'"):
        assert directive in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_database_that_is_down_is_told(client, django_db_blocker):
    with django_db_blocker.unblock():
        host = connection.settings_dict["HOST"]
        connection.close()
        connection.settings_dict["HOST"] = "/nowhere"
        try:
            response = client.get("/readyz")
        finally:
            connection.settings_dict["HOST"] = host

    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"
