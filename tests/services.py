"""A local server that answers as the four services are documented to, and one that answers as it is told.

The papers are made up; the shapes are those of the services' documentation.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from vault.fetch import Client, Clock, Desk, Limits, Pace, Store, places
from vault.records import Settings

QUICK = Limits(connect=2.0, total=2.0, size=300_000, redirects=3, tries=3, backoff=2.0, patience=60.0)


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


Answer = Callable[[Asked, socket.socket], bytes | None]
"""The bytes to send, or None when all was sent already."""


def reply(body: bytes | str, kind: str = "application/json", status: str = "200 OK", **headers: str) -> bytes:
    data = body.encode() if isinstance(body, str) else body
    lines = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close"}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + data


class Server:
    """Listens on loopback; ``answer`` may be exchanged at any time, ``asked`` is what came."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.asked = answer, list[Asked]()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.ended = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while not self.ended.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.one, args=(connection,), daemon=True).start()

    def one(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with contextlib.suppress(OSError), connection:
            asked = read_request(connection)
            if asked is None:
                return
            self.asked.append(asked)
            if (data := self.answer(asked, connection)) is not None:
                connection.sendall(data)

    def close(self) -> None:
        self.ended.set()
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # else a waiting accept still takes one connection
        self.socket.close()


def read_request(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65_536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65_536)
    parts = urlsplit(target)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Asked(method, parts.path, query, headers, body)


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    server = Server(answer)
    try:
        yield server
    finally:
        server.close()


class Paper(NamedTuple):
    """A paper as the services know it; ``known`` are the services that do."""

    arxiv: str = ""
    doi: str = ""
    title: str = "A Paper"
    authors: tuple[str, ...] = ("Ada Lind", "Bo Maar")
    abstract: str = "We weigh feathers. They are light."
    venue: str = ""
    version: int = 1
    published: str = "2021-06-17"
    updated: str = "2021-10-16"
    comment: str = ""
    journal: str = ""
    references: tuple[tuple[str, str], ...] = ()
    retracted: bool = False
    preprint: str = ""
    known: tuple[str, ...] = ("arxiv", "crossref", "openalex", "semantic_scholar")


FEED = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><title>arXiv Query</title>{}</feed>'
)


def atom(paper: Paper) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    extra = "".join(
        f'<arxiv:{name} xmlns:arxiv="http://arxiv.org/schemas/atom">{escape(text)}</arxiv:{name}>'
        for name, text in (("comment", paper.comment), ("journal_ref", paper.journal))
        if text
    )
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.arxiv}v{paper.version}</id><updated>{paper.updated}T01:02:03Z</updated>"
        f"<published>{paper.published}T17:37:18Z</published><title>{escape(paper.title)}</title>"
        f"<summary>  {escape(paper.abstract)}\n</summary>{authors}{extra}</entry>"
    )


def inverted(text: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, word in enumerate(text.split()):
        found.setdefault(word, []).append(place)
    return found


def day(iso: str) -> dict[str, Any]:
    return {"date-parts": [[int(part) for part in iso.split("-")]]}


class Services:
    """The four services on one host, each under a path of its own."""

    def __init__(self, *papers: Paper) -> None:
        self.papers = list(papers)

    def __call__(self, asked: Asked, _connection: socket.socket) -> bytes:
        service = asked.path.split("/")[1]
        return {"arxiv": self.arxiv, "crossref": self.crossref, "openalex": self.openalex, "s2": self.s2}[
            service
        ](asked)

    def known(self, service: str) -> list[Paper]:
        return [paper for paper in self.papers if service in paper.known]

    def arxiv(self, asked: Asked) -> bytes:
        ids = asked.query["id_list"].split(",")
        found = [paper for paper in self.known("arxiv") if paper.arxiv in ids]
        shown = found[: int(asked.query.get("max_results", "10"))]
        return reply(FEED.format("".join(map(atom, shown))), "application/atom+xml; charset=utf-8")

    def crossref(self, asked: Asked) -> bytes:
        doi = unquote(asked.path.split("/")[-1])
        paper = next((p for p in self.known("crossref") if p.doi and p.doi == doi), None)
        if paper is None:
            return reply("Resource not found.", "text/plain", "404 Not Found")
        message: dict[str, Any] = {
            "DOI": paper.doi.upper(),
            "title": [f"{paper.title} <i>in print</i>"],
            "author": [
                {"given": n.split()[0], "family": n.split()[1], "sequence": "first"} for n in paper.authors
            ],
            "container-title": [paper.venue or "Journal of Light Things"],
            "type": "journal-article",
            "issued": day(paper.updated),
            "abstract": f"<jats:title>Abstract</jats:title><jats:p>{paper.abstract} &amp; more.</jats:p>",
            "reference": [{"key": "r1", "DOI": "10.5555/old", "article-title": "An <i>old</i> one"}],
        }
        if paper.retracted:
            message["updated-by"] = [{"type": "retraction", "updated": day("2024-02-03")}]
        if paper.preprint:
            message["relation"] = {
                "has-preprint": [{"id-type": "doi", "id": f"10.48550/arXiv.{paper.preprint}"}]
            }
        return reply(json.dumps({"status": "ok", "message-type": "work", "message": message}))

    def openalex(self, asked: Asked) -> bytes:
        wanted = asked.query["filter"].removeprefix("doi:").split("|")
        rows = [self.openalex_row(p) for p in self.known("openalex") if wanted_of(p) & set(wanted)]
        return reply(json.dumps({"meta": {"count": len(rows)}, "results": rows}))

    def openalex_row(self, paper: Paper) -> dict[str, Any]:
        place = {"source": {"display_name": paper.venue, "type": "conference"} if paper.venue else None}
        page = [{"landing_page_url": f"http://arxiv.org/abs/{paper.arxiv}", "source": {"type": "repository"}}]
        return {
            "doi": f"https://doi.org/{paper.doi or '10.48550/arxiv.' + paper.arxiv}",
            "title": paper.title,
            "authorships": [{"author": {"display_name": name}} for name in paper.authors],
            "publication_year": int(paper.updated[:4]),
            "publication_date": paper.updated,
            "primary_location": place,
            "locations": [place, *(page if paper.arxiv else [])],
            "type": "article",
            "is_retracted": paper.retracted,
            "abstract_inverted_index": inverted(paper.abstract),
        }

    def s2(self, asked: Asked) -> bytes:
        ids = json.loads(asked.body)["ids"]
        return reply(json.dumps([self.s2_row(name) for name in ids]))

    def s2_row(self, name: str) -> dict[str, Any] | None:
        scheme, _, value = name.partition(":")
        field = {"ARXIV": "arxiv", "DOI": "doi"}.get(scheme, "")
        paper = next(
            (p for p in self.known("semantic_scholar") if field and getattr(p, field) == value), None
        )
        if paper is None:
            return None
        return {
            "paperId": "0" * 40,
            "externalIds": {"ArXiv": paper.arxiv or None, "DOI": paper.doi or None, "CorpusId": 7},
            "title": paper.title,
            "abstract": None,
            "year": int(paper.updated[:4]),
            "venue": paper.venue or "arXiv.org",
            "publicationVenue": {"name": paper.venue} if paper.venue else None,
            "publicationTypes": ["Conference"],
            "publicationDate": paper.published,
            "authors": [{"authorId": "1", "name": name} for name in paper.authors],
            "references": [
                {"paperId": None, "title": title, "externalIds": {"ArXiv": cited} if cited else None}
                for cited, title in paper.references
            ],
        }


def wanted_of(paper: Paper) -> set[str]:
    return {paper.doi.lower(), f"10.48550/arxiv.{paper.arxiv}"}


def settings(url: str, **more: Any) -> Settings:
    """Settings that lead all services to this server."""
    return Settings(
        fetch_arxiv=f"{url}arxiv/",
        fetch_crossref=f"{url}crossref/",
        fetch_openalex=f"{url}openalex/",
        fetch_semantic_scholar=f"{url}s2/",
        **more,
    )


class Time:
    """A clock whose waiting takes no time: ``slept`` is what was waited for."""

    def __init__(self, at: float = 1_700_000_000.0) -> None:
        self.at, self.slept = at, list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.at, sleep=self.sleep)


@contextlib.contextmanager
def desk(
    url: str,
    folder: str | None = None,
    limits: Limits = QUICK,
    time: Time | None = None,
    keys: dict[str, str] | None = None,
    **more: Any,
) -> Iterator[Desk]:
    """A desk whose services are this server's; waiting takes no time."""
    found, clock = settings(url, **more), (time or Time()).clock
    store = Store(folder, clock)
    with Client(places(found), Pace(folder, clock), found.fetch_mailto, limits=limits, clock=clock) as client:
        yield Desk(client, store, found, keys or {})
    store.close()
