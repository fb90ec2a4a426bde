"""The sample site, built once by the demo's own command, and a browser to walk through it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.site import Site

PASSWORD = "vinguoingheo"


@pytest.fixture(scope="session")
def sample_site() -> Iterator[Site]:
    """The demo as ``./dev demo`` makes it: lists imported, reports reconciled up the chain."""
    site = Site("sample", valkey_db=1)
    try:
        site.start()
        site.manage("build_demo", "--papers", str(site.folder / "papers"))
        yield site
    finally:
        site.stop()


class Person:
    """Somebody at a browser, logged in."""

    def __init__(self, browser: Browser, site: Site, username: str, **window: object) -> None:
        self.site = site
        self.username = username
        self.context = browser.new_context(base_url=site.url, locale="vi-VN", **window)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.goto("/dang-nhap/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "dang-nhap" not in url)

    def close(self) -> None:
        self.context.close()
