"""Citations in sentences that are quoted elsewhere are said as a reader would."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vaults import write
from vault.build import survey
from vault.compose.quoting import spoken
from vault.compose.scope import Scope
from vault.disk import find_vault

NOTE = """---
title: Citing
---
As [@hu2022lora; see @vaswani2017attention, p. 3] say, and @hu2022lora too, [@plain, fig. 1], [@secret],
[@nowhere2020] and [@hu2022lora; @nowhere2020]; write to me@hu2022lora.org or @nobody.
"""
BIB = """@misc{hu2022lora, title={LoRA}, author={Hu, Edward and Shen, Yelong and Wallis, Phil}, year=2022}
@misc{vaswani2017attention, title={Attention}, author={Vaswani, Ashish}, year=2017}
@misc{plain, title={Plain}, author={Plain, Ann and Bo, Lee}}
"""


@pytest.fixture
def scope(tmp_path: Path) -> Scope:
    write(tmp_path, "notes/citing.md", NOTE)
    write(tmp_path, "notes/secret.md", "---\ntitle: Secret\nkey: secret\nprivate: true\n---\nx\n")
    write(tmp_path, "library.bib", BIB)
    return survey(find_vault(str(tmp_path))).sitemap.scope


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("As [@hu2022lora] say", "As (Hu et al., 2022) say"),
        ("[@hu2022lora; see @vaswani2017attention, p. 3]", "(Hu et al., 2022; see Vaswani, 2017, p. 3)"),
        ("and @hu2022lora too", "and Hu et al. (2022) too"),
        ("[@plain, fig. 1]", "(Plain and Bo, n.d., fig. 1)"),
        ("[@secret], [@nowhere2020]", "[@secret], [@nowhere2020]"),
        ("[@hu2022lora; @nowhere2020]", "[@hu2022lora; @nowhere2020]"),
        ("me@hu2022lora.org or @nobody", "me@hu2022lora.org or @nobody"),
        ("no sign at all", "no sign at all"),
        ("a cut one … @hu2022lora, p.", "a cut one … Hu et al. (2022), p."),
    ],
)
def test_a_citation_in_a_sentence_is_said_by_author_and_year(scope: Scope, written: str, said: str) -> None:
    assert spoken(scope, "citing", written) == said
