"""Words put where they are written, so that saying them costs nothing: a text in ``_("...")`` or
``pgettext("context", "...")`` becomes what it is called, as a text in quotes again."""

from __future__ import annotations

import json
import re
from typing import Final

from vault.patterns import lazy
from vault.tongue.speech import RULE, Tongue

_TEXT: Final = r'"((?:[^"\\\n]|\\.)*)"'
_SAID: Final = lazy(rf"_\({_TEXT}\)")
_SAID_AS: Final = lazy(rf"pgettext\({_TEXT}, {_TEXT}\)")
_COUNTED: Final = lazy(rf"(?<![\w.])ngettext\({_TEXT}, {_TEXT},")
_PLURAL: Final = f"+({RULE})"


def in_template(tongue: Tongue, text: str) -> str:
    """A template with its fixed words in this language; those with fields are said as the page is made."""
    if "_(" in text:
        text = _SAID.sub(lambda found: _said(tongue, found), text)
    return _SAID_AS.sub(lambda found: _said_as(tongue, found), text) if "pgettext(" in text else text


def in_script(tongue: Tongue, code: bytes) -> bytes:
    """A script with its words in this language, and with the rule by which it counts."""
    text = in_template(tongue, code.decode("utf-8", "surrogateescape"))
    if tongue.messages:
        text = _COUNTED.sub(lambda found: _forms(tongue, found), text).replace(_PLURAL, f"+({tongue.rule})")
    return text.encode("utf-8", "surrogateescape")


def _said(tongue: Tongue, found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    return found[0] if before.isalnum() or before in ("_", ".") else _quoted(tongue.say(_read(found[1])))


def _said_as(tongue: Tongue, found: re.Match[str]) -> str:
    return _quoted(tongue.say_as(_read(found[1]), _read(found[2])))


def _forms(tongue: Tongue, found: re.Match[str]) -> str:
    one, many = (_read(part) for part in found.groups())
    return f"ngettext({', '.join(map(_quoted, tongue.forms(one, many)))},"


def _read(text: str) -> str:
    return text.replace('\\"', '"')


def _quoted(text: str) -> str:
    """As Jinja and JavaScript both read it."""
    return json.dumps(text, ensure_ascii=False)
