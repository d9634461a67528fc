"""Where every written link leads."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from vault.link.anchors import Anchors
from vault.link.attachments import Shelf, join
from vault.link.keys import Keys, is_narrative, looks_like_key
from vault.link.names import Choice, Names, folded, folder_of, without_ending
from vault.link.suggest import Suggest
from vault.problems import problem
from vault.records import Attachment, Catalog, Link, Note, Problem, Resolved, slot_key
from vault.tuples import NamedTuple

_INDEX = ("index", "README")
_NOTE_LIKE = ("md", "markdown")


class Hit(NamedTuple):
    """A link that leads somewhere: who wrote it, what was written, the note and the work it means
    (either may be empty).  For a paper that is in no catalog ``work`` is the paper's key."""

    source: str
    link: Link
    note: str
    work: str


class Found(NamedTuple):
    resolved: dict[str, dict[str, Resolved]]
    hits: dict[str, list[Hit]]
    problems: tuple[Problem, ...]


def everything(catalog: Catalog, attachments: tuple[Attachment, ...], pages: tuple[Note, ...] = ()) -> Found:
    """Every link of every note, in path and line order; one Problem a note for one written link.

    Links to papers that no note is about are in ``hits`` and not in ``resolved``: they stay external.
    """
    resolver = Resolver(catalog, Shelf(attachments))
    resolved: dict[str, dict[str, Resolved]] = {}
    hits: dict[str, list[Hit]] = {}
    for note in (*catalog.notes.values(), *pages):
        table: dict[str, Resolved] = {}
        for link in note.links:
            key = slot_key(link.kind, link.paper.key if link.paper else link.target, link.anchor)
            # What was a handle in a sentence may be a citation in brackets further on.
            open_ = key not in table or (link.kind == "cite" and table[key].kind == "hidden")
            if link.kind != "web" and open_ and (found := resolver.resolve(note, link)):
                table[key] = found
            if note.kind != "page" and (hit := resolver.hit(note, link, table.get(key))):
                hits.setdefault(note.id, []).append(hit)
        if table:
            resolved[note.id] = table
    return Found(resolved, hits, tuple(resolver.problems))


class Resolver:
    """Answers one link at a time; indexes are built once, Problems collected."""

    def __init__(self, catalog: Catalog, shelf: Shelf) -> None:
        self.catalog = catalog
        self.shelf = shelf
        self.names = Names(catalog)
        self.anchors = Anchors(catalog)
        self.problems: list[Problem] = []
        self.keys = Keys(catalog)
        self.notes_named = Suggest(self.names.spoken)
        self.keys_named = Suggest(self.keys.spoken)
        self.pages = {name: self._pages(work.notes) for name, work in catalog.works.items()}

    def _pages(self, notes: tuple[str, ...]) -> tuple[str, ...]:
        """Where a mention of the work leads: to its notes, or, while there is none, to its list items."""
        return tuple(name for name in notes if self.catalog.notes[name].kind != "item") or notes

    def resolve(self, note: Note, link: Link) -> Resolved | None:
        """Where the link leads; None where it stays as it is (an external paper, a naked number)."""
        if link.paper:
            return self._paper(note, link)
        if note.kind == "page" and not link.target.strip():
            return None
        ways: dict[str, Callable[[Note, Link], Resolved]] = {
            "wiki": self._wiki,
            "embed": self._wiki,
            "file": self._file,
            "cite": self._cite,
        }
        return ways[link.kind](note, link) if link.kind in ways else None

    def hit(self, note: Note, link: Link, found: Resolved | None) -> Hit | None:
        """Whom the link mentions."""
        if found and found.kind == "note" and found.target != note.id:
            return Hit(note.id, link, found.target, self.catalog.work_of_note.get(found.target, ""))
        if found and found.kind == "work":
            return Hit(note.id, link, "", found.target)
        if found is None and link.paper and link.kind == "paper":
            work = self.catalog.work_of.get(link.paper.key, link.paper.key)
            return Hit(note.id, link, "", work) if work != self._own(note) else None
        return None

    def _own(self, note: Note) -> str:
        return self.catalog.work_of_note.get(note.id, "")

    def _paper(self, note: Note, link: Link) -> Resolved | None:
        """A note's own paper stays an external link (decisions.md 14)."""
        work = self.catalog.work_of.get(link.paper.key, "") if link.paper else ""
        return self._work(work) if self.pages.get(work) and work != self._own(note) else None

    def _work(self, work: str) -> Resolved:
        """The page of a work: of its one note, or its own."""
        pages = self.pages[work]
        return Resolved("note", pages[0]) if len(pages) == 1 else Resolved("work", work)

    def _wiki(self, note: Note, link: Link) -> Resolved:
        target = link.target.strip()
        if not target:
            return self._at(note, link, note.id)
        name = self._from_here(note, target)
        for spelled in dict.fromkeys((without_ending(name), name)):
            if choice := self.names.find(spelled, note):
                return self._chosen(note, link, choice)
        found = self._known_work(target) or self._attachment(note, link, target)
        return found or self._item(note, link, name) or self._nowhere(note, link, [name])

    def _from_here(self, note: Note, target: str) -> str:
        """The name a target means in this note's folder: ``../x`` is resolved, ``/x`` from the top."""
        if target.startswith(("./", "../", "/")):
            return join(folder_of(note.path), target) or target
        return " ".join(target.split())

    def _item(self, note: Note, link: Link, name: str) -> Resolved | None:
        choice = self.names.find(name, note, ("item",))
        return self._chosen(note, link, choice) if choice else None

    def _chosen(self, note: Note, link: Link, choice: Choice) -> Resolved:
        if choice.work and link.kind != "embed" and not link.anchor:
            return self._work(choice.work)
        if choice.rivals and not choice.work:
            self._tell(note, link, "link-ambiguous", *_rivals(link, choice))
        return self._at(note, link, choice.note)

    def _at(self, note: Note, link: Link, target: str) -> Resolved:
        """A note, at the anchor that the link names; from an entry ``#x`` reaches the whole file."""
        if not link.anchor:
            return Resolved("note", target)
        for page in dict.fromkeys((target, note.log if target == note.id and note.log else target)):
            if (anchor := self.anchors.find(page, link.anchor)) is not None:
                return Resolved("note", page, anchor)
            if entry := self.anchors.entry(page, link.anchor):
                return Resolved("note", entry)
        text = f'"{self.catalog.notes[target].title}" has no heading or block "{link.anchor}"'
        self._tell(note, link, "anchor-missing", text, self.anchors.hint(target, link.anchor))
        return Resolved("note", target)

    def _known_work(self, target: str) -> Resolved | None:
        """By citation key (``@key`` too), then by paper id."""
        found = self.keys.find(target.removeprefix("@"))
        return self._work(found.work) if found else None

    def _attachment(self, note: Note, link: Link, target: str) -> Resolved | None:
        path = self.shelf.find(target, folder_of(note.path))
        return Resolved("file", path, link.anchor) if path else None

    def _cite(self, note: Note, link: Link) -> Resolved:
        """By citation key, paper id, or a name of a note; an unknown ``@name`` in a sentence is a handle."""
        key = link.target.strip().removeprefix("@")
        if found := self.keys.find(key):
            if found.rivals:
                self._tell(note, link, "link-ambiguous", *found.told(key))
            return Resolved("work", found.work)
        if choice := self.names.find(key, note, ("nickname", "alias", "title")):
            return self._cited(note, link, choice)
        if not is_narrative(link) and (found := self.keys.called(key)):
            if found.rivals:
                self._tell(note, link, "link-ambiguous", *found.told(key))
            return Resolved("work", found.work)
        if folded(key) in self.catalog.hidden or (is_narrative(link) and not self._is_meant(key)):
            return Resolved("hidden")
        text = f'no note and no library entry has the citation key "{key}"'
        self._tell(note, link, "cite-unknown", text, self.keys_named.hint(key))
        return Resolved("missing", key)

    def _cited(self, note: Note, link: Link, choice: Choice) -> Resolved:
        """The work of the note that a name means, else the note itself."""
        found = self._chosen(note, link, choice)
        work = self.catalog.work_of_note.get(found.target, "") if found.kind == "note" else ""
        return Resolved("work", work) if work else found

    def _is_meant(self, key: str) -> bool:
        """Whether a name in a sentence is to be a citation: it looks like a key, or nearly is one."""
        return looks_like_key(key) or bool(self.keys_named.hint(key))

    def _file(self, note: Note, link: Link) -> Resolved:
        """A relative address: from the note's folder, then from the top, then by name anywhere."""
        target = unquote(link.target.partition("?")[0]).strip()
        folder = folder_of(note.path)
        if not target:
            return self._at(note, link, note.id)
        paths = [path for base in (folder, "") if (path := join(base, target)) is not None]
        for path in paths:
            if found := self._note_at(path):
                return self._at(note, link, found)
        if found_file := self._attachment(note, link, target):
            return found_file
        choice = self.names.find(without_ending(target.lstrip("./")), note, ("path",))
        return self._chosen(note, link, choice) if choice else self._nowhere(note, link, paths)

    def _note_at(self, path: str) -> str:
        """The note whose file is at this path, with or without its ending, or a folder's index."""
        tries = [path, without_ending(path), *(f"{path}/{name}".lstrip("/") for name in _INDEX)]
        for table, key in ((self.names.exact, str), (self.names.loose, folded)):
            for name in map(key, tries):
                for owner in table["path"].get(name, ()):
                    if folded(without_ending(self.catalog.notes[owner].path)) == folded(name):
                        return owner
        return ""

    def _nowhere(self, note: Note, link: Link, names: list[str]) -> Resolved:
        written = [*names, link.target, unquote(link.target)]
        known = {folded(text) for name in written for text in (name, without_ending(name))}
        if not known.isdisjoint(self.catalog.hidden):
            return Resolved("hidden")
        name = without_ending(unquote(link.target) if link.kind == "file" else link.target.strip())
        ending = folded(link.target.rpartition("/")[2]).rpartition(".")[2]
        if link.kind != "wiki" and "." in link.target and 1 < len(ending) <= 5 and ending not in _NOTE_LIKE:
            self._tell(note, link, "image-missing", f'there is no file "{link.target}"', "")
        else:
            text = f'the link to "{link.target}" leads to no note'
            self._tell(note, link, "link-broken", text, self.notes_named.hint(name.rpartition("/")[2]))
        return Resolved("missing", name)

    def _tell(self, note: Note, link: Link, code: str, message: str, hint: str) -> None:
        found = problem(code, note.path, message, hint=hint, line=link.line, column=link.column)
        self.problems.append(found)


def _rivals(link: Link, choice: Choice) -> tuple[str, str]:
    more = (
        f" and {choice.rival_count - len(choice.rivals)} more"
        if choice.rival_count > len(choice.rivals)
        else ""
    )
    names = ", ".join(choice.rivals)
    return (
        f'"{link.target}" may be any of {choice.rival_count} notes: {names}{more}',
        f"write its path, as in [[{choice.rivals[0]}]]; the first is taken",
    )
