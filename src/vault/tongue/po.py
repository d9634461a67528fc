"""Catalogues as gettext keeps them (www.gnu.org/software/gettext/manual, PO Files), as far as they are
needed to speak: entries that are empty, fuzzy or obsolete say nothing, and English stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import c2py
from pathlib import PurePosixPath
from typing import Final

from vault.records import VaultError
from vault.tongue.speech import CONTEXT, RULE, Tongue

_LINE: Final = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr)(?:\[(\d)\])?\s*)?"((?:[^"\\]|\\.)*)"')
_WORDS: Final = {
    **{word: word for word in ("", "msgctxt", "msgid", "msgid_plural", "msgstr")},
    **{f"msgstr[{number}]": f"msgstr{number}" for number in range(10)},
}
_ESCAPED: Final = re.compile(r"\\(.)")
_SIGNS: Final = {"n": "\n", "t": "\t", "r": "\r"}
_RULE: Final = re.compile(r"^Plural-Forms:\s*nplurals\s*=\s*(\d)\s*;\s*plural\s*=\s*([^;\n]+)", re.MULTILINE)
_FIELD: Final = re.compile(r"\{(\w+)\}")

Fields = dict[str, str]
"""What an entry says, by ``msgid`` or ``msgstr1``."""


def spoken(catalogues: tuple[tuple[str, str], ...]) -> Tongue:
    """All of them as one; the rule for counts is the first one's.  Raises VaultError."""
    messages: dict[str, tuple[str, ...]] = {}
    rule, lang = "", "en"
    for name, text in catalogues:
        head = ""
        for line, entry in entries(name, text):
            if not entry["msgid"]:
                head = entry.get("msgstr", "")
            elif forms := _forms(name, line, entry):
                context = entry.get("msgctxt")
                messages[f"{context}{CONTEXT}{entry['msgid']}" if context else entry["msgid"]] = forms
        found = _RULE.search(head)
        rule = rule or (found[2].strip() if found else "")
        lang = PurePosixPath(name).stem
    rule = rule or RULE
    try:
        return Tongue(lang, messages, rule, c2py(rule))
    except ValueError as error:
        raise VaultError(
            f"{catalogues[0][0]}: Plural-Forms has no rule that can be read ({error})"
        ) from error


def entries(name: str, text: str) -> Iterator[tuple[int, Fields]]:
    """Line and fields of each entry that counts.  Raises VaultError for a line that is none."""
    entry: Fields = {}
    at, key, fuzzy, doubted = 0, "", False, False
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if not written or written[0] == "#":
            fuzzy |= written.startswith("#,") and "fuzzy" in written
            continue
        word, content = _read(name, number, written)
        if not (word or key):
            raise _no_part(name, number)
        if word in ("msgctxt", "msgid") and not (word == "msgid" and key == "msgctxt"):
            if entry and not doubted:
                yield at, entry
            entry, at, doubted, fuzzy = {}, number, fuzzy, False
        key = word or key
        entry[key] = entry.get(key, "") + content
    if entry and not doubted:
        yield at, entry


def _read(name: str, number: int, line: str) -> tuple[str, str]:
    """The word that a line begins with (``msgid``, ``msgstr1``, or nothing) and the text in its quotes."""
    word, quote, rest = line.partition('"')
    content = rest[:-1]
    if not quote or rest[-1:] != '"' or "\\" in content or '"' in content:
        found = _LINE.fullmatch(line)
        if found is None:
            raise _no_part(name, number)
        return f"{found[1] or ''}{found[2] or ''}", _ESCAPED.sub(lambda m: _SIGNS.get(m[1], m[1]), found[3])
    word = _WORDS.get(word.rstrip(), "?")
    if word == "?":
        raise _no_part(name, number)
    return word, content


def _no_part(name: str, number: int) -> VaultError:
    hint = 'Write msgid "words" and msgstr "their translation".'
    return VaultError(f"{name}:{number}: this line is no part of a catalogue", hint=hint)


def _forms(name: str, line: int, entry: Fields) -> tuple[str, ...]:
    """The translations of an entry, none where one of them is empty.  Raises VaultError for a field in
    braces that the English text has not."""
    forms = tuple(entry[key] for key in sorted(entry) if key[:6] == "msgstr")
    if any("{" in form or "}" in form for form in forms):
        _check(name, line, entry, forms)
    return forms if all(forms) else ()


def _check(name: str, line: int, entry: Fields, forms: tuple[str, ...]) -> None:
    known = set(_FIELD.findall(entry["msgid"] + entry.get("msgid_plural", "")))
    for form in forms:
        strange = set(_FIELD.findall(form)) - known
        if strange or set("{}") & set(_FIELD.sub("", form)):
            field = f"{{{min(strange)}}}" if strange else "a brace"
            hint = f"The English text has {', '.join(f'{{{each}}}' for each in sorted(known)) or 'none'}."
            raise VaultError(f"{name}:{line}: {field} is no field of this entry", hint=hint)
