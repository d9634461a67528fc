"""Plain text work on stylesheets: smaller, and with links that follow renamed files."""

from __future__ import annotations

import posixpath
import re

from vault.patterns import lazy

TOKENS = lazy(
    r"""/\*.*?\*/ | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | url\([^)"']*\) | [^"'/u]+ | .""",
    re.DOTALL | re.VERBOSE,
)
URL = lazy(r"""url\(\s*(["']?)([^"')\s]+)\1\s*\)""")
SPACE = lazy(r"\s+")
AROUND = lazy(r" ?([{};,>~]) ?")
LAST = lazy(r";+}")
SAID = lazy(r"((?<![\w-])font:(?!inherit)[^;{}]+);font-size-adjust:none(?=[;}])")
"""``font`` sets ``font-size-adjust`` to none by itself (CSS Fonts 4, 2.7)."""
WHOLE = ('"', "'", "url(")


def minified(text: str) -> str:
    """The same rules without comments and needless white space; strings and URLs stay as written."""
    out: list[str] = []
    plain: list[str] = []
    for token in TOKENS.findall(text):
        if token.startswith(WHOLE):
            out += [squeezed("".join(plain)), token]
            plain.clear()
        elif not token.startswith("/*"):
            plain.append(token)
    return "".join([*out, squeezed("".join(plain))]).strip()


def squeezed(text: str) -> str:
    text = AROUND.sub(r"\1", SPACE.sub(" ", text))
    return SAID.sub(r"\1", LAST.sub("}", text).replace(": ", ":"))


def with_links(text: str, names: dict[str, str], folder: str) -> str:
    """``url()`` of a file that was renamed (name -> path from the root) points to its new name."""

    def moved(match: re.Match[str]) -> str:
        name = posixpath.normpath(match[2])
        return f"url({names[name].removeprefix(folder)})" if name in names else match[0]

    return URL.sub(moved, text)
