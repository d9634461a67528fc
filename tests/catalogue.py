"""The site's own words as they stand in templates, Python and scripts, and the catalogues of them.

``make words`` writes every ``templates/words/*.po`` anew: entries that came are there without a
translation, those that went are gone.  ``make words WORDS=fr`` begins one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "templates" / "words"
GETTEXT: dict[str, Any] = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
OURS: dict[str, Any] = {
    **dict.fromkeys(("say", "marked"), None),
    **dict.fromkeys(("say_as", "marked_as"), ((1, "c"), 2)),
    "count": (1, 2),
}
"""What words are said with: in templates and scripts, and in Python."""

PLACES = (
    ("templates", "**/*.html", "jinja2"),
    ("templates", "**/*.xml", "jinja2"),
    ("templates/assets", "vault.js", "javascript"),
    ("templates/assets", "search.js", "javascript"),
    ("templates/assets", "graph.js", "javascript"),
    ("templates/assets", "*.css", "css"),
    ("src/vault/compose", "*.py", "python"),
    ("src/vault/tongue", "speech.py", "python"),
)


def extracted() -> Catalog:
    """Every entry, in the order of the files, each with the files it stands in."""
    found = Catalog(charset="utf-8")
    for file, method in files():
        name = file.relative_to(ROOT).as_posix()
        keywords = OURS if method == "python" else GETTEXT
        way = in_css if method == "css" else method
        for _, text, _, context in extract_from_file(way, file, keywords=keywords):
            found.add(text, context=context, locations=[(name, 0)])
    return found


def in_css(file: IO[bytes], *_: object, **_more: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """``content: _("From ")``, as Babel wants to be told of it."""
    for text in re.findall(r'content: _\("([^"]+)"\)', file.read().decode()):
        yield 1, "_", text, []


def files() -> Iterator[tuple[Path, str]]:
    for folder, pattern, method in PLACES:
        for file in sorted((ROOT / folder).glob(pattern)):
            yield file, method


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(catalogue: Catalog) -> dict[tuple[str | None, Any], Message]:
    """Entries by context and text, without the header."""
    return {(each.context, each.id): each for each in catalogue if each.id}


def renewed(lang: str, old: Catalog | None) -> Catalog:
    """The catalogue of a language as it has to be now."""
    known = messages(old) if old else {}
    made = Catalog(locale=lang, fuzzy=False, header_comment="")
    for key, each in messages(extracted()).items():
        empty = "" if isinstance(each.id, str) else ("",) * get_plural(lang.replace("-", "_"))[0]
        said = known[key].string if key in known else empty
        made.add(each.id, said, locations=sorted({*each.locations}), context=each.context)
    return made


def write(path: Path, catalogue: Catalog) -> None:
    """Without dates and line numbers, which would change with everything."""
    lang = path.stem
    plural = get_plural(lang.replace("-", "_"))
    head = "\n".join(
        (
            f"# {Locale.parse(lang, sep='-').english_name}: the words of the site.",
            'msgid ""',
            'msgstr ""',
            '"Content-Type: text/plain; charset=utf-8\\n"',
            f'"Language: {lang}\\n"',
            f'"Plural-Forms: {plural.plural_forms.rstrip(chr(59))};\\n"',
        )
    )
    with path.open("wb") as file:
        file.write(head.encode() + b"\n\n")
        write_po(file, catalogue, width=110, omit_header=True, include_lineno=False, ignore_obsolete=True)


def whole(entry: Message) -> bool:
    """Whether every form is translated."""
    return all([entry.string] if isinstance(entry.id, str) else entry.string or [""])


def main(*langs: str) -> None:
    for path in sorted({*WORDS.glob("*.po"), *(WORDS / f"{lang}.po" for lang in langs)}):
        old = read(path) if path.exists() else None
        made = renewed(path.stem, old)
        write(path, made)
        missing = sum(not whole(each) for each in messages(made).values())
        print(f"{path.relative_to(ROOT)}: {len(messages(made))} entries, {missing} without a translation")


if __name__ == "__main__":
    main(*sys.argv[1:])
