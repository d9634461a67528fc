"""A vault of any size, the same on every machine: note ``i`` depends on ``i`` alone and links to older notes only.

So the note in the middle of a small vault is, but for what newer notes say of it, that of a large one.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

from tests.vaults import write

_WORDS = """
a the of and in to is that for with on as model models attention loss layer layers token
tokens data training test weight weights gradient scale scaling sparse dense low rank
matrix kernel memory cache batch step noise score prior latent flow sample reward policy
value search graph proof bound error rate shift mean variance head query key block window
length depth width seed run table figure claim baseline ablation result effect cost budget
small large longer shorter better worse same other first last only never often
"""
WORDS = _WORDS.split()
AREAS = {
    "efficiency": ("peft", "quantisation", "kernels", "distillation", "caching"),
    "generation": ("diffusion", "flows", "autoregressive", "guidance"),
    "reasoning": ("search", "rewards", "verifiers", "proofs"),
    "theory": ("scaling", "optimisation", "generalisation"),
    "vision": ("segmentation", "features", "video"),
    "evaluation": ("benchmarks", "contamination"),
}
NAMES = [
    "Ana Berger",
    "Chidi Okafor",
    "Mei Lin",
    "Jonas Ek",
    "Sara Haddad",
    "Tomás Ruiz",
    "Ivy Chen",
    "Noor Siddiqui",
    "Lars Holm",
    "Ada Quill",
]
OTHERS = (
    ("zh", "关于长上下文的笔记", "长序列的代价在于内存，而不在于计算。"),
    ("ja", "注意機構の計算量", "計算ではなく帯域が律速である。"),
    ("ar", "ملاحظات حول الانتباه", "الذاكرة هي العنق لا الحساب."),
    ("ko", "희소 주의에 대하여", "창이 길수록 비용은 제곱으로 늘어난다."),
)
STATES = ("read", "read", "read", "skimmed", "reading", "dropped")
CONFIG = (
    'title = "A thousand notes"\nauthor = "A. Reader"\ndescription = "Generated notes, for the checks."\n'
)


def files(n: int) -> Iterator[tuple[str, str]]:
    """(Path from the vault's root, text) of ``n`` notes and what stands beside them."""
    yield "tags/efficiency.md", "---\naliases: [frugality]\n---\nWhat costs less and does the same.\n"
    yield "digest/2020-03.md", "A month of small things.\n"
    yield "about.md", "# About\n\nGenerated, to be checked. See [[note-00001]].\n"
    yield "notes/log-2025.md", LOG
    for i in range(n):
        undated = i % 60 == 59
        yield f"notes/{'plans/' if undated else f'{day(i).year}/{day(i)}-'}note-{i:05d}.md", note(i)


LOG = """# Log 2025

### 3rd February

[A first entry](https://arxiv.org/abs/2312.00752)

- with a #remark of its own, after [[note-00001]]

### 4th February

[Another](https://arxiv.org/abs/2305.13048)

- shorter
"""


def make_vault(root: Path, n: int) -> Path:
    for path, text in files(n):
        write(root, path, text)
    write(root, "notes/figures/curve.svg", CURVE)
    return root


CURVE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 400 200">'
    '<path d="M10 190 Q 120 20 390 12" fill="none" stroke="#0a56a3" stroke-width="3"/></svg>\n'
)


def day(i: int) -> datetime.date:
    """Days over eight years, every note's own; two notes share one only in vaults above 2,900."""
    return datetime.date(2017, 1, 2) + datetime.timedelta(days=i * 137 % 2900)


def title(i: int) -> str:
    chance = random.Random(f"title {i}")
    if i % 29 == 5:
        return f"{OTHERS[i // 29 % len(OTHERS)][1]} {i}"
    words = " ".join(chance.choice(WORDS[8:]) for _ in range(30 if i % 97 == 3 else chance.randint(3, 7)))
    return f"Study {i}: {words}" if i % 3 else f"{words.capitalize()} {i}"


def tags(i: int) -> list[str]:
    chance = random.Random(f"tags {i}")
    areas = chance.sample(sorted(AREAS), chance.randint(1, 2))
    return [f"{area}/{chance.choice(AREAS[area])}" if chance.random() < 0.8 else area for area in areas]


def queued(i: int) -> bool:
    return i % 13 == 6


def header(i: int) -> str:
    chance = random.Random(f"header {i}")
    people = chance.sample(NAMES, chance.randint(1, 5)) if i % 97 != 3 else NAMES * 4
    lines = [f'title: "{title(i)}"', f"tags: [{', '.join(tags(i))}]"]
    lines += ["series: Kernels, read in order"] if i % 40 == 1 else []
    if i % 4:
        lines += [f"authors: {', '.join(people)}", f"year: {day(i).year - chance.randint(0, 3)}"]
        lines.append(f"arxiv: {arxiv(i)}" if i % 5 else f"doi: 10.5555/thousand.{i}")
        lines.append(f"venue: {chance.choice(('Workshop', 'Journal', 'Symposium'))} {day(i).year}")
    if queued(i):
        return "\n".join(
            [*lines, "status: to-read", f"priority: {1 + i % 3}", f"why: named in study {i // 2}"]
        )
    lines.append(f"status: {chance.choice(STATES)}" if i % 4 else "")
    lines.append(f"rating: {1 + i % 5}" if i % 2 and i % 4 else "")
    lines.append(f"lang: {OTHERS[i // 29 % len(OTHERS)][0]}" if i % 29 == 5 else "")
    return "\n".join(line for line in lines if line)


def arxiv(i: int) -> str:
    """The paper of a note; every hundredth note is the second one on its paper."""
    i -= i % 100 == 47
    return f"24{1 + i % 12:02d}.{i:05d}"


def note(i: int) -> str:
    body = "" if queued(i) and i % 2 else "\n\n".join(parts(i)) + "\n"
    return f"---\n{header(i)}\n---\n\n{body}"


def parts(i: int) -> Iterator[str]:
    """Blocks of a note: prose always, everything else in turn."""
    chance = random.Random(f"body {i}")
    yield f"{prose(chance)} {links(i, chance)}.[^1]"
    if i % 29 == 5:
        yield OTHERS[i // 29 % len(OTHERS)][2]
    for heading in ("Method", "Evidence", "Limits", "Questions")[: 1 + i % 4]:
        yield f"## {heading}"
        yield f"{prose(chance)} {prose(chance)}"
        yield EXTRAS[chance.randrange(len(EXTRAS))]
    yield f"[^1]: {prose(chance)}"


def prose(chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(12, 40)))
    return words.capitalize() + "."


def links(i: int, chance: random.Random) -> str:
    """Sentences that name a few of the forty notes before this one, in every form."""
    older = [i - chance.randint(1, 40) for _ in range(3)]
    forms = [f"[[note-{j:05d}]]" for j in older if j >= 0]
    papers = [f"arXiv:{arxiv(j)}" for j in older if j > 0 and j % 4 and j % 5]
    papers = [*papers[:1], *([f"arXiv:2309.{i // 18:05d}"] if i % 9 == 0 else [])]
    return "It answers " + ", ".join([*forms, *papers, f"https://example.org/code/{i}"])


EXTRAS = (
    "$$\nh = W_0 x + \\frac{\\alpha}{r} B A x\n$$",
    "The error falls as $n^{-1/2}$, and $\\sqrt{1 - \\beta_t}$ scales the noise.",
    "```python\ndef step(state, grad, rate=1e-3):\n    return {k: v - rate * grad[k] for k, v in state.items()}  # a line that is longer than a phone is wide\n```",
    "| setting | steps | loss | memory | throughput | remarks on what was changed |\n|---|--:|--:|--:|--:|---|\n| base | 1000 | 2.31 | 40 GB | 1,204 | none |\n| ours | 1000 | 2.29 | 11 GB | 1,377 | half of the heads |",
    "> [!warning] Careful\n> The baseline was tuned on the test set.",
    "> [!question]- To ask\n> Does it hold with another seed?",
    "![A curve that falls](../figures/curve.svg)",
    "- first, the data\n- then, the loss\n    - and its variance\n- [ ] rerun it",
    "> A sentence that one would like to have written.",
)
