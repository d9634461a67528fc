"""Ask the services for papers, some at a time, and hand on what is known after each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from vault.fetch import arxiv, crossref, openalex, semantic_scholar
from vault.fetch.client import Client, Origin, Place, origin
from vault.fetch.errors import FetchError
from vault.fetch.merge import alike, merged
from vault.fetch.source import Account, Service
from vault.fetch.store import Store
from vault.records import LockEntry, PaperId, Settings, changed
from vault.tuples import NamedTuple

SERVICES: dict[str, Service] = {
    service.name: service
    for service in (arxiv.SERVICE, semantic_scholar.SERVICE, openalex.SERVICE, crossref.SERVICE)
}
KEYS = {"openalex": "VAULT_OPENALEX_KEY", "semantic_scholar": "VAULT_SEMANTIC_SCHOLAR_KEY"}
"""Environment variables that hold a service's API key."""
STEP = 25
"""Papers between two writes of the lock file."""
PATIENCE = 3
"""So many useless answers in a row, and a service is left alone for this run."""

Progress = Callable[[str, int, int], None]


class Wanted(NamedTuple):
    """A paper to ask for: its identities, and its entry so far."""

    ids: tuple[PaperId, ...]
    before: LockEntry | None = None


class Fetched(NamedTuple):
    """What came of some papers: entries; (key, reason) of those that are not known; service -> why it
    gave no answer."""

    entries: tuple[LockEntry, ...]
    missing: tuple[tuple[str, str], ...]
    trouble: dict[str, str]


def places(settings: Settings) -> dict[Origin, Place]:
    """The hosts that may be asked: the services' own, or those that ``vault.toml`` names."""
    found: dict[Origin, Place] = {}
    for service in SERVICES.values():
        own = getattr(settings, f"fetch_{service.name}")
        at = origin(own or service.home)
        if at and (at[0] == "https" or own):
            interval = max(service.interval, found[at].interval if at in found else 0)
            found[at] = Place(interval, bool(own))
    return found


class Desk:
    """The services as one run sees them: who answered, who is not to be asked any more."""

    def __init__(self, client: Client, store: Store, settings: Settings, keys: Mapping[str, str]) -> None:
        self.client, self.store, self.settings, self.keys = client, store, settings, keys
        self.down: dict[str, str] = {}
        self.trouble: dict[str, str] = {}
        self.useless: dict[str, int] = {}

    def base(self, service: Service) -> str:
        return getattr(self.settings, f"fetch_{service.name}") or service.home

    def ask(self, service: Service, wanted: Iterable[PaperId]) -> tuple[dict[str, LockEntry], set[str]]:
        """Key -> what the service says, for the papers that it knows; the keys it gave no answer for."""
        by_name = {name: paper.key for paper in wanted if (name := service.call(paper))}
        said: dict[str, LockEntry] = {}
        open_: list[str] = []
        for name, key in by_name.items():
            entry, known = self.store.get(service.name, key)
            if entry:
                said[key] = entry
            elif not known:
                open_.append(name)
        failed: set[str] = set()
        for start in range(0, len(open_), service.batch):
            batch = open_[start : start + service.batch]
            answered, lost = self.batch(service, batch)
            failed |= {by_name[name] for name in lost}
            for name in batch:
                if name not in lost:
                    self.store.put(service.name, by_name[name], answered.get(name))
            said |= {by_name[name]: entry for name, entry in answered.items()}
        return said, failed

    def batch(self, service: Service, names: Sequence[str]) -> tuple[dict[str, LockEntry], set[str]]:
        """Name -> entry, and the names that got no answer; halved as long as halving may help."""
        if service.name in self.down:
            return {}, set(names)
        try:
            found = self.once(service, names)
        except FetchError as error:
            if error.split and len(names) > 1:
                half = len(names) // 2
                first, second = self.batch(service, names[:half]), self.batch(service, names[half:])
                return first[0] | second[0], first[1] | second[1]
            if error.split:
                return {}, set()  # the service does not take this one paper for one
            self.failed(service, error)
            return {}, set(names)
        self.useless.pop(service.name, None)
        return found, set()

    def once(self, service: Service, names: Sequence[str]) -> dict[str, LockEntry]:
        account = Account(self.settings.fetch_mailto, self.keys.get(service.name, ""))
        data = self.client.ask(service.request(self.base(service), names, account))
        return service.read(data, names) if data is not None else {}

    def failed(self, service: Service, error: FetchError) -> None:
        self.trouble[service.name] = error.why
        self.useless[service.name] = self.useless.get(service.name, 0) + 1
        if error.again or self.useless[service.name] >= PATIENCE:
            self.down[service.name] = error.why


def fetch(desk: Desk, wanted: Sequence[Wanted], progress: Progress) -> Iterator[Fetched]:
    """The entries of these papers, some at a time.  What was handed on need not be asked again."""
    for start in range(0, len(wanted), STEP):
        some = wanted[start : start + STEP]
        progress("asking", start, len(wanted))
        yield together(desk, some)
    progress("asking", len(wanted), len(wanted))


def together(desk: Desk, wanted: Sequence[Wanted]) -> Fetched:
    """Preprints first; then those who collect; then whatever they led to: publishers, other preprints."""
    answers = Answers(wanted)
    answers.take(desk, SERVICES["arxiv"])
    answers.take(desk, SERVICES["semantic_scholar"])
    answers.take(desk, SERVICES["openalex"])
    answers.take(desk, SERVICES["arxiv"])
    answers.take(desk, SERVICES["crossref"])
    found = [answers.entry(at) for at in range(len(wanted))]
    missing = [
        (one.ids[0].key, answers.why(desk, at))
        for at, (one, entry) in enumerate(zip(wanted, found, strict=True))
        if entry is None
    ]
    return Fetched(tuple(entry for entry in found if entry), tuple(missing), dict(desk.trouble))


class Answers:
    """What the services have said so far of each of some papers; ``lost`` names services that gave no
    answer, ``refused`` identities that turned out to be another paper's."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self.wanted = wanted
        self.said: list[dict[str, LockEntry]] = [{} for _ in wanted]
        self.lost: list[set[str]] = [set() for _ in wanted]
        self.refused: list[set[str]] = [set() for _ in wanted]

    def ids(self, at: int) -> tuple[PaperId, ...]:
        """The identities of a paper as far as they are known by now."""
        entry = merged(self.wanted[at].ids, self.said[at])
        known = entry.ids if entry else self.wanted[at].ids
        return tuple(paper for paper in known if paper.key not in self.refused[at])

    def take(self, desk: Desk, service: Service) -> None:
        """Ask a service for every paper that it has not told of."""
        open_ = {
            at: next((paper for paper in self.ids(at) if service.call(paper)), None)
            for at in range(len(self.wanted))
            if service.name not in self.said[at]
        }
        asked = {at: paper for at, paper in open_.items() if paper}
        said, failed = desk.ask(service, dict.fromkeys(asked.values()))
        for at, paper in asked.items():
            if paper.key in failed:
                self.lost[at].add(service.name)
            elif paper.key in said and self.fits(at, paper, said[paper.key]):
                self.said[at][service.name] = said[paper.key]
            elif paper.key in said:
                self.refused[at].add(paper.key)

    def fits(self, at: int, paper: PaperId, entry: LockEntry) -> bool:
        """Whether an answer to an identity that another service told is about the same paper."""
        titles = [one.title for one in self.said[at].values() if one.title]
        own = {own.key for own in self.wanted[at].ids}
        return paper.key in own or not entry.title or all(alike(entry.title, title) for title in titles)

    def entry(self, at: int) -> LockEntry | None:
        unanswered = tuple(name for name in SERVICES if name in self.lost[at] and name not in self.said[at])
        one = self.wanted[at]
        found = merged(one.ids, self.said[at], unanswered, one.before)
        if found is None:
            return None
        return changed(found, ids=tuple(paper for paper in found.ids if paper.key not in self.refused[at]))

    def why(self, desk: Desk, at: int) -> str:
        lost = [SERVICES[name] for name in SERVICES if name in self.lost[at]]
        if lost:
            return "; ".join(f"{one.label}: {desk.trouble.get(one.name, 'no answer')}" for one in lost)
        asked = [one.label for one in SERVICES.values() if any(one.call(p) for p in self.wanted[at].ids)]
        return (
            f"{' and '.join(asked)} do not know it"
            if len(asked) > 1
            else (
                f"{asked[0]} does not know it"
                if asked
                else "none of the services can look up such an address"
            )
        )


def keys_of(environment: Mapping[str, str]) -> dict[str, str]:
    """The API keys that the environment holds, by service."""
    found: dict[str, str] = {}
    for name, variable in KEYS.items():
        with suppress(KeyError):
            found[name] = environment[variable].strip()
    return found
