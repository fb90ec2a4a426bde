"""Rules about the repository itself, each one sentence; see docs/ for their reasons."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
APPS = ["jobs", "committees", "households", "campaigns", "fund", "housing", "reports"]
SOURCE_FOLDERS = [*APPS, "config", "tests", "deploy", "demo"]
# Everybody may open these, signed in or not; public pages of the site itself are named here.
PUBLIC = {"healthz", "readyz", "committees:login"}
# Guarded by code that is not ours: staff only, or signed in only.
FOREIGN_NAMESPACES = {"admin"}
SIGNED_IN_ONLY = {
    "committees:logout",
    "committees:password-change",
    "committees:password-change-done",
    "committees:unit-search",  # units are public facts
}
ERROR_PAGES = {f"{status}.html" for status in (400, 403, 404, 500, 503)} | {"403_csrf.html"}
DRAWERS = {"utils", "helpers", "common", "misc", "tools", "lib", "shared"}


def python_files() -> Iterator[Path]:
    yield ROOT / "manage.py"
    for folder in SOURCE_FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.py"))


def hand_written_files() -> Iterator[Path]:
    yield from (path for path in python_files() if path.parent.name != "migrations")


def template_files() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def every_view(patterns, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, object]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or str(pattern.pattern)]), pattern.callback
        elif pattern.namespace not in FOREIGN_NAMESPACES:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from every_view(pattern.url_patterns, inner)


@pytest.mark.parametrize(
    ("name", "view"),
    [pytest.param(name, view, id=name) for name, view in every_view(get_resolver().url_patterns)],
)
def test_every_view_says_who_may_use_it(name, view):
    api_class = getattr(view, "cls", None)  # DRF guards itself: the class names the permission
    is_public = api_class is None and getattr(view, "login_required", True) is False
    names_permission = hasattr(view, "required_permission") or hasattr(
        api_class, "required_permission"
    )

    assert is_public is (name in PUBLIC), f"{name}: list a public view here, and only such"
    assert is_public or names_permission or name in SIGNED_IN_ONLY, name


def test_foreign_keys_point_downwards():
    """import-linter cannot see ``ForeignKey("fund.Receipt")``; this can. The user model is the
    one allowed exception."""
    height = {label: position for position, label in enumerate(APPS)}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created
        and field.related_model
        and model._meta.app_label in height
        and field.related_model._meta.label != settings.AUTH_USER_MODEL
        and height.get(field.related_model._meta.app_label, -1) > height[model._meta.app_label]
    ]

    assert upward == []


def test_models_order_themselves():
    unordered = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in APPS and not model._meta.ordering
    ]

    assert unordered == []


def test_no_drawers_without_a_subject():
    assert [short(path) for path in python_files() if path.stem in DRAWERS] == []


def test_files_stay_small():
    too_long = [
        f"{short(path)}: {lines}"
        for path in hand_written_files()
        if (lines := len(path.read_text().splitlines())) > 400
    ]

    assert too_long == []


def test_templates_stay_small():
    too_long = [
        f"{short(path)}: {lines}"
        for path in template_files()
        if (lines := len(path.read_text().splitlines())) > 150
    ]

    assert too_long == []


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\sstyle\s*=",
        r"<style\b",
        r"<script\b(?![^>]*\bsrc=)",
        r"\son[a-z]+\s*=",
        r"\shx-on",
        r"javascript:",
    ],
)
def test_no_inline_style_or_script(forbidden):
    """The content security policy would drop it silently."""
    found = [
        short(path)
        for path in template_files()
        if re.search(forbidden, path.read_text(), re.IGNORECASE)
    ]

    assert found == []


def test_every_template_is_used():
    texts = [path.read_text() for path in (*python_files(), *template_files())]
    unused = [
        name
        for path in template_files()
        if (name := str(path.relative_to(ROOT / "templates"))) not in ERROR_PAGES
        and not any(f'"{name}' in text for text in texts)
    ]

    assert unused == []


def test_migrations_are_named_for_what_they_change():
    unnamed = [
        short(path)
        for app in APPS
        for path in (ROOT / app / "migrations").glob("0*.py")
        if re.search(r"_auto_|_and_more|_alter_.*_alter_", path.stem)
    ]

    assert unnamed == []


def test_rules_know_nothing_of_the_web():
    web = re.compile(
        r"^(?:from|import) django\.(?:http|shortcuts|forms|views|template|contrib\.messages)\b"
        r"|^(?:from|import) rest_framework\b",
        re.MULTILINE,
    )
    rule_modules = [
        path
        for path in hand_written_files()
        if path.relative_to(ROOT).parts[0] in APPS
        and {"actions", "queries", "models", "errors"} & {path.stem, path.parent.name}
    ]

    assert rule_modules
    assert [short(path) for path in rule_modules if web.search(path.read_text())] == []


def test_rules_do_not_hide_in_save():
    overriding = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in APPS and {"save", "delete"} & set(vars(model))
    ]

    assert overriding == []


def test_every_dependency_is_locked_with_hashes_and_without_addresses():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "runtime": project["project"]["dependencies"],
        "dev": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
        "servers": project["dependency-groups"]["servers"],
        "node": project["dependency-groups"]["node"],
    }
    for name, requirements in wanted.items():
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        locked = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
        named = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in requirements}

        assert named - locked == set(), name
        assert lock.count("==") <= lock.count("--hash=sha256:"), name
        assert "://" not in lock, name
        assert "index" not in re.sub(r"^[a-z0-9.-]+==", "", lock, flags=re.MULTILINE), name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()
