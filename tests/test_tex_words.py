"""Formulas as plain text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vaults import built, make
from vault.markdown.tex_words import readable

FORMULAS = [
    ("x^2", "x^2"),
    (r"\lambda \approx \frac{\sigma^2}{2n}", "λ ≈ (σ^2)/2n"),
    (r"\frac{\alpha}{r}\, B A x, \qquad A \in \mathbb{R}^{r\times k}", "α/r B A x, A ∈ R^(r × k)"),
    (
        r"\mathcal{L}_{\text{DPO}} = -\log\sigma(\beta\log\frac{\pi_\theta(y|x)}{\pi_{ref}(y|x)})",
        "L_DPO = - log σ(β log(π_θ(y|x))/(π_ref(y|x)))",
    ),
    (r"\begin{aligned} m_j &= \max(m_{j-1}) \\ \ell_j &= 3\end{aligned}", "m_j = max(m_(j-1)) ℓ_j = 3"),
    (r"\{a, b\}", "{a, b}"),
    (r"\operatorname{softmax}(\frac{QK^\top}{\sqrt{d_k}})", "softmax((QK^⊤)/(√(d_k)))"),
    (r"\left(\frac{1}{\frac{a}{b}}\right)", "(1/(a/b))"),
    (r"10\% \text{ of } {\bf x}", "10% of x"),
]


@pytest.mark.parametrize(("tex", "words"), FORMULAS)
def test_a_formula_is_told_as_one_would_type_it(tex: str, words: str) -> None:
    assert readable(tex) == words


@given(st.text(r"\{}_^frac abα&%$|", max_size=60))
def test_any_formula_gives_one_line_without_commands(tex: str) -> None:
    told = readable(tex)
    assert "\n" not in told and "\x1d" not in told
    assert "\\" not in told


@pytest.mark.parametrize("part", ["{", "}", "\\frac{", "_{", "^ ", "\\begin{", "\\", "\\sqrt ", "{}"])
def test_long_formulas_take_their_length(part: str) -> None:
    begun = time.process_time()
    readable(part * 20_000)
    assert time.process_time() - begun < 2


def test_sentences_and_summaries_say_formulas_in_words(tmp_path: Path) -> None:
    root = make(
        tmp_path,
        {
            "notes/2025-01-02-a.md": "# A\n\nThe step $\\alpha / r$ of [[b]] is $\\frac{1}{2}$ of it. More.\n",
            "notes/2025-01-01-b.md": "# B\n\nText.\n",
        },
    )
    built(root)
    page = (root / "site/2025/01/b/index.html").read_text(encoding="utf-8")
    assert "The step α / r of " in page and "is 1/2 of it." in page
    assert '<meta name="description" content="The step α / r of b is 1/2 of it.">' in (
        root / "site/2025/01/a/index.html"
    ).read_text(encoding="utf-8")
