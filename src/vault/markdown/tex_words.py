"""A formula as a line of plain text: what sentences, summaries and the search show of it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from vault.patterns import lazy

_SIGNS = """
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ
    Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ hbar ħ partial ∂ nabla
    ∇ infty ∞ emptyset ∅ varnothing ∅ cdot · times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ odot ⊙ otimes ⊗
    oplus ⊕ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ in ∈
    notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ neg ¬
    land ∧ wedge ∧ lor ∨ vee ∨ to → rightarrow → longrightarrow → leftarrow ← gets ← leftrightarrow ↔
    Rightarrow ⇒ implies ⇒ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ top ⊤ bot ⊥
    perp ⊥ mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈
    rceil ⌉ ldots … cdots ⋯ dots … dotsc … dotsb ⋯ vdots ⋮ prime ′ sum ∑ prod ∏ int ∫ sqrt √ dagger †
"""
_SILENT = """
    text textbf textit textrm textup textnormal mathrm mathbf mathbb mathbbm mathcal mathfrak mathit
    mathsf mathscr boldsymbol bm pmb operatorname left right big Big bigg Bigg bigl bigr Bigl Bigr quad
    qquad displaystyle textstyle limits nolimits bf it rm cal hat widehat tilde widetilde bar overline
    underline vec dot ddot label tag nonumber notag phantom mathstrut ensuremath underbrace overbrace
    middle hspace vspace
"""
SIGNS: Final = dict(zip(_SIGNS.split()[::2], _SIGNS.split()[1::2], strict=True))
"""Command -> its sign."""

SILENT: Final = frozenset(_SILENT.split())
"""Commands that say only how the rest is set."""

CLOSE: Final = frozenset("∂∇∑∏∫√∞∅′|‖⟨⟩⌊⌋⌈⌉…⊤⊥∀∃¬†·")
"""Signs that stand without space around them; the others, unless they are letters, have one."""

_FRAME: Final = lazy(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[^{}]*\})?")
_STYLE: Final = lazy(rf"\\(?:{'|'.join(sorted(SILENT, key=len, reverse=True))})(?![A-Za-z])\*?\s*")
_GROUP: Final = lazy(
    r"([_^]|\\sqrt)\s*\{([^{}]*)\}|\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}|(?<![_^}])\{([^{}]*)\}(?!\s*\{)"
)
_COMMAND: Final = lazy(r"\\(?:([A-Za-z]+)\*?|\\(?:\[[^\]]*\])?|(.)|\Z)", re.DOTALL)
_BRACES: Final = {ord("{"): None, ord("}"): None, 0x1D: "{", 0x1E: "}"}
DEEPEST: Final = 6


@lru_cache(maxsize=4096)
def readable(tex: str) -> str:
    r"""``\frac{\alpha}{r}\, B A x`` as ``α/r B A x``; braces that hold together become brackets."""
    if "\\" not in tex and "{" not in tex:
        return tex
    text = _FRAME.sub(" ", tex.replace("\\{", "\x1d").replace("\\}", "\x1e"))
    text = _STYLE.sub("", text)
    for _ in range(DEEPEST):
        text, found = _GROUP.subn(_group, text)
        if not found:
            break
    text = _COMMAND.sub(_command, text).replace("&", " ").translate(_BRACES)
    return " ".join(text.split()).replace(" )", ")").replace("( ", "(")


def _group(found: re.Match[str]) -> str:
    script, raised, above, below, rest = found.groups()
    if script:
        return script.replace("\\sqrt", "√") + _held(raised)
    return f" {rest}" if above is None else f"{_held(above)}/{_held(below)} "


def _held(part: str) -> str:
    """A part in brackets, unless it is one word or sign."""
    plain = _COMMAND.sub(_command, part).strip()
    return plain if plain.isalnum() or len(plain) <= 1 else f"({plain})"


def _command(found: re.Match[str]) -> str:
    name, sign = found[1], found[2]
    if not name:
        return sign.replace("|", "‖") if sign and sign in "%$#_|" else " "
    known = SIGNS.get(name)
    if known is None:
        after = found.string[found.end() : found.end() + 1]
        return f" {name} " if after.isalnum() or after in ("\\", " ") else f" {name}"
    return known if known.isalpha() or known in CLOSE else f" {known} "
