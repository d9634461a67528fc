"""Everything a site is made of beside the notes: settings, library, tags, pages by hand, templates."""

from __future__ import annotations

import os
import stat
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

from vault import tongue
from vault.disk import stats
from vault.disk.find import CONFIG
from vault.disk.names import is_passed_over, nfc
from vault.disk.read import decoded, foreign
from vault.lockfile import NAME as LOCK
from vault.naming import tag_path
from vault.problems import problem
from vault.records import (
    Found,
    Problem,
    Record,
    Settings,
    Source,
    Templates,
    Vault,
    VaultError,
    changed,
    digest_of,
)

ASSETS = "assets/"
WORDS = "words/"
THEME_MARK = "theme.toml"
AUTHORS = "authors.yml"


class Inputs(Record, frozen=True):
    """The files as found, by what they are for; ``own`` are the vault's templates, ``theme`` the theme's,
    ``pages`` the texts of the site's own pages by their path below the vault."""

    config: tuple[Found, ...]
    library: tuple[Found, ...]
    tags: tuple[Found, ...]
    own: tuple[Found, ...]
    theme: tuple[Found, ...]
    lock: tuple[Found, ...] = ()
    pages: tuple[Found, ...] = ()
    authors: tuple[Found, ...] = ()

    @property
    def all(self) -> tuple[Found, ...]:
        return (
            self.config
            + self.library
            + self.tags
            + self.own
            + self.theme
            + self.pages
            + self.authors
            + self.lock
        )


def config_text(vault: Vault) -> str:
    """The text of ``vault.toml``; nothing when there is none.  Raises VaultError when it cannot be read."""
    found = _file(CONFIG, os.path.join(vault.root, CONFIG))
    return _text(found) if found else ""


def inputs(vault: Vault, settings: Settings, *, overrides: bool = True) -> Inputs:
    """What there is beside the notes.  A vault that is a bare notes folder has no templates and tag
    descriptions of its own; without ``overrides`` no vault has templates."""
    bare = vault.root == vault.notes
    at_root = [_file(name, os.path.join(vault.root, name)) for name in (CONFIG, *settings.library)]
    own = () if bare or not overrides else tuple(_tree(os.path.join(vault.root, "templates")))
    tags = () if bare else tuple(f for f in _tree(os.path.join(vault.root, "tags")) if f.path.endswith(".md"))
    pages = () if bare else tuple(_pages(vault.root))
    is_theme = any(found.path == THEME_MARK for found in own)
    people = _file(AUTHORS, os.path.join(vault.root, AUTHORS))
    return Inputs(
        config=tuple(found for found in at_root[:1] if found),
        library=tuple(found for found in at_root[1:] if found),
        tags=tags,
        own=() if is_theme else own,
        theme=own if is_theme else tuple(_tree(theme_folder())),
        lock=tuple(found for found in [_file(LOCK, os.path.join(vault.root, LOCK))] if found),
        pages=pages,
        authors=(people,) if people else (),
    )


def places(vault: Vault, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folders and the files that ``scan``, ``inputs`` and the index may read: a change of any of them may
    change the site, and nothing else of the vault can."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    names = (CONFIG, *settings.library, LOCK, AUTHORS, "about.md")
    folders = [os.path.join(vault.root, name) for name in ("templates", "tags", "digest")]
    files = (*(os.path.join(vault.root, name) for name in names), *filter(None, sys.path))
    return (vault.notes, *folders, theme_folder(), package), files


def theme_folder() -> str:
    """The shipped theme: inside the package when it is installed, else beside ``src/``."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "templates")
    return (
        inside if os.path.isdir(inside) else os.path.normpath(os.path.join(package, "..", "..", "templates"))
    )


def templates(found: Inputs, lang: str = "en") -> Templates:
    """Theme and overrides, read, with the words of a language.  Raises VaultError for a file that cannot
    be."""
    options = next((_text(file) for file in found.theme if file.path == THEME_MARK), "")
    return Templates(
        theme={file.path: _text(file, "theme/") for file in found.theme if _is_template(file)},
        overrides={file.path: _text(file, "templates/") for file in found.own if _is_template(file)},
        assets={file.path: _bytes(file) for file in found.theme if file.path.startswith(ASSETS)},
        user_assets={file.path: _bytes(file) for file in found.own if file.path.startswith(ASSETS)},
        options=dict(_flat(_toml(options))),
        words=tuple(_words(found, lang)),
    )


def _words(found: Inputs, lang: str) -> Iterator[tuple[str, str]]:
    """The catalogues that speak a language: the theme's before the vault's, ``de`` before ``de-AT``."""
    names = [f"{WORDS}{tag}.po".casefold() for tag in tongue.tags(lang)]
    for prefix, files in (("theme/", found.theme), ("templates/", found.own)):
        speak = [file for file in files if file.path.casefold() in names]
        for file in sorted(speak, key=lambda file: len(file.path)):
            yield prefix + file.path, _text(file, prefix)


def libraries(found: Inputs, settings: Settings) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """(path, text) of each ``.bib`` file; one that is not UTF-8 is read as Latin-1 and told, and so is one
    that ``vault.toml`` names and that is not there."""
    texts, problems = _lenient(found.library, "bib-error")
    there = {file.path for file in found.library}
    missing = [path for path in settings.library if path not in there and path not in Settings().library]
    message = "library.files of vault.toml names this file, and it is not there"
    return texts, (*problems, *(problem("bib-error", path, message) for path in missing))


def authors(found: Inputs) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    """(path, text) of ``authors.yml`` where there is one, read as ``libraries`` are."""
    return _lenient(found.authors, "authors-invalid")


def _lenient(files: tuple[Found, ...], code: str) -> tuple[tuple[tuple[str, str], ...], tuple[Problem, ...]]:
    texts, problems = [], []
    for file in files:
        text, other = foreign(_bytes(file))
        texts.append((file.path, text))
        if other:
            message = f"the file is not UTF-8; it was read as {other}"
            problems.append(problem(code, file.path, message, hint="Save it as UTF-8."))
    return tuple(texts), tuple(problems)


def lock_text(found: Inputs) -> str:
    """The text of ``papers.lock``, with U+FFFD for what is not UTF-8; nothing when there is none."""
    return "".join(decoded(_bytes(file).decode("utf-8", "replace").encode()) for file in found.lock)


def tag_descriptions(found: Inputs) -> dict[str, str]:
    """Tag path -> the Markdown of ``tags/<tag>.md``."""
    texts = {tag_path(file.path.removesuffix(".md")): _text(file, "tags/") for file in found.tags}
    return {path: text for path, text in texts.items() if path}


def pages(found: Inputs) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """``about.md`` and ``digest/<month>.md`` as texts; one that is not UTF-8 is left out and told."""
    texts, problems = [], []
    for file in found.pages:
        try:
            text = decoded(_bytes(file))
        except UnicodeDecodeError:
            hint = "Save it as UTF-8; it is left out of the site until then."
            problems.append(problem("encoding-invalid", file.path, "the file is not UTF-8", hint=hint))
        else:
            texts.append(Source(file.path, text, digest_of(text.encode("utf-8"))))
    return tuple(texts), tuple(problems)


def _pages(root: str) -> Iterator[Found]:
    """``about.md`` and the files of ``digest/``, sorted."""
    about = _file("about.md", os.path.join(root, "about.md"))
    yield from (about,) if about else ()
    for found in _tree(os.path.join(root, "digest")):
        if found.path.endswith(".md"):
            yield changed(found, path=f"digest/{found.path}")


def _is_template(file: Found) -> bool:
    return not file.path.startswith(ASSETS) and file.path.endswith((".html", ".xml", ".txt"))


def _tree(folder: str) -> Iterator[Found]:
    """The files below a folder, with paths relative to it, sorted; hidden ones left out."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(here, name)
            found = None if is_passed_over(name) else _file(nfc(os.path.relpath(path, folder)), path)
            if found:
                yield found


def _file(path: str, file: str) -> Found | None:
    """A regular file (or a link to one: these are the author's own) as it stands; None without one."""
    try:
        s = os.stat(file)
    except OSError:
        return None
    if not stat.S_ISREG(s.st_mode):
        return None
    return stats.found(path, file, s)


def _bytes(found: Found) -> bytes:
    try:
        with open(found.file, "rb") as file:
            return file.read()
    except OSError as error:
        raise VaultError(f"{found.file} cannot be read: {error.strerror}") from error


def _text(found: Found, prefix: str = "") -> str:
    try:
        return decoded(_bytes(found))
    except UnicodeDecodeError as error:
        raise VaultError(f"{prefix}{found.path} is not UTF-8", hint="Save it as UTF-8.") from error


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VaultError(f"theme/{THEME_MARK} is not TOML: {error}") from error


def _flat(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """``[tokens] c-link = "#06c"`` as ("tokens.c-link", "#06c")."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, str(value)
