"""arXiv identifiers: their grammar, and nothing of what may stand around them.

Source: the identifier scheme in arXiv's help pages.  ``YYMM.NNNN`` from 0704 to 1412,
``YYMM.NNNNN`` from 1501, before that ``archive/YYMMNNN``; a version ``vN`` may follow.  A subject
class (``math.NA/9901123``) is no part of the identity.
"""

from __future__ import annotations

import re
from typing import Final

from vault.records import PaperId

_ARCHIVES: Final = """
    acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs
    dg-ga econ eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math-ph math mtrl-th nlin nucl-ex nucl-th
    patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con
"""
ARCHIVES: Final = tuple(_ARCHIVES.split())
"""Every archive that has, or once had, ids of the old style; a longer name before its beginning."""

FLAGS: Final = re.IGNORECASE | re.ASCII

VERSION: Final = r"v(?P<version>[1-9][0-9]{0,2})"
ARCHIVE: Final = rf"(?P<archive>{'|'.join(ARCHIVES)})(?:\.[a-z]{{2}}[a-z-]{{0,8}})?/"
STEM: Final = r"(?P<stem>[0-9]{4}\.[0-9]{4,5}|[0-9]{7})"
ID: Final = rf"(?:{ARCHIVE})?{STEM}(?:{VERSION})?(?![0-9a-z_]|\.[0-9])"
"""Pattern source of an id with its groups; ``of`` says whether the match is a real one."""


def of(match: re.Match[str]) -> PaperId | None:
    """The paper a match of ID names, or None where month, era or number cannot be."""
    stem, archive = match["stem"], (match["archive"] or "").lower()
    version = int(match["version"] or 0)
    if "." in stem:
        return PaperId("arxiv", stem, version) if _is_new(stem) else None
    return PaperId("arxiv", f"{archive}/{stem}", version) if archive and _is_old(stem) else None


def is_lenient(value: str) -> bool:
    """Five digits before 1501: understood, and not how arXiv numbered papers then."""
    return len(value) == 10 and "/" not in value and int(value[:4]) < 1501


def month_of(yymm: str) -> int:
    """1-12, or 0 when the last two of the four digits are no month."""
    month = int(yymm[2:])
    return month if month <= 12 else 0


def _is_new(stem: str) -> bool:
    yymm, number = stem.split(".")
    if not month_of(yymm) or int(yymm) < 704 or not int(number):
        return False
    return len(number) == 5 or int(yymm) < 1501


def _is_old(stem: str) -> bool:
    yymm, number = stem[:4], stem[4:]
    in_time = int(yymm) >= 9101 or int(yymm) <= 703
    return bool(month_of(yymm)) and in_time and int(number) > 0
