"""Cut STIX Two Math down to what formulas in notes use, as WOFF2.

    pip install fonttools brotli
    npm pack @fontsource/stix-two-math@5.3.0 && tar xzf fontsource-stix-two-math-5.3.0.tgz
    python bench/math_font.py package templates/assets/fonts

Kept: Latin and Greek in all mathematical alphabets, operators, arrows, delimiters, accents, their sizes and
script forms, and the MATH table.  Dropped: text scripts and alternates, and hinting.
The font has no reserved name (OFL 1.1), so the cut may keep its own.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

RANGES = (
    "0020-007E,00A0-00FF,0131,0237,02C6,02C7,02D8-02DD,0300-0304,0306-0308,030A,030C,0311,0323,0327,0328,"
    "032D-0332,0338,0391-03A9,03B1-03C9,03D1,03D5,03D6,03DC,03DD,03F0,03F1,03F4-03F6,2000-2027,202F-203A,203C,2040,"
    "2044,2057,2061-2064,20D0,20D1,20D6,20D7,20DB-20DD,20E1,20EC-20EF,2100-214F,2190-21FF,2200-22FF,2300-230B,"
    "231C-231F,2322,2323,2329,232A,23B0,23B1,23DC-23E1,24C7,24C8,25A0-25FF,2605,2606,2660-2667,266D-266F,2713,2717,"
    "2720,27C0-27FF,2900-2AFF,2B00-2B11,FE00,FE01,1D400-1D7FF"
)
FEATURES = ["ssty", "flac", "dtls"]


def main(package: str, folder: str) -> None:
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        layout_features=FEATURES,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )
    font = TTFont(Path(package, "files/stix-two-math-latin-400-normal.woff2"), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(RANGES))
    cutter.subset(font)
    out = Path(folder, "stix-two-math.woff2")
    subset.save_font(font, str(out), options)
    shutil.copyfile(Path(package, "LICENSE"), out.with_suffix(".OFL.txt"))
    print(f"{out}: {out.stat().st_size:,} bytes, {len(font.getGlyphOrder()):,} glyphs")


if __name__ == "__main__":
    main(*sys.argv[1:])
