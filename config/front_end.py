"""Copy the front-end files we use from node_modules to static/vendor (git-ignored)."""

import re
import shutil
from pathlib import Path

from whitenoise.compress import Compressor

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
    "tom-select/dist/css/tom-select.bootstrap5.min.css": "tom-select.bootstrap5.min.css",
    "tom-select/dist/js/tom-select.base.min.js": "tom-select.base.min.js",
    "tom-select/LICENSE": "tom-select.LICENSE.txt",
}
# The hashing storage stops at a map that is not there; we ship none.
SOURCE_MAP = re.compile(r"^\s*(?://|/\*)# sourceMappingURL=.*$", re.MULTILINE)


def copy_vendor_files() -> None:
    """Start from an empty folder, so that a file dropped from the list goes away."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    compressor = Compressor(quiet=True)
    for source, target in FILES.items():
        text = (ROOT / "node_modules" / source).read_text(encoding="utf-8")
        copy = VENDOR / target
        copy.write_text(SOURCE_MAP.sub("", text), encoding="utf-8")
        compressor.compress(str(copy))


if __name__ == "__main__":
    copy_vendor_files()
