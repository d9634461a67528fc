"""Someone who writes: a vault, and random saves of it, each with where it has to show."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.saved import STYLES

WORDS = [
    "low",
    "rank",
    "adapters",
    "attention",
    "layer",
    "gradient",
    "policy",
    "reward",
    "model",
    "state",
    "space",
    "kernel",
    "sample",
    "noise",
    "prior",
    "token",
    "head",
    "loss",
    "scale",
    "depth",
    "width",
    "sparse",
    "expert",
    "route",
    "memory",
]
KINDS = {
    "words": 40, "title": 9, "tag": 9, "link": 9, "date": 4, "slug": 3, "draft": 4, "publish": 4,
    "break": 4, "mend": 4, "new": 4, "remove": 4, "rename": 3, "template": 2, "config": 2, "library": 2,
}  # fmt: skip
Answer = tuple[int, bytes]


class Save(NamedTuple):
    """A save that was made: ``served`` says of the answer at ``address`` whether it has it."""

    kind: str
    style: str
    address: str
    served: Callable[[Answer], bool]


@dataclass
class Page:
    """A note as it stands in its file."""

    name: str
    month: int
    title: str
    text: str
    tags: list[str] = field(default_factory=list)
    slug: str = ""
    draft: bool = False
    broken: bool = False
    arxiv: str = ""

    @property
    def address(self) -> str:
        return f"/2025/{self.month:02}/{self.slug or self.name}/"

    def source(self) -> str:
        title = f'"{self.title}' if self.broken else f'"{self.title}"'
        lines = [f"date: 2025-{self.month:02}-07", f"title: {title}", f"tags: [{', '.join(self.tags)}]"]
        lines += [f"slug: {self.slug}"] if self.slug else []
        lines += ["draft: true"] if self.draft else []
        lines += [f"arxiv: {self.arxiv}"] if self.arxiv else []
        return "\n".join(["---", *lines, "---", "", self.text, ""])


class Writer:
    """The vault at ``root``, made by this."""

    def __init__(self, root: Path, notes: int, chance: random.Random) -> None:
        self.root, self.chance, self.born = root, chance, 0
        self.notes: list[Page] = []
        (root / "notes").mkdir(parents=True)
        (root / "templates/hooks").mkdir(parents=True)
        self.put("vault.toml", config("Soak"))
        self.put("templates/hooks/footer_start.html", "<p>start</p>\n")
        self.put("library.bib", entry("start"))
        for _ in range(notes):
            note = self.note("start")
            self.notes.append(note)
            self.put(f"notes/{note.name}.md", note.source())

    def put(self, path: str, text: str, style: str = "") -> None:
        file = self.root / path
        if style and file.exists():
            STYLES[style](file, text)
        else:
            file.write_text(text, encoding="utf-8")

    def note(self, mark: str) -> Page:
        self.born += 1
        number = self.born
        arxiv = f"21{number % 12 + 1:02}.{10000 + number:05}" if number % 3 == 0 else ""
        return Page(
            f"n{number:04}",
            self.chance.randint(1, 12),
            f"Note {number}",
            self.prose(mark),
            self.some_tags(),
            arxiv=arxiv,
        )

    def pages(self) -> list[str]:
        return [note.address for note in self.notes]

    def prose(self, mark: str) -> str:
        words = " ".join(self.chance.choices(WORDS, k=60))
        return f"{mark} {words}, see [[n{self.chance.randint(1, max(2, self.born)):04}]]."

    def some_tags(self) -> list[str]:
        return self.chance.sample(["rank", "rank/low", "soak", "policy", "kernel"], self.chance.randint(0, 3))

    def save(self, mark: str) -> Save:
        """One random save."""
        kind = self.chance.choices([*KINDS], [*KINDS.values()])[0]
        style = self.chance.choice([*STYLES])
        if kind in ("template", "config", "library"):
            return self.beside(kind, style, mark)
        if kind == "new":
            note = self.note(mark)
            self.notes.append(note)
            return self.written(kind, "in place", note, mark)
        fit = [note for note in self.notes if fits(kind, note)]
        if not fit:
            kind, fit = "words", [note for note in self.notes if not note.draft]
        note = self.chance.choice(fit)
        if kind == "remove":
            self.notes.remove(note)
            (self.root / f"notes/{note.name}.md").unlink()
            return Save(kind, "delete", note.address, lambda answer: answer[0] == 404)
        if kind == "rename":
            self.born += 1
            old, note.name = note.name, f"n{self.born:04}"
            (self.root / f"notes/{old}.md").rename(self.root / f"notes/{note.name}.md")
            return Save(kind, "rename", note.address, lambda answer: answer[0] == 200)
        self.change(kind, note, mark)
        return self.written(kind, style, note, mark)

    def change(self, kind: str, note: Page, mark: str) -> None:
        note.text = self.prose(mark)
        if kind == "title":
            note.title = f"Titled {mark}"
        elif kind == "tag":
            note.tags = [*self.some_tags(), f"t{self.chance.randrange(40)}"]
        elif kind == "link":
            note.text += " " + " ".join(f"[[n{self.chance.randint(1, self.born):04}]]" for _ in range(3))
        elif kind == "date":
            note.month = self.chance.randint(1, 12)
        elif kind == "slug":
            note.slug = f"s{self.chance.randrange(10**9)}"
        elif kind in ("draft", "publish"):
            note.draft = kind == "draft"
        elif kind in ("break", "mend"):
            note.broken = kind == "break"

    def written(self, kind: str, style: str, note: Page, mark: str) -> Save:
        self.put(f"notes/{note.name}.md", note.source(), style)
        if note.draft:
            return Save(kind, style, note.address, lambda answer: answer[0] == 404)
        return Save(kind, style, note.address, lambda answer: answer[0] == 200 and mark.encode() in answer[1])

    def beside(self, kind: str, style: str, mark: str) -> Save:
        """A save of something else than a note."""
        path, text, address = {
            "template": ("templates/hooks/footer_start.html", f"<p>{mark}</p>\n", "/about/"),
            "config": ("vault.toml", config(mark), "/"),
            "library": ("library.bib", entry(mark), "/papers.bib"),
        }[kind]
        self.put(path, text, style)
        return Save(kind, style, address, lambda answer: mark.encode() in answer[1])


def fits(kind: str, note: Page) -> bool:
    """Whether a note can be saved in this way."""
    if kind == "publish":
        return note.draft
    if kind == "mend":
        return note.broken and not note.draft
    if kind in ("remove", "rename"):
        return not note.draft and not note.broken and (kind == "remove" or not note.slug)
    return not note.draft and not note.broken


def config(title: str) -> str:
    return f'title = "{title}"\n[site]\nurl = "https://example.org/"\n'


def entry(mark: str) -> str:
    return (
        f"@article{{soak2020, title={{On {mark}}}, author={{Doe, Jane}}, year={{2020}}, "
        "doi={10.1000/soak}}\n"
    )
