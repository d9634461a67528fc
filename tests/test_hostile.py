"""A server that means harm: every behaviour ends within the limits, in an entry that is plain or in a reason."""

from __future__ import annotations

import gzip
import json
import socket
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from tests.by_hand import arxiv
from tests.services import FEED, QUICK, Asked, Paper, Services, Time, atom, desk, reply, serving
from vault import fetch, lockfile
from vault.fetch import Client, FetchError, Pace, Wanted, places
from vault.fetch.client import Request
from vault.records import Settings

ID = "2106.09685"
GOOD = Paper(arxiv=ID, title="Good", known=("arxiv",))
ATOM = "application/atom+xml"
Reaction = Callable[[Asked, socket.socket], bytes | None]


def moved(to: str) -> Reaction:
    return lambda asked, _: reply("", status="302 Found", Location=to)


def body(data: bytes | str, kind: str = ATOM, **more: str) -> Reaction:
    return lambda asked, _: reply(data, kind, **more)


def feed(*entries: str) -> str:
    return FEED.format("".join(entries))


def again_and_again(first: bytes, part: bytes, pause: float = 0.0) -> Reaction:
    """Sends a part without end, as long as somebody listens."""

    def answer(_: Asked, connection: socket.socket) -> None:
        connection.sendall(first)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            connection.sendall(part)
            time.sleep(pause)

    return answer


def broken_off(_: Asked, connection: socket.socket) -> None:
    connection.sendall(reply(feed(atom(GOOD)), ATOM)[:-30])
    connection.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/atom+xml\r\n\r\n"
BOMB = gzip.compress(b"<a>" * 20_000_000)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>&c;</title></feed>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>&x;</title></feed>'
)

REFUSED: dict[str, tuple[Reaction, str]] = {
    "a redirect to a file": (moved("file:///etc/passwd"), "redirects to another place"),
    "a redirect to the cloud's secrets": (moved("http://169.254.169.254/latest/meta-data/"), "another place"),
    "a redirect to another port here": (moved("http://127.0.0.1:9/"), "another place"),
    "a redirect to another host": (moved("https://elsewhere.example/api/query"), "another place"),
    "a redirect with a user's name": (moved("http://arxiv.org@127.0.0.1:9/"), "another place"),
    "a redirect in circles": (moved("/arxiv/again"), "redirects without end"),
    "a redirect to nowhere": (moved("http://["), "another place"),
    "a body without end": (again_and_again(HEAD, b"<a>" * 20_000), "larger than"),
    "a gzip bomb": (body(BOMB, Content_Encoding="gzip"), "larger than"),
    "damaged gzip": (body(b"\x1f\x8b\x08broken", Content_Encoding="gzip"), "compressed"),
    "an encoding nobody asked for": (body(b"x", Content_Encoding="br"), "not asked for"),
    "a slow drip of the body": (again_and_again(HEAD, b"<", 0.2), "in time"),
    "a slow drip of the head": (again_and_again(b"HTTP/1.1 200 OK\r\nX: ", b"a", 0.2), "in time"),
    "silence": (again_and_again(b"", b"", 0.2), "in time"),
    "a head without end": (
        again_and_again(b"HTTP/1.1 200 OK\r\n", b"X-Y: " + b"a" * 9_000 + b"\r\n"),
        "broke off",
    ),
    "no HTTP at all": (lambda asked, _: b"SSH-2.0-OpenSSH_9.9\r\n", "broke off"),
    "an entity bomb": (body(LAUGHS), "entities"),
    "an entity from outside": (body(OUTSIDE), "entities"),
    "an error page": (body("<html><h1>Sorry</h1></html>", "text/html"), "text/html, not xml"),
    "a media type that is none": (body(feed(atom(GOOD)), "\x1b[2J"), "not xml"),
    "broken XML": (body("<feed><entry>"), "no XML"),
    "XML that is no feed": (body("<rss/>"), "no Atom feed"),
    "XML without end of depth": (body("<a>" * 90_000), "no XML"),
    "XML of great depth": (body("<a>" * 42_000 + "</a>" * 42_000), "no Atom feed"),
    "bytes that are no text": (body(b"\xff\xfe\x00\xd8" * 99), "no XML"),
    "busy for hours": (
        lambda asked, _: reply("", status="429 Too Many", Retry_After="9999999"),
        "come back in",
    ),
    "busy for ever": (lambda asked, _: reply("", status="503 Busy"), "busy (HTTP 503)"),
    "a broken connection": (broken_off, "broke off"),
    "a length that is too great": (body(feed(atom(GOOD)), Content_Length="999999"), "broke off|in time"),
    "a key it does not like": (lambda asked, _: reply("", status="403 Forbidden"), "API key"),
    "a teapot": (lambda asked, _: reply("", status="418 Teapot"), "HTTP 418"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_refused_within_the_limits(name: str) -> None:
    reaction, reason = REFUSED[name]
    limits = QUICK._replace(total=1.0, tries=2)
    started = time.monotonic()
    with serving(reaction) as server, desk(server.url, limits=limits) as found:
        only = found.base(fetch.SERVICES["arxiv"])
        assert only.startswith(server.url)
        answered, lost = found.batch(fetch.SERVICES["arxiv"], [ID])
        told = found.trouble.get("arxiv", "")
    assert answered == {}
    if told:
        assert lost == {ID}
        assert any(part in told for part in reason.split("|")), told
    else:  # asking for fewer would be the cure, and fewer than one there are not
        assert lost == set() and reason in ("larger than", "HTTP 418")
    assert time.monotonic() - started < 6, "tries, each within its second, and the machine's own slowness"
    assert len(server.asked) <= 7


def test_a_bomb_takes_no_more_memory_than_the_limit() -> None:
    with serving(body(BOMB, Content_Encoding="gzip")) as server, desk(server.url) as found:
        tracemalloc.start()
        found.batch(fetch.SERVICES["arxiv"], [ID])
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 20 * QUICK.size < len(b"<a>") * 20_000_000


DEEP = b"[" * 100_000
JSON: dict[str, tuple[bytes, str]] = {
    "broken": (b'{"results": [', "no JSON"),
    "too deep": (DEEP, "no JSON"),
    "a number of a million digits": (b"[" + b"9" * 200_000 + b"]", "no JSON"),
    "no text": (b"\xff\xfe", "no JSON"),
}


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("service", ["openalex", "semantic_scholar", "crossref"])
def test_json_that_cannot_be_read_is_refused(name: str, service: str) -> None:
    data, reason = JSON[name]
    with serving(body(data, "application/json")) as server, desk(server.url) as found:
        answered, _ = found.batch(fetch.SERVICES[service], ["10.1000/light"])
    assert answered == {} and reason in found.trouble[service]


def one(*entries: str) -> tuple[Any, ...]:
    """The entries that come of an arXiv feed of these; the other services know nothing."""
    services = Services()

    def answer(asked: Asked, connection: socket.socket) -> bytes:
        if asked.path.startswith("/arxiv"):
            return reply(feed(*entries), ATOM)
        return services(asked, connection)

    with serving(answer) as server, desk(server.url) as found:
        (part,) = fetch.fetch(found, [Wanted((arxiv(ID),))], lambda *_: None)
    return part.entries


def test_the_wrong_paper_in_the_answer_is_no_answer() -> None:
    assert one(atom(GOOD._replace(arxiv="1706.03762"))) == ()
    assert one(atom(GOOD._replace(arxiv="../../etc/passwd"))) == ()
    assert one(atom(GOOD).replace("http://arxiv.org/abs/", "javascript:")) == ()
    assert [
        entry.title for entry in one(atom(GOOD._replace(arxiv="1706.03762", title="Bad")), atom(GOOD))
    ] == ["Good"]


def test_a_paper_that_is_really_called_error_is_a_paper() -> None:
    assert [entry.title for entry in one(atom(GOOD._replace(title="Error")))] == ["Error"]
    assert (
        one("<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>no</summary></entry>")
        == ()
    )


def test_titles_cannot_steer_a_terminal_or_turn_text_around() -> None:
    title = "Quiet\u202egnp.exe\u2066 \u200bTitle\x7f\x9b with\u2028breaks"
    (entry,) = one(atom(GOOD._replace(title=title, comment="a\u202eb")))
    assert entry.title == "Quietgnp.exe Title with breaks" and entry.comment == "ab"


def test_script_in_a_title_stays_text_on_every_page(tmp_path: Any) -> None:
    from tests.vaults import built, tree, write

    (entry,) = one(atom(GOOD._replace(title="<script>alert(1)</script>", authors=("<img src=x onerror=y>",))))
    assert entry.title == "<script>alert(1)</script>"
    write(tmp_path, "notes/a.md", f"---\narxiv: {ID}\ntitle: Mine\n---\nText.\n")
    write(tmp_path, "papers.lock", lockfile.write([entry]))
    built(tmp_path)
    for path, data in tree(tmp_path / "site").items():
        if path.endswith((".html", ".xml")):
            assert b"<script>alert" not in data and b"<img src=x" not in data, path


def test_ten_thousand_authors_and_a_book_of_an_abstract_are_cut() -> None:
    many = tuple(f"Author {n}" for n in range(10_000))
    (entry,) = one(atom(GOOD._replace(authors=many[:3000], abstract="word " * 5_000, title="t" * 3_000)))
    assert len(entry.authors) == 301 and entry.authors[-1] == "et al."
    assert len(entry.abstract) <= 10_000 and len(entry.title) <= 500
    row = {"externalIds": {"ArXiv": ID}, "title": "T", "authors": [{"name": name} for name in many]}
    found = fetch.SERVICES["semantic_scholar"].read(json.dumps([row]).encode(), [f"ARXIV:{ID}"])
    assert len(found[f"ARXIV:{ID}"].authors) == 301


def client(settings: Settings, resolve: Any) -> Client:
    clock = Time().clock
    return Client(places(settings), Pace(None, clock), limits=QUICK, clock=clock, resolve=resolve)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::2"]
)
def test_a_service_s_name_that_leads_inside_is_not_followed(address: str) -> None:
    """A resolver may be lied to; the address that is connected to is the one that was looked at."""
    asked = []

    def lying(host: str, port: int) -> list[str]:
        asked.append(host)
        return [address]

    with client(Settings(), lying) as found, pytest.raises(FetchError, match="private network"):
        found.ask(Request("https://export.arxiv.org/api/query?id_list=x", kind="xml"))
    assert asked == ["export.arxiv.org"]


def test_a_host_that_nobody_named_is_never_asked() -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with client(Settings(), never) as found:
        for url in (
            "http://export.arxiv.org/",
            "https://evil.example/",
            "https://export.arxiv.org:444/",
            "ftp://export.arxiv.org/",
        ):
            with pytest.raises(FetchError, match="another place"):
                found.ask(Request(url))


def test_only_hosts_of_the_config_may_be_private_and_plain() -> None:
    named = places(Settings(fetch_arxiv="http://127.0.0.1:8000/"))
    assert [(at, place.own) for at, place in named.items() if at[0] == "http"] == [
        (("http", "127.0.0.1", 8000), True)
    ]
    assert not any(place.own for at, place in named.items() if at[0] == "https")


def test_no_cookie_is_ever_sent_back() -> None:
    services = Services(GOOD)

    def answer(asked: Asked, connection: socket.socket) -> bytes:
        data = services(asked, connection)
        return data.replace(b"\r\n", b"\r\nSet-Cookie: track=me; Path=/\r\n", 1)

    with serving(answer) as server, desk(server.url) as found:
        list(fetch.fetch(found, [Wanted((arxiv(ID),))], lambda *_: None))
    assert len(server.asked) > 2 and not any("cookie" in asked.headers for asked in server.asked)


def test_a_key_does_not_travel_to_where_a_redirect_leads() -> None:
    query, clock = f"arxiv/api/query?id_list={ID}&max_results=1", Time().clock
    with serving(Services(GOOD)) as other, serving(moved(f"{other.url}{query}")) as server:
        found = places(Settings(fetch_arxiv=server.url, fetch_openalex=other.url))
        with Client(found, Pace(None, clock), limits=QUICK, clock=clock) as asking:
            data = asking.ask(Request(f"{server.url}x", headers=(("x-api-key", "secret"),), kind="xml"))
    assert data and b"Good" in data
    assert server.asked[0].headers["x-api-key"] == "secret" and "x-api-key" not in other.asked[0].headers
