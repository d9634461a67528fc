"""Asking the services: what they say becomes one entry, politely, and again after a stop."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event
from typing import Any

import httpcore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.by_hand import arxiv, doi
from tests.services import QUICK, Asked, Paper, Server, Services, Time, desk, reply, serving
from vault import fetch, lockfile
from vault.fetch import Clock, FetchError, Pace, Wanted, clean
from vault.fetch.client import Request, retry_after, spoken, unpacked
from vault.fetch.merge import alike, versions
from vault.fetch.openalex import abstract
from vault.fetch.wire import Backend, Deadline, in_time, is_open
from vault.records import Cited, LockEntry, PaperId, Release

LIGHT = Paper(
    arxiv="2106.09685",
    doi="10.1000/light",
    title="Light Things:\n  Weighing Feathers",
    venue="Feather Conference",
    version=3,
    comment="12 pages. Code: https://github.com/lind/feathers.",
    references=(("1706.03762", "Heavy Things"), ("", "A thing without a name")),
)
LONE = Paper(arxiv="2401.00001", title="A Lone Preprint")


def fetched(server: Server, *wanted: Wanted, **more: Any) -> fetch.Fetched:
    with desk(server.url, **more) as found:
        parts = list(fetch.fetch(found, wanted, lambda *_: None))
    entries = tuple(entry for part in parts for entry in part.entries)
    return fetch.Fetched(entries, tuple(m for part in parts for m in part.missing), parts[-1].trouble)


def paths(server: Server) -> list[str]:
    return [asked.path.split("/")[1] for asked in server.asked]


def test_what_all_services_say_becomes_one_entry() -> None:
    with serving(Services(LIGHT)) as server:
        (entry,), missing, trouble = fetched(server, Wanted((arxiv("2106.09685", 1),)))
    assert (missing, trouble) == ((), {})
    assert entry == LockEntry(
        ids=(arxiv("2106.09685"), doi("10.1000/light")),
        title="Light Things: Weighing Feathers",
        authors=("Ada Lind", "Bo Maar"),
        abstract="We weigh feathers. They are light.",
        year=2021,
        venue="Feather Conference",
        kind="article",
        published="2021-06-17",
        updated="2021-10-16",
        versions=(Release(1, "2021-06-17"), Release(3, "2021-10-16")),
        comment="12 pages. Code: https://github.com/lind/feathers.",
        references=(Cited("", "A thing without a name"), Cited("arxiv:1706.03762", "Heavy Things")),
        code=("https://github.com/lind/feathers",),
        sources=("arxiv", "crossref", "semantic_scholar", "openalex"),
    )
    assert lockfile.read(lockfile.write([entry]), "papers.lock")[1] == ()


def test_a_doi_leads_to_its_preprint_and_to_what_the_publisher_says() -> None:
    only = LIGHT._replace(known=("arxiv", "crossref", "semantic_scholar"))
    with serving(Services(only)) as server:
        (entry,), _, _ = fetched(server, Wanted((doi("10.1000/light"),)))
    assert entry.id == "arxiv:2106.09685" and entry.versions[-1].number == 3
    with serving(Services(LIGHT._replace(arxiv="", known=("crossref",)))) as server:
        (entry,), _, _ = fetched(server, Wanted((doi("10.1000/light"),)))
    assert entry.title == "Light Things: Weighing Feathers in print"
    assert entry.abstract == "We weigh feathers. They are light. & more."
    assert entry.references == (Cited("doi:10.5555/old", "An old one"),)
    assert (entry.kind, entry.published, entry.sources) == ("article", "2021-10-16", ("crossref",))


def test_a_preprint_alone_has_no_venue_and_a_year() -> None:
    with serving(Services(LONE)) as server:
        (entry,), _, _ = fetched(server, Wanted((arxiv("2401.00001"),)))
    assert (entry.venue, entry.year, entry.ids) == ("", 2021, (arxiv("2401.00001"),))
    assert entry.versions == (Release(1, "2021-06-17"),) and entry.updated == "2021-10-16"


@pytest.mark.parametrize(
    ("paper", "word"),
    [
        (LONE._replace(comment="This paper has been withdrawn: Lemma 2 is wrong"), "Lemma 2"),
        (LONE._replace(abstract="This submission was withdrawn by its authors."), "by its authors"),
        (LIGHT._replace(retracted=True), "retraction by its publisher, 2024-02-03"),
        (LIGHT._replace(retracted=True, known=("arxiv", "openalex")), "OpenAlex"),
        (LONE._replace(abstract="We study how troops were withdrawn from forts in 1812, at length."), ""),
    ],
)
def test_a_paper_that_no_longer_stands_is_told(paper: Paper, word: str) -> None:
    with serving(Services(paper)) as server:
        (entry,), _, _ = fetched(server, Wanted((arxiv(paper.arxiv),)))
    assert word in entry.withdrawn and bool(word) == bool(entry.withdrawn)


def test_many_papers_are_asked_for_together() -> None:
    many = [Paper(arxiv=f"2401.{n:05}", title=f"Paper {n}") for n in range(1, 61)]
    with serving(Services(*many)) as server:
        found = fetched(server, *(Wanted((arxiv(paper.arxiv),)) for paper in many))
    assert [entry.title for entry in found.entries] == [paper.title for paper in many]
    assert paths(server).count("arxiv") == 3 and paths(server).count("s2") == 3


def test_arxiv_is_asked_once_in_three_seconds_across_runs(tmp_path: Path) -> None:
    many = [Paper(arxiv=f"2401.{n:05}", title=f"Paper {n}", known=("arxiv",)) for n in range(1, 61)]
    time = Time()
    with serving(Services(*many)) as server:
        fetched(server, *(Wanted((arxiv(p.arxiv),)) for p in many[:30]), folder=str(tmp_path), time=time)
        first = len(time.slept)
        fetched(server, Wanted((arxiv(many[40].arxiv),)), folder=str(tmp_path), time=time)
    assert all(2.9 < seconds <= 3.0 for seconds in time.slept), "one host here, so the slowest pace is all's"
    assert len(time.slept) == len(server.asked) - 1 and len(time.slept) > first
    later = Time(time.at + 100)
    Pace(str(tmp_path), later.clock).turn("127.0.0.1", 3.0)
    assert later.slept == []
    earlier = Time(time.at - 10_000)
    Pace(str(tmp_path), earlier.clock).turn("127.0.0.1", 3.0)
    assert earlier.slept == [3.0], "a clock that was set back makes nobody wait for hours"


def test_each_service_has_the_pace_it_asks_for() -> None:
    from vault.records import Settings

    found = {at[1]: place.interval for at, place in fetch.places(Settings()).items()}
    assert found == {
        "export.arxiv.org": 3.0,
        "api.semanticscholar.org": 1.0,
        "api.openalex.org": 0.2,
        "api.crossref.org": 0.25,
    }
    assert all(at[0] == "https" for at in fetch.places(Settings()))


def test_who_asks_is_said_and_keys_go_to_their_service_alone() -> None:
    keys = {"semantic_scholar": "s2-secret", "openalex": "oa-secret"}
    with serving(Services(LIGHT)) as server:
        fetched(server, Wanted((arxiv("2106.09685"),)), keys=keys, fetch_mailto="ada@example.org")
    for asked in server.asked:
        service = asked.path.split("/")[1]
        assert "mailto:ada@example.org" in asked.headers["user-agent"] and "cookie" not in asked.headers
        assert (asked.headers.get("x-api-key") == "s2-secret") == (service == "s2")
        assert (asked.query.get("api_key") == "oa-secret") == (service == "openalex")
        assert (asked.query.get("mailto") == "ada@example.org") == (service in ("openalex", "crossref"))


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    many = [Paper(arxiv=f"2401.{n:05}", title=f"Paper {n}") for n in range(1, 61)]
    wanted, time = [Wanted((arxiv(paper.arxiv),)) for paper in many], Time()
    with serving(Services(*many)) as server:
        with desk(server.url, str(tmp_path), time=time) as found:
            first = next(iter(fetch.fetch(found, wanted, lambda *_: None)))
        asked = len(server.asked)
        again = fetched(server, *wanted[:25], folder=str(tmp_path), time=time)
        assert again.entries == first.entries and len(server.asked) == asked
        fetched(server, *wanted, folder=str(tmp_path), time=time)
        assert len(server.asked) == 3 * asked, "two more steps of 25 papers"
        time.at += 86_401
        fetched(server, *wanted[:25], folder=str(tmp_path), time=time)
        assert len(server.asked) == 4 * asked, "a day later they are asked anew"


def test_a_damaged_store_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "answers.db").write_bytes(b"not a database" * 100)
    (tmp_path / "pace.json").write_bytes(b"[" * 10_000)
    with serving(Services(LONE)) as server:
        assert fetched(server, Wanted((arxiv("2401.00001"),)), folder=str(tmp_path)).entries


def test_a_service_that_is_silent_is_told_asked_again_and_not_in_the_way() -> None:
    services = Services(LIGHT, LONE)

    def answer(asked: Asked, connection: Any) -> bytes:
        if asked.path.startswith("/s2"):
            return reply("{}", status="503 Service Unavailable")
        return services(asked, connection)

    with serving(answer) as server:
        found = fetched(server, Wanted((arxiv("2106.09685"),)), Wanted((arxiv("2401.00001"),)))
        assert [entry.unanswered for entry in found.entries] == [("semantic_scholar",)] * 2
        assert found.trouble == {"semantic_scholar": "it is busy (HTTP 503)"}
        assert paths(server).count("s2") == 3, "three tries, then never again in this run"


def test_what_was_known_stays_where_a_service_is_silent() -> None:
    before = LockEntry(
        (arxiv("2401.00001"),),
        title="A Lone Preprint",
        venue="Known Venue",
        versions=(Release(2, "2020-02-02"),),
        references=(Cited("arxiv:1706.03762"),),
    )
    services = Services(LONE)

    def answer(asked: Asked, connection: Any) -> bytes:
        silent = asked.path.startswith(("/s2", "/openalex"))
        return reply("{}", status="503 Busy") if silent else services(asked, connection)

    with serving(answer) as server:
        (entry,), _, _ = fetched(server, Wanted((arxiv("2401.00001"),), before))
    assert (entry.venue, entry.references) == ("Known Venue", before.references)
    assert entry.versions == (Release(1, "2021-06-17"), Release(2, "2020-02-02"))


def test_a_busy_service_is_waited_for_as_it_asks() -> None:
    services, count = Services(LONE), [0]

    def answer(asked: Asked, connection: Any) -> bytes:
        count[0] += 1
        if count[0] == 1:
            return reply("", status="429 Too Many Requests", Retry_After="17")
        if count[0] == 2:
            return reply("", status="503 Busy")
        return services(asked, connection)

    time = Time()
    with serving(answer) as server:
        (entry,), _, trouble = fetched(server, Wanted((arxiv("2401.00001"),)), time=time)
    assert entry.title and trouble == {}
    assert [seconds for seconds in time.slept if seconds > 3] == [17.0, 4.0]


def test_a_host_that_was_there_is_tried_again_and_one_that_never_was_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time, tried = Time(), list[str]()

    def connect(_self: Any, host: str, *_: Any) -> Any:
        tried.append(host)
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with desk("http://127.0.0.1:9/", time=time) as found:
        for reached, tries in ((False, 1), (True, QUICK.tries)):
            tried.clear()
            found.client.reached = reached
            with pytest.raises(FetchError, match="cannot be reached"):
                found.client.ask(Request("http://127.0.0.1:9/arxiv/x"))
            assert len(tried) == tries
            assert found.client.connecting() == (QUICK.connect if reached else QUICK.doubt)
    assert sum(time.slept) == 10, "three to be polite, six to back off, one to be polite again"


def test_the_next_address_of_a_host_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = list[str]()

    def connect(_self: Any, host: str, *_: Any) -> Any:
        tried.append(host)
        if host == "8.8.8.8":
            raise httpcore.ConnectError("refused")
        return None

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    deadline = Deadline(Clock())
    deadline.at = Clock().ticks() + 9
    backend = Backend(deadline, frozenset(), lambda *_: ["10.0.0.1", "8.8.8.8", "1.1.1.1"])
    backend.connect_tcp("arxiv.example", 443)
    assert tried == ["8.8.8.8", "1.1.1.1"], "and never the private one"


def test_a_resolver_that_hangs_is_left_alone() -> None:
    ended = Event()

    def hangs(*_: object) -> list[str]:
        ended.wait(20)
        return ["8.8.8.8"]

    def unknown(*_: object) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(httpcore.ConnectTimeout):
        in_time(hangs, "arxiv.example", 443, 0.05)
    ended.set()
    with pytest.raises(httpcore.ConnectError):
        in_time(unknown, "arxiv.example", 443, 5)


def test_an_answer_and_its_redirects_share_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = list[float]()

    def answer(asked: Asked, _: Any) -> bytes:
        return reply("", status="302 Found", Location="/arxiv/on") if len(asked.path) < 9 else reply("{}")

    with serving(answer) as server, desk(server.url) as found:
        once = found.client.once

        def noted(*given: Any) -> Any:
            answered = once(*given)
            ends.append(found.client.deadline.at)
            return answered

        monkeypatch.setattr(found.client, "once", noted)
        assert found.client.ask(Request(f"{server.url}arxiv/x")) == b"{}"
    assert len(ends) == 2 and ends[0] == ends[1]


def test_a_paper_that_nobody_knows_is_missing() -> None:
    with serving(Services()) as server:
        found = fetched(
            server, Wanted((arxiv("2401.00009"),)), Wanted((PaperId("url", "https://a.org/x.pdf"),))
        )
    assert found.entries == ()
    assert found.missing == (
        ("arxiv:2401.00009", "arXiv and Semantic Scholar and OpenAlex do not know it"),
        ("url:https://a.org/x.pdf", "none of the services can look up such an address"),
    )


def test_one_bad_name_does_not_cost_the_others() -> None:
    services = Services(*(Paper(arxiv=f"2401.{n:05}", title=f"Paper {n}") for n in range(1, 9)))
    error = "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title><summary>incorrect id</summary></entry>"

    def answer(asked: Asked, connection: Any) -> bytes:
        from tests.services import FEED

        if "2401.00005" in asked.query.get("id_list", ""):
            return reply(FEED.format(error), "application/atom+xml", "400 Bad Request")
        return services(asked, connection)

    with serving(answer) as server:
        found = fetched(server, *(Wanted((arxiv(f"2401.{n:05}"),)) for n in range(1, 9)))
    assert [entry.title for entry in found.entries] == [f"Paper {n}" for n in range(1, 9)]
    assert [entry.title for entry in found.entries if "arxiv" not in entry.sources] == ["Paper 5"]


def test_a_doi_of_another_paper_is_not_believed() -> None:
    """OpenAlex and others sometimes join what does not belong together."""
    preprint = LONE._replace(doi="10.1000/other", known=("arxiv", "semantic_scholar"))
    other = Paper(doi="10.1000/other", title="Soil Chemistry of Marsh Orchids", known=("crossref",))
    with serving(Services(preprint, other)) as server:
        (entry,), _, _ = fetched(server, Wanted((arxiv("2401.00001"),)))
    assert entry.ids == (arxiv("2401.00001"),) and entry.venue == ""


def test_titles_of_one_paper_are_alike_and_of_two_are_not() -> None:
    assert alike("Light Things: Weighing Feathers", "Weighing feathers (light things) in print")
    assert not alike("A Lone Preprint", "Soil Chemistry of Marsh Orchids")
    assert alike("", "Anything")


def test_known_versions_are_kept() -> None:
    before = LockEntry((), versions=(Release(1, "2020-01-01"), Release(2, "2020-06-01")))
    now = LockEntry((), versions=(Release(1, "2020-01-01"), Release(4, "2021-01-01")))
    assert [release.number for release in versions([now], before)] == [1, 2, 4]


def test_an_inverted_index_is_put_in_order() -> None:
    assert (
        abstract({"weights": [2], "Freeze": [0], "the": [1, 3], "bad": "x", "far": [10**9, -1, None]})
        == "Freeze the weights the"
    )
    assert abstract(None) == abstract([1]) == ""


@given(st.text(max_size=80))
def test_any_text_becomes_one_plain_line(text: str) -> None:
    found = clean.line(text, 40)
    assert len(found) <= 40 and found == " ".join(found.split()) and "\u202e" not in found
    assert clean.line(found, 40) == found


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(("10.1000/light", "2106.09685")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "message",
                    "results",
                    "DOI",
                    "doi",
                    "title",
                    "author",
                    "authors",
                    "name",
                    "reference",
                    "issued",
                    "date-parts",
                    "externalIds",
                    "ArXiv",
                    "locations",
                    "primary_location",
                    "source",
                    "abstract_inverted_index",
                    "updated-by",
                    "relation",
                    "has-preprint",
                    "publicationVenue",
                    "references",
                    "authorships",
                    "type",
                    "year",
                )
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(json_values)
def test_no_shape_of_an_answer_is_an_accident(value: Any) -> None:
    """Whatever JSON comes, it is entries for what was asked, or a FetchError."""
    wanted = {
        "crossref": "10.1000/light",
        "openalex": "10.1000/light",
        "semantic_scholar": "DOI:10.1000/light",
    }
    shapes = {
        "crossref": {
            "message": {
                "DOI": "10.1000/light",
                "title": value,
                "author": value,
                "reference": value,
                "issued": value,
                "updated-by": value,
                "relation": value,
                "abstract": value,
            }
        },
        "openalex": {
            "results": [
                {
                    "doi": "10.1000/light",
                    "title": value,
                    "locations": value,
                    "authorships": value,
                    "primary_location": value,
                    "abstract_inverted_index": value,
                }
            ]
        },
        "semantic_scholar": [
            {
                "externalIds": {"DOI": "10.1000/light", "ArXiv": value},
                "title": value,
                "authors": value,
                "references": value,
                "publicationTypes": value,
                "publicationVenue": value,
            }
        ],
    }
    for name, asked in wanted.items():
        for shape in (value, shapes[name]):
            try:
                found = fetch.SERVICES[name].read(json.dumps(shape).encode(), [asked])
            except fetch.FetchError:
                continue
            assert set(found) <= {asked}
            assert lockfile.read(lockfile.write(found.values()), "papers.lock")[1] == ()


@pytest.mark.parametrize(
    ("address", "public", "own"),
    [
        ("93.184.216.34", True, True),
        ("2606:2800:220:1::1", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("10.1.2.3", False, True),
        ("192.168.0.9", False, True),
        ("fd00::1", False, True),
        ("169.254.169.254", False, False),
        ("fe80::1%eth0", False, False),
        ("::ffff:169.254.169.254", False, False),
        ("::ffff:127.0.0.1", False, True),
        ("2002:7f00:1::", False, True),
        ("0.0.0.0", False, False),
        ("224.0.0.1", False, False),
        ("100.64.0.1", False, False),
    ],
)
def test_only_public_addresses_are_talked_to_and_never_link_local_ones(
    address: str, public: bool, own: bool
) -> None:
    assert is_open(address, private=False) is public
    assert is_open(address, private=True) is own


def test_waiting_times_are_read_and_spoken() -> None:
    assert retry_after("120", 0.0) == 120.0
    assert retry_after("Wed, 15 Nov 2023 00:00:30 GMT", 1_700_006_400.0) == 30.0
    assert retry_after("soon", 0.0) == retry_after("", 0.0) == retry_after("-5", 0.0) == 0.0
    assert [spoken(n) for n in (90.0, 720.0, 10_800.0)] == ["90 seconds", "12 minutes", "3 hours"]


def test_gzip_is_unpacked_in_small_parts() -> None:
    import gzip

    data = gzip.compress(b"a" * 1_000_000)
    parts = list(unpacked([data[:100], data[100:]], "gzip"))
    assert b"".join(parts) == b"a" * 1_000_000 and max(map(len, parts)) <= 65_536
