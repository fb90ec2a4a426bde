from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

DEMO = Path(__file__).parents[2] / "demo" / "thu-thua-2023"


@pytest.fixture(scope="session")
def sample_texts():
    """Every distinct text of the sample district's lists."""
    texts = set()
    for path in DEMO.rglob("*.xlsx"):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).to_python():
                texts.update(cell for cell in row if isinstance(cell, str))
    return sorted(texts)
