"""A person's desk: one logged-in browser window, and what hands and eyes do there."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from config import prepare
from tests.journeys.conftest import Person
from tests.site import Site

WIDTHS = (360, 768, 1366)  # a phone, a tablet, the old PC of a commune
PICTURES = prepare.ROOT / ".local" / "screenshots" / "story"
PATIENCE = 20_000  # milliseconds; the machine may be busy with other tests

expect.set_options(timeout=PATIENCE)


class Desk(Person):
    """``troubles`` collects what no page may do: answer 500, break a script, refuse a style."""

    def __init__(self, browser: Browser, site: Site, username: str, **window: object) -> None:
        super().__init__(browser, site, username, **window)
        self.troubles: list[str] = []
        self.page.set_default_timeout(PATIENCE)
        self.page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._listen)
        self.page.on("response", self._look_at)

    def go(self, section: str) -> None:
        """Choose an entry of the main navigation."""
        nav = self.page.get_by_role("navigation", name="Danh mục chính")
        nav.get_by_role("link", name=section, exact=True).click()
        expect(nav.get_by_role("link", name=section, exact=True)).to_have_attribute(
            "aria-current", "page"
        )

    def follow(self, name: str | re.Pattern, *, exact: bool = True) -> None:
        self.link(name, exact=exact).first.click()

    def press(self, name: str | re.Pattern, *, agree: bool = False) -> None:
        """Press a button; with ``agree`` also the same button of the question that follows."""
        self.main.get_by_role("button", name=name, exact=True).click()
        if agree:
            self.page.get_by_role("dialog").get_by_role("button", name=name).click()

    def fill(self, label: str, text: str) -> None:
        """Type into the first box with this label."""
        self.main.get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.main.get_by_label(label).first.select_option(label=option)

    def upload(self, path: Path) -> None:
        """On the page "Tải danh sách lên": give the file."""
        self.page.set_input_files("input[type=file]", path)
        self.press("Tải lên và xem lại")

    def confirm(self, rows: int) -> None:
        """On the preview of a list: "Xác nhận, ghi … dòng vào sổ"."""
        self.press(f"Xác nhận, ghi {rows} dòng vào sổ")
        self.reads("Đã ghi danh sách vào sổ.")

    def reads(self, *texts: str | re.Pattern) -> None:
        """Every text stands on the page (soon)."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def has_no(self, *names: str) -> None:
        """No link or button of these names is offered on the page."""
        for name in names:
            expect(self.link(name)).to_have_count(0)
            expect(self.main.get_by_role("button", name=name, exact=True)).to_have_count(0)

    def link(self, name: str | re.Pattern, *, exact: bool = True) -> Locator:
        return self.main.get_by_role("link", name=name, exact=exact)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def picture(self, name: str) -> None:
        """The page at three widths, kept for a person to look at; none may scroll sideways."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            path = PICTURES / f"{name}-{width}.jpg"
            self.page.screenshot(path=path, full_page=True, type="jpeg", quality=60)
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                self.troubles.append(f"{name}: tràn ngang ở {width} px")

    def _listen(self, message) -> None:
        # Chromium also reports every 422 of a refused form this way.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def _look_at(self, answer) -> None:
        if answer.status >= 500:
            self.troubles.append(f"{answer.status} {answer.url}")


class Desks:
    """Everybody's desks at one site; a person logs in when first needed."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser = browser
        self.site = site
        self._known: dict[str, Desk] = {}

    def __call__(self, username: str) -> Desk:
        if username not in self._known:
            self._known[username] = Desk(self.browser, self.site, username)
        return self._known[username]

    def troubles(self) -> list[str]:
        return [
            f"{name}: {trouble}" for name, desk in self._known.items() for trouble in desk.troubles
        ]

    def close(self) -> None:
        for desk in self._known.values():
            desk.close()
