"""The demo and the site of 1,000 notes as data: links three ways, what machines read, budgets."""

from __future__ import annotations

import functools
import gzip
import http.client
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from tests import kinds
from tests.browser.static import hosted
from tests.crawl import astray, on_disk
from tests.thousand import CONFIG, day, make_vault, queued, title
from tests.vaults import built, write

HOST = "https://example.org/"
KIB = 1024


def zipped(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


@pytest.fixture(scope="module", params=["demo", "thousand"])
def ways(request: pytest.FixtureRequest) -> Path:
    """A folder with a site in three ways (``conftest.thousand``)."""
    found: Path = request.getfixturevalue("demo_ways" if request.param == "demo" else request.param)
    return found


# Links, three ways


def test_the_vault_is_the_same_on_every_machine(tmp_path: Path) -> None:
    one, two = make_vault(tmp_path / "one", 40), make_vault(tmp_path / "two", 80)
    for file in sorted(one.rglob("*.md")):
        assert file.read_bytes() == (two / file.relative_to(one)).read_bytes()


def test_every_link_leads_somewhere_from_a_disk(ways: Path) -> None:
    site = ways / "disk"
    assert astray(site, site.as_uri() + "/", on_disk) == []


@pytest.mark.parametrize(("folder", "path"), [("host", ""), ("path", "notes/")])
def test_every_link_leads_somewhere_on_a_host_and_below_a_path(ways: Path, folder: str, path: str) -> None:
    with hosted(ways / folder) as url:
        line = http.client.HTTPConnection(urlsplit(url).netloc)
        assert astray(ways / folder / path, url + path, functools.partial(answered, line)) == []
        line.close()


def answered(line: http.client.HTTPConnection, url: str) -> bool:
    line.request("HEAD", quote(urlsplit(url).path, safe="/%"))
    reply = line.getresponse()
    reply.read()
    return reply.status == 200


def test_the_crawler_finds_what_is_wrong(tmp_path: Path) -> None:
    page = '<a href="{}">x</a>'
    write(tmp_path, "index.html", '<h1 id="a">A</h1>' + page.format("b/#here") + page.format("#a"))
    write(tmp_path, "b/index.html", "".join(map(page.format, ("../", "/b/", "../../out", "gone", "../#no"))))
    with hosted(tmp_path) as url:
        line = http.client.HTTPConnection(urlsplit(url).netloc)
        found = astray(tmp_path, url, functools.partial(answered, line))
        line.close()
    assert found == [
        "b/index.html: /b/ (from the root)",
        "b/index.html: ../../out (nothing there)",
        "b/index.html: gone (nothing there)",
        "b/index.html: ../#no (no such place)",
        "index.html: b/#here (no such place)",
    ]
    disk = astray(tmp_path, tmp_path.as_uri() + "/", on_disk)
    assert "index.html: b/#here (nothing there)" in disk, "a folder is no page on a disk"
    assert "b/index.html: ../../out (out of the site)" in disk


def test_nothing_is_fetched_from_elsewhere(ways: Path) -> None:
    fetched = "//*/@src | //*/@srcset | //link[@rel='stylesheet' or @rel='icon']/@href | //object/@data"
    for path, file in kinds.pages(ways / "host"):
        asked = map(str, html.document_fromstring(file.read_bytes()).xpath(fetched))
        assert [url for url in asked if urlsplit(url).scheme not in ("", "data") or "//" in url[:2]] == [], (
            path
        )
    for sheet in (ways / "host").rglob("*.css"):
        urls = re.findall(r"url\(([^)]*)\)", sheet.read_text(encoding="utf-8"))
        assert [url for url in urls if "//" in url and not url.strip("\"'").startswith("data:")] == []


# What the pages say is what the vault says


@pytest.fixture(scope="module")
def index(ways: Path) -> dict[str, Any]:
    """Id -> what index.json says of a note."""
    told = json.loads((ways / "host/index.json").read_text(encoding="utf-8"))["notes"]
    return {each["id"]: each for each in told}


def local(site: Path, url: str) -> Path:
    """The file behind an address of the site."""
    path = unquote(url.removeprefix(HOST))
    return site / (path + "index.html" if path.endswith("/") or not path else path)


def test_each_note_has_its_words_links_and_backlinks_without_script(
    ways: Path, index: dict[str, Any]
) -> None:
    site = ways / "host"
    assert len(index) in (102, 1002)
    backlinks = 0
    for told in index.values():
        file = local(site, told["url"])
        tree = html.document_fromstring(file.read_bytes())
        words = " ".join(tree.xpath("string(//main)").split())
        linked = {str(href) for href in tree.xpath("//section[@aria-labelledby='linked']//a/@href")}
        assert told["title"] in words and (told["summary"] or "").rstrip("…")[:60] in words
        wanted = {index[each]["url"] for each in told["backlinks"] if each in index}
        have = {resolved(told["url"], href) for href in linked}
        assert wanted - have == set(), told["id"]
        assert len(tree.xpath("//a[@role='doc-noteref']")) == len(tree.xpath("//aside[@role='note']"))
        backlinks += len(wanted)
    assert backlinks > len(index)


def resolved(base: str, href: str) -> str:
    return urljoin(base, href).partition("#")[0]


def test_the_queue_stands_in_the_order_of_priority_and_age(thousand: Path) -> None:
    tree = html.document_fromstring((thousand / "host/queue/index.html").read_bytes())
    shown = [" ".join(each.text_content().split()) for each in tree.xpath("//h3")]
    dated = [i for i in range(1000) if queued(i) and i % 60 != 59]
    wanted = [" ".join(title(i).split()) for i in sorted(dated, key=lambda i: (1 + i % 3, day(i)))]
    assert [each for each in shown if each in wanted] == wanted


# What machines read


def documents(site: Path) -> Any:
    for path, file in kinds.pages(site):
        tree = html.document_fromstring(file.read_bytes())
        yield (
            path,
            tree,
            [json.loads(each.text) for each in tree.xpath("//script[@type='application/ld+json']")],
        )


def test_json_ld_is_whole_and_citations_are_those_of_the_header(ways: Path, index: dict[str, Any]) -> None:
    by_url, reviews = {each["url"]: each for each in index.values()}, 0
    for path, tree, told in documents(ways / "host"):
        canonical = "".join(tree.xpath("//link[@rel='canonical']/@href"))
        for document in told:
            assert document["@context"] == "https://schema.org" and document["@type"], path
            assert [url for url in addresses(document) if not url.startswith("http")] == [], path
        note = by_url.get(canonical)
        cited = {
            str(m.get("name")): str(m.get("content"))
            for m in tree.xpath("//meta[starts-with(@name, 'citation_')]")
        }
        if note is None or not note["paper"]:
            assert cited == {} or "papers/" in path, path
            continue
        kind, _, value = note["paper"].partition(":")
        assert cited["citation_title"] == note["title"] or len(index) < 1000, path
        if kind in ("arxiv", "doi"):
            assert cited["citation_arxiv_id" if kind == "arxiv" else "citation_doi"] == value, path
        (review,) = [each for each in told if each["@type"] in ("Review", "Article")]
        assert cited["citation_title"] == (review.get("itemReviewed") or review["about"])["name"], path
        if note["status"] in ("read", "skimmed"):
            about = review["itemReviewed"]
            assert review["@type"] == "Review" and about["@type"] == "ScholarlyArticle"
            assert about["name"] and about["sameAs"], path
            assert about.get("identifier") or kind not in ("arxiv", "doi"), path
            if len(index) > 1000:
                told_of = about.get("author") and about.get("datePublished")
                assert told_of if "/note-" in path else "author" not in about, path
            assert review.get("reviewRating", {}).get("ratingValue") == note["rating"]
            reviews += 1
    assert reviews > 40


def addresses(value: Any, key: str = "") -> list[str]:
    """What stands under the keys of a document that hold addresses."""
    if isinstance(value, dict):
        return [url for name, each in value.items() if name != "@context" for url in addresses(each, name)]
    if isinstance(value, list):
        return [url for each in value for url in addresses(each, key)]
    return [value] if key in ("@id", "url", "item", "sameAs") else []


ATOM = "{http://www.w3.org/2005/Atom}"
DAY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def test_every_atom_feed_keeps_the_rules_of_rfc_4287(ways: Path) -> None:
    feeds = sorted((ways / "host").rglob("feed.xml"))
    assert len(feeds) > 20
    for file in feeds:
        feed = etree.parse(file).getroot()
        name = file.relative_to(ways).as_posix()
        assert feed.tag == f"{ATOM}feed", name
        required(feed, name, {"id": 1, "title": 1, "updated": 1, "author": 1})
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert local(ways / "host", links["self"]) == file
        entries = feed.findall(f"{ATOM}entry")
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(ids) == len(set(ids)) <= 50, name
        for entry in entries:
            required(entry, name, {"id": 1, "title": 1, "updated": 1, "content": 1, "published": 1})
            assert re.match(r"tag:[^,]+,\d{4}:.", entry.findtext(f"{ATOM}id"))
            (alternate,) = [
                link.get("href") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"
            ]
            assert local(ways / "host", alternate.partition("#")[0]).is_file(), alternate
            assert entry.find(f"{ATOM}content").get("type") == "html"
        days = [element.text for element in feed.iter(f"{ATOM}updated", f"{ATOM}published")]
        assert [each for each in days if not DAY.fullmatch(each)] == []
        assert entries == sorted(entries, key=lambda e: e.findtext(f"{ATOM}published"), reverse=True), name


def required(element: Any, name: str, wanted: dict[str, int]) -> None:
    """Each child as often as the format says, and with something in it."""
    found = Counter(child.tag.removeprefix(ATOM) for child in element)
    assert {key: found[key] for key in wanted} == wanted, name
    empty = [key for key in wanted if not "".join(element.find(ATOM + key).itertext()).strip()]
    assert empty == [], name


def test_every_json_feed_keeps_version_1_1(ways: Path) -> None:
    for file in sorted((ways / "host").rglob("feed.json")):
        feed = json.loads(file.read_text(encoding="utf-8"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"]
        assert local(ways / "host", feed["feed_url"]) == file
        assert local(ways / "host", feed["home_page_url"]).is_file()
        atom = etree.parse(file.with_suffix(".xml")).getroot()
        assert [item["id"] for item in feed["items"]] == [
            e.findtext(f"{ATOM}id") for e in atom.iter(f"{ATOM}entry")
        ]
        for item in feed["items"]:
            assert item["content_html"] and DAY.fullmatch(item["date_published"]), file
            assert local(ways / "host", item["url"].partition("#")[0]).is_file(), item["url"]
            assert all(isinstance(tag, str) for tag in item.get("tags", []))


def test_the_sitemap_lists_each_page_to_be_found_once(ways: Path) -> None:
    root = etree.parse(ways / "host/sitemap.xml").getroot()
    locs = [each.text for each in root.iter("{*}loc")]
    found = []
    for _, file in kinds.pages(ways / "host"):
        tree = html.document_fromstring(file.read_bytes())
        if "noindex" not in "".join(tree.xpath("//meta[@name='robots']/@content")):
            found.append("".join(tree.xpath("//link[@rel='canonical']/@href")))
    assert sorted(locs) == sorted(found)
    assert len(set(locs)) == len(locs)


def test_every_page_has_a_title_and_a_description_of_its_own(ways: Path) -> None:
    titles: dict[str, list[str]] = {}
    for path, file in kinds.pages(ways / "host"):
        tree = html.document_fromstring(file.read_bytes())
        titles.setdefault(tree.xpath("string(//title)"), []).append(path)
        assert 0 < len(tree.xpath("string(//meta[@name='description']/@content)")) <= 300, path
    alike = {name: paths for name, paths in titles.items() if len(paths) > 1}
    others = {name: paths for name, paths in alike.items() if {*map(kinds.kind_of, paths)} != {"note"}}
    assert others == {}, "only two notes on one paper may be called alike"


# Budgets


def first_view(site: Path, page: Path) -> dict[str, int]:
    """What a browser fetches to show a page first: file -> bytes, compressed."""
    tree = html.document_fromstring(page.read_bytes())
    asked = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")
    files = [page, *((page.parent / str(href)).resolve() for href in asked)]
    return {file.name: zipped(file.read_bytes()) for file in files}


def test_the_first_view_of_every_note_keeps_its_budget(ways: Path, index: dict[str, Any]) -> None:
    site = ways / "host"
    for told in index.values():
        view = first_view(site, local(site, told["url"]))
        assert len(view) == 3, "HTML, style, script"
        assert view["index.html"] <= 30 * KIB and sum(view.values()) <= 50 * KIB, told["url"]


def test_style_script_and_data_keep_their_budgets(ways: Path) -> None:
    site = ways / "host"
    (sheet,) = (site / "assets").glob("vault.*.css")
    (script,) = (site / "assets").glob("vault.*.js")
    assert zipped(sheet.read_bytes()) <= 8 * KIB
    assert zipped(script.read_bytes()) <= 6 * KIB
    cards = {file.name: zipped(file.read_bytes()) for file in (site / "data/cards").glob("*.js")}
    assert cards and max(cards.values()) <= 20 * KIB
    code = [*(site / "assets").glob("minisearch.*.js"), *(site / "assets").glob("search.*.js")]
    assert weight(*code) <= 24 * KIB, "code of the search"
    assert weight(site / "data/search.js") <= 60 * KIB, "titles and tags"
    assert weight(*(site / "data/search").glob("*.js")) <= 350 * KIB, "authors, summaries, words of the texts"
    assert weight(*(site / "data").glob("graph*.js"), *(site / "assets").glob("graph.*.js")) <= 20 * KIB, (
        "the map"
    )


def weight(*files: Path) -> int:
    return sum(zipped(file.read_bytes()) for file in files)


NODES = {"note": 1400, "papers": 6000, "papers: year": 6000}


def test_pages_have_as_many_elements_as_a_phone_can_lay_out(ways: Path) -> None:
    for path, file in kinds.pages(ways / "host"):
        most = NODES.get(kinds.kind_of(path), 10_000)
        assert (
            len(html.document_fromstring(file.read_bytes()).xpath("//body//*[not(ancestor::math)]")) <= most
        ), path


def test_a_note_is_no_heavier_in_a_larger_vault(thousand: Path, tmp_path: Path) -> None:
    """Five times as many notes; ``make firstview`` says the same of 1,000 and 10,000."""
    make_vault(tmp_path, 200)
    write(tmp_path, "vault.toml", f'{CONFIG}[site]\nurl = "{HOST}"\n')
    built(tmp_path, jobs=0)
    small, large = views_of(tmp_path / "site"), views_of(thousand / "host")
    assert small and small.keys() == large.keys()
    for name, view in small.items():
        assert abs(sum(large[name].values()) - sum(view.values())) <= KIB, name


def views_of(site: Path) -> dict[str, dict[str, int]]:
    """Address -> first view of the notes 40 to 120, which have all their backlinks in either vault."""
    names = [f"note-{i:05d}" for i in range(40, 120)]
    found = itertools.chain.from_iterable(site.glob(f"*/*/{name}/index.html") for name in names)
    return {file.parent.name: first_view(site, file) for file in found}
