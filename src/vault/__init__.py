"""vault: the paper notebook that compiles.

The house, floor by floor.  Imports go down only, rooms of one floor do not import each other,
and a third-party library is a guest with one room (``tests/test_house.py`` holds the code to
this map, which it reads from FLOORS and GUESTS below).

 7  cli            words from the terminal -> one call each
 6  serve          the site in a browser while its notes are written: watch, answer, tell
 5  build          THE SENTENCE: the whole story of a build, top to bottom
--------------------------------------------------------- shell: may touch the world
 4  disk           read settings, notes, templates, .bib, the published site; apply a plan
    index          SQLite: remembered pieces, tables to query, full text
    seal           has anything changed since the last build?  Asked before anything else is loaded
    fetch          arXiv, Crossref, OpenAlex, Semantic Scholar -> entries of the lock file; nothing else
                   opens a socket to elsewhere
--------------------------------------------------------- core: values in, values out
 3  parse          Source -> pieces -> notes (a note, a dated log, a reading list)
    catalog        notes + library -> one record per work, tag, day
    link           catalog -> graph: resolved links, backlinks, related, mentions
    compose        catalog + graph -> addresses and views, one file per family of pages
    render         view + templates -> bytes
    plan           outputs against what is published -> writes, deletes, refusals
    exporters      catalog -> BibTeX, biblatex, CSL-JSON, RIS, CSV, JSON
    edit           what a new note is to say -> its text
 2  frontmatter    header -> typed fields and Problems
    markdown       body -> fragments and open slots, one syntax a file
    bibliography   .bib, CSL-JSON, RIS text -> entries
    papers         arXiv, DOI, URL grammar: what work is this?
    dates          what day is this?
    naming         what is this called on the site?
    settings       vault.toml -> Settings
    query          which notes does this text ask for?
    references     a paper in one line: styles of citing
    lockfile       papers.lock <-> entries, one fact a line
    searching      the site's search: an index as the browser loads it, cut into files
    tongue         catalogue -> the site's own words in another language than English
 1  problems       what can be wrong, and how it is told
    people         what part of a name is the family's?
    workers        many tasks over forked processes, or one beside others; the results as of one
    words          a text as words that can be compared and looked up
    citing         how a citation is written
    nearest        which name was meant by one that is none?
    heap           free memory, given back to the system
 0  records        the nouns, frozen
    patterns       regular expressions, compiled when they are first used
    tuples         named tuples, made quickly
"""

from __future__ import annotations

TYPE_CHECKING = False  # for importing typing a build that has nothing to do would pay a tenth of its time
if TYPE_CHECKING:
    from typing import Final

__version__ = "0.1.0"

FLOORS: Final[dict[int, tuple[str, ...]]] = {
    8: ("__main__",),
    7: ("cli",),
    6: ("serve",),
    5: ("build",),
    4: ("disk", "index", "fetch", "seal"),
    3: ("parse", "catalog", "link", "compose", "render", "plan", "exporters", "edit"),
    2: (
        "frontmatter",
        "markdown",
        "bibliography",
        "papers",
        "dates",
        "naming",
        "settings",
        "query",
        "references",
        "lockfile",
        "searching",
        "tongue",
    ),
    1: ("problems", "people", "words", "workers", "citing", "nearest", "heap"),
    0: ("records", "patterns", "tuples"),
}

GUESTS: Final[dict[str, tuple[str, ...]]] = {
    "msgspec": ("records",),
    "yaml": ("frontmatter",),
    "markdown_it": ("markdown",),
    "mdit_py_plugins": ("markdown",),
    "linkify_it": ("markdown",),
    "math_core": ("markdown",),
    "pygments": ("markdown",),
    "nh3": ("markdown",),
    "pybtex": ("bibliography",),
    "rapidfuzz": ("link",),
    "jinja2": ("render",),
    "PIL": ("render",),
    "markupsafe": ("render",),
    "click": ("cli",),
    "rich": ("cli",),
    "starlette": ("serve",),
    "uvicorn": ("serve",),
    "watchdog": ("serve",),
    "httpx": ("fetch",),
    "httpcore": ("fetch",),
    "defusedxml": ("fetch",),
}
"""Which room each third-party library lives in."""
