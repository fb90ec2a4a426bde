"""The scripts of the forms, in a real browser, against the rules of the server."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from config.vietnamese.amounts import in_words_dong

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js"
FORM = """
<form data-once data-unsaved>
  <input id="amount" data-amount><input id="day" data-date><button type="submit">Lưu</button>
</form>
"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with one form and our scripts, no server behind it."""
    page = browser.new_page()
    page.set_content(FORM)
    for name in ("amount_words", "amount_input", "date_input", "confirm"):
        page.add_script_tag(path=SCRIPTS / f"{name}.js")
    yield page
    page.close()


def test_the_browser_says_sums_in_the_words_of_the_server(page: Page):
    dice = Random(2023)
    sums = [*range(2_000), *(dice.randrange(10 ** dice.randrange(4, 14)) for _ in range(3_000))]

    said = page.evaluate("sums => sums.map(window.dongInWords)", sums)

    assert said == [in_words_dong(amount) for amount in sums]


@pytest.mark.parametrize(
    ("typed", "shown", "words"),
    [
        ("60000000", "60.000.000", "Sáu mươi triệu đồng"),
        ("1 500 000 đ", "1.500.000", "Một triệu năm trăm nghìn đồng"),
        ("1,5tr", "1,5tr", ""),
        ("1.50", "1.50", ""),
    ],
)
def test_an_amount_gets_dots_on_leaving_and_words_at_once(page: Page, typed, shown, words):
    page.fill("#amount", typed)
    assert page.inner_text("#amount_words") == words

    page.press("#amount", "Tab")
    assert page.input_value("#amount") == shown


@pytest.mark.parametrize("typed", ["15102026", "15-10-2026", "15/10/2026", "15.10.2026"])
def test_a_day_gets_slashes_on_leaving(page: Page, typed):
    page.fill("#day", typed)
    page.press("#day", "Tab")

    assert page.input_value("#day") == "15/10/2026"


def test_a_form_is_sent_once(page: Page):
    page.evaluate(
        """() => {
          window.sent = 0;
          const form = document.querySelector("form");
          form.addEventListener("submit", (event) => { event.preventDefault(); window.sent += 1; });
          form.requestSubmit();
          form.requestSubmit();
        }"""
    )

    assert page.evaluate("window.sent") == 1
