"""Catalog and graph -> the site: every address first, then each page when it is asked for.

``settled`` settles addresses and orders, ``plan`` gives a ``SiteMap``; ``SiteMap.view`` makes the record
that a template prints (one of ``vault.records.views``), or the bytes of a file without a template.  One
file a family of pages;
``addresses`` settles every URL, ``orders`` the lists that pages share, ``body`` fills a note's slots.
A page depends on what it shows and on nothing else: ``today`` goes to home, the
queue and the statistics alone.
"""

from vault.compose.moved import moved
from vault.compose.note import BANNERS
from vault.compose.planned import View
from vault.compose.settled import OWN, Settled, settled
from vault.compose.sitemap import SiteMap, plan
from vault.compose.sources import Sources
from vault.compose.wholes import Bodies, Wholes

__all__ = [
    "BANNERS",
    "OWN",
    "Bodies",
    "Settled",
    "SiteMap",
    "Sources",
    "View",
    "Wholes",
    "moved",
    "plan",
    "settled",
]
