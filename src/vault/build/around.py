"""What a site is made of beside its notes, read."""

from __future__ import annotations

from functools import partial

from vault import disk, index, lockfile
from vault.records import (
    Attachment,
    Html,
    KnownAuthor,
    LibraryEntry,
    LockEntry,
    Parsed,
    Problem,
    Scan,
    Settings,
    Templates,
    Vault,
    digest_of,
    encode,
)
from vault.tuples import NamedTuple


class Look(NamedTuple):
    """The vault as it stands, with nothing but ``vault.toml`` read; ``signature`` names it all by stat,
    ``state`` is what a seal says of it."""

    settings: Settings
    scan: Scan
    inputs: disk.Inputs
    problems: tuple[Problem, ...]
    signature: str
    at_ns: int
    state: str = ""


class Around(NamedTuple):
    """The files beside the notes, the library's and the lock file's entries, what ``authors.yml`` says, the
    texts of the vault's own pages, and what was wrong with any of them."""

    files: tuple[Attachment, ...]
    library: tuple[LibraryEntry, ...]
    lock: tuple[LockEntry, ...]
    people: tuple[KnownAuthor, ...]
    own: tuple[Parsed, ...]
    problems: tuple[Problem, ...]

    def name(self, settings: Settings) -> str:
        """Of all that catalog and graph depend on beside the notes."""
        paths, own = [file.path for file in self.files], [page.note for page in self.own]
        return digest_of(encode((settings, paths, self.library, self.lock, self.people, own)))


def around(vault: Vault, looked: Look, memory: index.Memory) -> Around:
    """All of it, remembered where reading takes long."""
    files = memory.attachments(looked.scan.attachments, partial(disk.measure, vault), looked.at_ns)
    library, unread = _library(looked, memory)
    lock = memory.lock(disk.lock_text(looked.inputs), lockfile.NAME, lockfile.read)
    own, unreadable = _own_pages(looked, memory)
    people, misread = _authors(looked.inputs, memory)
    wrong = (found for page in own for found in page.note.problems)
    problems = (*unread, *unreadable, *misread, *lock.problems, *wrong)
    return Around(files, library, lock.entries, people, own, problems)


def _library(looked: Look, memory: index.Memory) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """All entries of the bibliographies, in their order; each file is remembered by its text."""

    def read(
        text: str, path: str, recall: index.Recall
    ) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
        from vault import bibliography  # noqa: PLC0415 - 0.1 s of libraries

        return bibliography.read(text, path, recall)

    texts, problems = disk.libraries(looked.inputs, looked.settings)
    found = memory.libraries(texts, read)
    entries = tuple(entry for one in found for entry in one.entries)
    return entries, (*problems, *(wrong for one in found for wrong in one.problems))


def _authors(
    inputs: disk.Inputs, memory: index.Memory
) -> tuple[tuple[KnownAuthor, ...], tuple[Problem, ...]]:
    """What ``authors.yml`` says of people."""
    texts, problems = disk.authors(inputs)

    def read() -> tuple[tuple[KnownAuthor, ...], tuple[Problem, ...]]:
        from vault import frontmatter  # noqa: PLC0415 - 0.1 s of libraries

        found = [frontmatter.known_authors(text, path) for path, text in texts]
        people = tuple(one for known, _ in found for one in known)
        return people, tuple(wrong for _, told in found for wrong in told)

    people, misread = memory.once("authors", texts, tuple[tuple[KnownAuthor, ...], tuple[Problem, ...]], read)
    return people, (*problems, *misread)


def _own_pages(looked: Look, memory: index.Memory) -> tuple[tuple[Parsed, ...], tuple[Problem, ...]]:
    """``about.md`` and the introductions of the digest, without drafts and private ones."""
    sources, problems = disk.pages(looked.inputs)

    def read() -> tuple[Parsed, ...]:
        from vault import parse  # noqa: PLC0415 - 0.1 s of libraries

        return tuple(parse.page(source) for source in sources)

    found = memory.once("own pages", sources, tuple[Parsed, ...], read)
    drafts = looked.settings.drafts
    shown = (page for page in found if not (page.note.private or (page.note.draft and not drafts)))
    return tuple(shown), problems


def tag_texts(
    inputs: disk.Inputs, memory: index.Memory
) -> tuple[dict[str, str], dict[str, str], tuple[Problem, ...]]:
    """Tag path -> what ``tags/<tag>.md`` says, as one paragraph of safe HTML; old name -> tag path, for
    the ``aliases`` of its header; what is wrong with the headers."""
    described = disk.tag_descriptions(inputs)

    def read() -> tuple[dict[str, str], dict[str, str], tuple[Problem, ...]]:
        from vault import frontmatter, markdown  # noqa: PLC0415 - 0.1 s of libraries

        texts, aliases, told = dict[str, str](), dict[str, str](), list[Problem]()
        for path, text in described.items():
            header, body, _, problems = frontmatter.read(text, f"tags/{path}.md")
            texts[path] = markdown.inline(" ".join(body.split()))[0]
            aliases |= dict.fromkeys(header.aliases, path)
            told += problems
        return texts, aliases, tuple(told)

    texts, aliases, problems = memory.once(
        "tag texts", described, tuple[dict[str, str], dict[str, str], tuple[Problem, ...]], read
    )
    return {path: Html(text) for path, text in texts.items()}, aliases, problems


def layouts(templates: Templates) -> frozenset[str]:
    """Page templates of the vault's own, which a note may choose by ``layout:``."""
    names = templates.overrides.keys() - templates.theme.keys()
    pages = (name.removeprefix("pages/") for name in names if name.startswith("pages/"))
    return frozenset(name.removesuffix(".html") for name in pages)
