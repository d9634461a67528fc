"""TeX formulas as MathML, by math-core; what it cannot read is shown as written, with the reason.

Every formula is remembered for the life of the process: papers repeat themselves.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from vault.markdown.tex_depth import too_deep
from vault.markdown.text import attribute, escape
from vault.patterns import lazy

if TYPE_CHECKING:
    from math_core import LatexToMathML

LONGEST: Final = 50_000
"""Characters of a formula."""

_MACROS: Final = {
    "norm": r"\left\lVert #1\right\rVert",
    "abs": r"\left\lvert #1\right\rvert",
    "set": r"\left\{ #1\right\}",
    "ceil": r"\left\lceil #1\right\rceil",
    "floor": r"\left\lfloor #1\right\rfloor",
    "nicefrac": r"{}^{#1}\!/_{#2}",
    "mathbbm": r"\mathbb{#1}",
    "mathds": r"\mathbb{#1}",
    "pmb": r"\boldsymbol{#1}",
    "substack": r"\begin{matrix}#1\end{matrix}",
    "ensuremath": "#1",
    "textup": r"\text{#1}",
    "textnormal": r"\text{#1}",
    "given": r"\mid",
    "dotsb": r"\cdots",
    "indep": r"\perp\!\!\!\perp",
    "smallsetminus": r"\setminus",
    "softmax": r"\operatorname{softmax}",
    "sigmoid": r"\operatorname{sigmoid}",
    "sign": r"\operatorname{sign}",
    "sgn": r"\operatorname{sgn}",
    "diag": r"\operatorname{diag}",
    "rank": r"\operatorname{rank}",
    "tr": r"\operatorname{tr}",
    "Tr": r"\operatorname{Tr}",
    "Var": r"\operatorname{Var}",
    "Cov": r"\operatorname{Cov}",
    "KL": r"\operatorname{KL}",
}
"""Commands of common packages that math-core does not know, and names that papers give to operators."""

_ENVIRONMENTS: Final = {
    "smallmatrix": "matrix",
    "split": "aligned",
    "alignedat": "aligned",
    "eqnarray": "align",
    "alignat": "align",
    "flalign": "align",
}
_ENVIRONMENT = lazy(r"\\(begin|end)\{(" + "|".join(_ENVIRONMENTS) + r")(\*?)\}(?(2)(?:(?<=at\})\{\d+\})?)")
_DEFINES = lazy(r"\\(?:(?:re|provide)?newcommand|[egx]?def|let|futurelet|DeclareMathOperator)(?![a-zA-Z])")
_TEXT = lazy(r"\\(?:text|mbox|textrm|textnormal|mathrm)\s*\{")
_HUGE = lazy(r'="-?\d{4,}[\d.]*(?:em|rem|ex|px|pt)|[:-]\d{4,}[\d.]*(?:em|rem|ex|px|pt)')
_OFFSET = lazy(r"^\d+: ")
_ANNOTATION: Final = '<annotation encoding="application/x-tex">'
_converters: list[LatexToMathML] = []


@functools.lru_cache(maxsize=8192)
def mathml(tex: str, display: bool, source: str = "") -> tuple[str, str]:
    """MathML and nothing, or nothing and the reason why there is none.

    ``source`` is the TeX that is kept for copying where it is not ``tex``.
    """
    tex = tex.strip()
    if reason := refused(tex):
        return "", reason
    made, reason = converted(mapped(tex), display)
    if made and _HUGE.search(made):
        return "", "a space in it is too large"
    if made:
        head, _, _ = made.rpartition(_ANNOTATION)
        made = f"{head}{_ANNOTATION}{escape(source or tex)}</annotation></semantics></math>"
    return made, reason


def converted(tex: str, display: bool) -> tuple[str, str]:
    from math_core import LatexError, LatexToMathML  # noqa: PLC0415 - only notes with formulas pay for it

    if not _converters:
        _converters.append(
            LatexToMathML(
                macros=_MACROS,
                annotation=True,
                fancy_error=False,
                allow_unreliable_rendering=True,
                max_expansions=200,
            )
        )
    try:
        return _converters[0].convert_with_local_state(tex, displaystyle=display), ""
    except LatexError as error:
        return "", _OFFSET.sub("", str(error)).rstrip(".")


def refused(tex: str) -> str:
    """Why a formula is not even tried, or nothing."""
    if len(tex) > LONGEST:
        return "it is too long"
    if _DEFINES.search(tex):
        return "a formula here cannot define commands"
    return "it is nested too deeply" if too_deep(tex) else ""


def mapped(tex: str) -> str:
    """The formula in what math-core knows."""
    if "\\begin" in tex:
        tex = _ENVIRONMENT.sub(lambda m: f"\\{m[1]}{{{_ENVIRONMENTS[m[2]]}{m[3]}}}", tex)
    if "$" in tex:
        tex = mixed(tex)
    return tex.replace("\\mbox{", "\\text{")


def mixed(tex: str) -> str:
    """``\\text{if $x$ holds}`` as ``\\text{if }x\\text{ holds}``."""
    made: list[str] = []
    place = 0
    for match in _TEXT.finditer(tex):
        if match.start() < place:
            continue
        end = closing(tex, match.end())
        inner = tex[match.end() : end]
        if end < 0 or inner.count("$") % 2 or "$" not in inner:
            continue
        words = inner.split("$")
        shown = [
            f"\\text{{{part}}}" if not at % 2 else f"{{{part}}}" for at, part in enumerate(words) if part
        ]
        made += [tex[place : match.start()], *shown]
        place = end + 1
    return "".join(made) + tex[place:]


def closing(tex: str, place: int) -> int:
    """Where the brace that was opened before ``place`` closes, -1 if nowhere."""
    level = 1
    for match in re.finditer(r"\\.|[{}]", tex[place : place + 2000], re.DOTALL):
        level += {"{": 1, "}": -1}.get(match[0], 0)
        if not level:
            return place + match.start()
    return -1


def show(tex: str) -> str:
    """A formula in running text."""
    made, reason = mathml(tex, False)
    return made or error(tex, reason)


def error(source: str, reason: str) -> str:
    """The source of a formula that cannot be set."""
    return f'<code class="math-error" title="{attribute(reason)}">{escape(source)}</code>'
