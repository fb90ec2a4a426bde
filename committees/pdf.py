"""HTML to PDF, from what is given and nothing else: no network, no files, no clock."""

import hashlib
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.css import ColorProfile
from weasyprint.urls import FatalURLFetchingError, URLFetcher

ARCHIVE = "pdf/a-2a"
PROFILE = "archive"


class Nowhere(URLFetcher):
    """Refuses every address: a document holds all that it shows."""

    def fetch(self, url: str, headers: dict | None = None) -> None:
        raise FatalURLFetchingError(f"A printed document must not load {url[:80]}")


def render(
    html: str, *, title: str, made_at: datetime, author: str = "", variant: str | None = None
) -> bytes:
    """The PDF of an HTML body in the official layout, byte for byte the same every time.

    ``html`` is the inside of ``<body>`` (see ``committees.printing.compose``); ``made_at`` is
    the date in the PDF's properties. ``variant`` may be ``ARCHIVE`` (PDF/A-2a, tagged).
    Raises ``FatalURLFetchingError`` when the HTML names anything to be loaded.
    """
    moment = made_at.isoformat(timespec="seconds")
    page = (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(author)}">'
        f'<meta name="dcterms.created" content="{moment}">'
        f'<meta name="dcterms.modified" content="{moment}"></head><body>{html}</body></html>'
    )
    return HTML(string=page, url_fetcher=Nowhere()).write_pdf(
        color_profiles={PROFILE: _screen_colours()} if variant else None,
        output_intent=PROFILE if variant else None,
        stylesheets=[CSS(string=_stylesheet(), url_fetcher=Nowhere())],
        presentational_hints=True,
        pdf_variant=variant,
        pdf_tags=True,
        pdf_identifier=hashlib.sha256(page.encode()).digest()[:16],
    )


def _screen_colours() -> ColorProfile:
    """The sRGB profile that PDF/A embeds; WeasyPrint's own way of loading it leaks a file."""
    content = files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()
    return ColorProfile(
        BytesIO(content), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"])
    )


@cache
def _stylesheet() -> str:
    return (Path(settings.BASE_DIR) / "templates/print/document.css").read_text(encoding="utf-8")
