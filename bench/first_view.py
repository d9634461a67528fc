"""What a browser fetches to show the same notes first, in small and large vaults: ``make firstview``.

python -m bench.first_view 1000 10000
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from tests.test_thousand import views_of


def main(*sizes: str) -> None:
    print("notes    median  largest  (bytes, compressed: HTML, style and script of eighty notes)")
    for size in map(int, sizes):
        with tempfile.TemporaryDirectory() as folder:
            totals = [sum(view.values()) for view in views_of(Path(folder), size).values()]
        print(f"{size:<7}  {statistics.median(totals):>6.0f}  {max(totals):>7}")


if __name__ == "__main__":
    main(*sys.argv[1:])
