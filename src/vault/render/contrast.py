"""Whether what the theme's colours are used for can still be read with the author's own tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from vault.nearest import nearest
from vault.patterns import lazy
from vault.problems import problem
from vault.records import Problem, Settings, Templates
from vault.render.assets import FOLDER, STYLE, USER, shelved, text_of
from vault.render.colour import Colour, colour, contrast, over
from vault.render.declared import SCHEMES, declared
from vault.tuples import NamedTuple

TEXT, CONTROL = 4.5, 3.0
WORDS = ("c-text", "c-muted", "c-link", "c-visited")
STATES = ("c-queued", "c-reading", "c-read", "c-skimmed", "c-dropped")
CODE = ("k-kw", "k-st", "k-cm", "k-fn", "k-nu")
GROUNDS = ("c-bg", "c-surface", "c-surface-2")

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, TEXT) for ground in GROUNDS for ink in WORDS),
    *((ink, ground, TEXT) for ground in GROUNDS[:2] for ink in (*STATES, *CODE)),
    ("c-text", "c-mark", TEXT),
    *(("c-border-strong", ground, CONTROL) for ground in GROUNDS),
    ("l-3", "c-bg", CONTROL),
)
"""Ink, ground and the least ratio: 4.5 for text, 3 for the edges of controls and for bars (WCAG 2.2,
1.4.3 and 1.4.11)."""


class Set(NamedTuple):
    """A token's value in one scheme, and the author's line that sets it ("" and 0: the theme does)."""

    value: str
    path: str = ""
    line: int = 0


Tokens = dict[str, dict[str, Set]]
"""Scheme -> name (without dashes) -> value."""
Places = Mapping[str, tuple[int, int]]
"""Setting -> line and column in vault.toml (``settings.places``)."""
NOWHERE: Places = MappingProxyType({})
SPOKEN = lazy(r"--([A-Za-z0-9-]+)")


def contrasts(templates: Templates, settings: Settings, places: Places) -> tuple[Problem, ...]:
    """A Problem for each pair of colours in use that the author's tokens bring too near to one another,
    and for each colour that cannot be told from here."""
    tokens = in_use(templates, settings, places)
    found: dict[tuple[str, str, str], Problem] = {}
    for scheme in SCHEMES:
        for wrong in (*unread(tokens[scheme], scheme), *low(tokens[scheme], scheme)):
            found.setdefault((wrong.code, wrong.path, wrong.message), wrong)
    return tuple(found.values())


def in_use(templates: Templates, settings: Settings, places: Places) -> Tokens:
    """What each token is in the end: of the stylesheet, then ``[theme.tokens]``, then ``user.css``."""
    files, mine = shelved(templates), {name.removeprefix(FOLDER) for name in templates.user_assets}
    made: Tokens = {scheme: {} for scheme in SCHEMES}
    told = "templates/assets/" + STYLE if STYLE in mine else ""
    add(made, text_of(files, STYLE), told)
    for key, value in settings.tokens:
        line, _ = places.get(f"theme.tokens.{key}", (0, 0))
        for scheme in SCHEMES:
            made[scheme][key.removeprefix("--")] = Set(value, "vault.toml", line)
    add(made, text_of(files, USER), "templates/assets/" + USER)
    return made


def add(tokens: Tokens, css: str, path: str) -> None:
    for token in declared(css):
        for scheme in token.schemes:
            tokens[scheme][token.name] = Set(token.value, path, token.line if path else 0)


def low(tokens: dict[str, Set], scheme: str) -> Iterator[Problem]:
    """The pairs below their least ratio, each at the author's line."""
    values = {name: found.value for name, found in tokens.items()}
    base = seen(tokens, "c-bg", scheme, values) or Colour(1, 1, 1)
    for ink, ground, least in PAIRS:
        one, two = seen(tokens, ink, scheme, values), seen(tokens, ground, scheme, values)
        if one is None or two is None:
            continue
        ratio = contrast(one, over(two, base))
        if ratio < least:
            blamed = tokens[ink] if tokens[ink].path else tokens[ground]
            what = "text" if least == TEXT else "what is drawn"
            message = f"{ink} on {ground} has a contrast of {cut(ratio)} in the {scheme} theme"
            hint = f"{what} needs {least:g}: make {ink} {away(two, base)} or choose another {ground}"
            yield problem(
                "contrast-low", blamed.path or "theme/assets/vault.css", message, hint=hint, line=blamed.line
            )


def seen(tokens: dict[str, Set], name: str, scheme: str, values: dict[str, str]) -> Colour | None:
    return colour(tokens[name].value, scheme, values) if name in tokens else None


def cut(ratio: float) -> str:
    """Two digits, cut and not rounded: 4.499 is not 4.5."""
    return f"{int(ratio * 100) / 100:.2f}"


def away(ground: Colour, base: Colour) -> str:
    black, white = Colour(0, 0, 0), Colour(1, 1, 1)
    ground = over(ground, base)
    return "darker" if contrast(black, ground) > contrast(white, ground) else "lighter"


def unread(tokens: dict[str, Set], scheme: str) -> Iterator[Problem]:
    """Colours in use whose value is not understood here."""
    values = {name: found.value for name, found in tokens.items()}
    for name in sorted({name for pair in PAIRS for name in pair[:2]} & tokens.keys()):
        found = tokens[name]
        if colour(found.value, scheme, values) is None:
            message = f"{name} is {found.value}, a colour that cannot be computed here"
            hint = "Its contrast is not checked: hex, rgb(), hsl(), oklch() and light-dark() can be."
            yield problem(
                "colour-unchecked",
                found.path or "theme/assets/vault.css",
                message,
                hint=hint,
                line=found.line,
            )


def unknown_tokens(templates: Templates, settings: Settings, places: Places = NOWHERE) -> tuple[Problem, ...]:
    """A Problem for each name in ``[theme.tokens]`` that no stylesheet or template speaks of."""
    if not settings.tokens:
        return ()
    files = shelved(templates)
    styles = text_of(files, STYLE) + text_of(files, USER)
    spoken = set(SPOKEN.findall("\n".join((styles, *templates.overrides.values()))))
    known = sorted({token.name for token in declared(styles)})
    names = [key for key, _ in settings.tokens if key.removeprefix("--") not in spoken]
    return tuple(strange(name, known, places) for name in names)


def strange(key: str, known: list[str], places: Places) -> Problem:
    line, column = places.get(f"theme.tokens.{key}", (0, 0))
    near = nearest(key.removeprefix("--"), known)
    hint = f"Did you mean {near}?" if near else "The names are in docs/templates.md."
    message = f"no stylesheet has a token {key}"
    return problem("token-unknown", "vault.toml", message, hint=hint, line=line, column=column)
