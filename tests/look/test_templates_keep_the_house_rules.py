"""Rules of every template and of the files the browser gets (strict CSP, old browsers)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "print" not in path.parts
)
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
INLINE = re.compile(r"""\s(?:style|on[a-z]+|hx-on[:\w-]*)\s*=|<style|<script(?![^>]*\ssrc=)|js:""")
TOO_NEW = re.compile(r"color-mix|light-dark|oklch|@container|@layer|:has\(|^\s*&", re.MULTILINE)


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_has_nothing_inline_and_is_short(path):
    text = path.read_text(encoding="utf-8")

    assert not INLINE.search(text)
    assert text.count("\n") <= 150


@pytest.mark.parametrize("path", STYLES + SCRIPTS, ids=short)
def test_styles_and_scripts_run_in_the_last_browser_of_windows_7(path):
    assert not TOO_NEW.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_pages_of_last_resort_need_nothing_that_may_be_broken(name):
    assert "{%" not in (ROOT / "templates" / name).read_text(encoding="utf-8")
