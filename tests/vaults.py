"""Small vaults for tests: written, built, compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vault.build import Mark, Options, build
from vault.disk import find_vault
from vault.records import Date, Report

TODAY = Date(2025, 3, 1)

SMALL: dict[str, str] = {
    "vault.toml": 'title = "Small"\n[site]\nurl = "https://example.org/n/"\n',
    "notes/2025/2025-01-29-lora.md": (
        "---\ntitle: 'LoRA: Low-Rank Adaptation'\narxiv: 2106.09685\ntags: [adapters, rank/low]\nrating: 4\n---\n"
        "Low rank is enough, see [[Attention]] and arXiv:1706.03762.\n\n## Method\n\nA product of two $B A$.\n"
    ),
    "notes/attention.md": (
        "---\ntitle: Attention\ndate: 2025-01-02\narxiv: 1706.03762\ntags: [rank]\n---\n"
        "Every position looks at every other.[^1] ![plot](img/plot.png)\n\n[^1]: At once.\n"
    ),
    "notes/log.md": (
        "# Log 2025\n\n### 3rd February\n\n[Mamba](https://arxiv.org/abs/2312.00752)\n\n- a state space\n\n"
        "### 4th February\n\n[RWKV](https://arxiv.org/abs/2305.13048)\n\n- #recurrent again, as [[LoRA]] is not\n"
    ),
    "notes/secret.md": "---\ntitle: Secret\nprivate: true\n---\nCANARY\n",
    "notes/broken.md": "---\ntitle: [unclosed\n---\nStill a note, with [[Nowhere]].\n",
}
PLOT = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000050000000408020000") + b"\0" * 9


def make(root: Path, files: Mapping[str, str] = SMALL) -> Path:
    """A vault of these files (path from its root -> text) with one picture."""
    for path, text in files.items():
        write(root, path, text)
    write(root, "notes/img/plot.png", PLOT)
    return root


def write(root: Path, path: str, content: str | bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def built(root: Path, *, mark: Mark | None = None, **options: Any) -> Report:
    """The vault, built in this process on a fixed day."""
    return build(find_vault(str(root)), Options(**{"today": TODAY, "jobs": 1, **options}), mark=mark)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder: path -> bytes."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def clean_tree(root: Path, beside: Path, **options: Any) -> dict[str, bytes]:
    """What a build without any memory makes of the vault, in a folder that was not there."""
    built(root, out=str(beside), clean=True, **options)
    return tree(beside)
