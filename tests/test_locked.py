"""What the lock file adds: it fills gaps, wins over nothing, and shows nothing of notes that left."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.by_hand import ARXIV, arxiv, doi, entry, note
from tests.vaults import built, make, tree, write
from vault import catalog, lockfile
from vault.records import Catalog, Cited, Link, LockEntry, Release, Settings, changed

DOI = doi("10.1000/lora")
LORA = LockEntry(
    ids=(arxiv(ARXIV), DOI),
    title="LoRA: Low-Rank Adaptation of Large Language Models",
    authors=("Edward J. Hu", "Yelong Shen"),
    abstract="A thin product.",
    year=2022,
    venue="ICLR",
    kind="inproceedings",
    versions=(Release(1, "2021-06-17"), Release(3, "2021-10-16")),
    references=(Cited("arxiv:1706.03762", "Attention"), Cited("arxiv:1902.00751", "Adapters")),
)


def gather(*notes: Any, lock: tuple[LockEntry, ...] = (LORA,), library: Any = (), **settings: Any) -> Catalog:
    return catalog.gather(notes, library, Settings(**settings), lock=lock)


def test_a_note_with_an_id_alone_is_completed() -> None:
    found = gather(note("a", papers=(arxiv(ARXIV, 1),)))
    (work,) = found.works.values()
    assert (work.title, work.authors, work.venue, work.year) == (LORA.title, LORA.authors, "ICLR", 2022)
    assert (work.abstract, work.published_as, work.doi, work.library) == (
        LORA.abstract,
        "ICLR",
        DOI.value,
        None,
    )
    assert work.releases[-1].number == 3 and work.versions == (1,) and work.locked


def test_the_note_wins_then_the_library_then_the_lock() -> None:
    own = note("a", papers=(arxiv(ARXIV),), authors=("E. Hu",), venue="Journal of Notes")
    book = entry("k", "The library's title", papers=(DOI,), year=1999, venue="Workshop", abstract="Short.")
    (work,) = gather(own, library=(book,)).works.values()
    assert work.library is not None and work.library.key == "k"
    assert (work.title, work.authors, work.venue) == ("The library's title", ("E. Hu",), "Journal of Notes")
    assert (work.year, work.abstract, work.published_as) == (1999, "Short.", "")
    named = note("a", papers=(arxiv(ARXIV),), paper_title="As the note says")
    assert gather(named).works[f"arxiv:{ARXIV}"].title == "As the note says"


def test_a_note_without_a_title_has_that_of_its_paper() -> None:
    stub = note("2025/lora-v1", "lora-v1", papers=(arxiv(ARXIV),), unnamed=True)
    named = note("2025/other", "lora-v1", papers=(arxiv(ARXIV),))
    (first, second) = gather(stub, named).notes.values()
    assert (first.title, first.nickname) == (LORA.title, "LoRA")
    assert second.title == "lora-v1", "what an author wrote stays, though it be the file's name"
    book = entry("k", "The library's title", papers=(arxiv(ARXIV),))
    assert next(iter(gather(stub, lock=(), library=(book,)).notes.values())).title == "The library's title"
    alone = note("a", "a", unnamed=True)
    assert next(iter(gather(alone).notes.values())).title == "a"


def test_the_lock_joins_a_preprint_and_its_published_form() -> None:
    found = gather(note("a", papers=(arxiv(ARXIV),)), note("b", papers=(DOI,)))
    assert list(found.works) == [f"arxiv:{ARXIV}"]
    assert found.works[f"arxiv:{ARXIV}"].notes == ("a", "b")


def test_references_lead_from_note_to_note_both_ways() -> None:
    found = gather(
        note("a", papers=(arxiv(ARXIV),)),
        note("b", papers=(arxiv("1706.03762"),)),
        note("c", papers=(arxiv("2312.00752"),)),
    )
    assert found.works[f"arxiv:{ARXIV}"].cites == ("arxiv:1706.03762",)
    assert found.works["arxiv:1706.03762"].cited_by == (f"arxiv:{ARXIV}",)
    assert found.works["arxiv:2312.00752"].cited_by == ()


def test_a_note_called_by_its_paper_s_id_takes_the_title() -> None:
    found = gather(
        note("a", f"arXiv:{ARXIV}", papers=(arxiv(ARXIV),)), note("b", "My own words", papers=(arxiv(ARXIV),))
    )
    assert found.notes["a"].title == LORA.title and found.notes["a"].nickname == "LoRA"
    assert found.notes["b"].title == "My own words"


def test_a_paper_of_private_notes_alone_leaves_with_them() -> None:
    hidden = note("a", papers=(DOI,), private=True)
    assert gather(hidden).works == {}
    assert list(gather(hidden, private=True).works) == [f"arxiv:{ARXIV}"]
    assert list(gather(hidden, note("b", papers=(arxiv(ARXIV),))).works) == [f"arxiv:{ARXIV}"]
    assert list(gather().works) == [f"arxiv:{ARXIV}"], "the author put it there"


def test_identities_that_the_grammar_does_not_know_are_dropped() -> None:
    odd = LockEntry(ids=(arxiv("../../etc/passwd"),), title="Odd")
    assert gather(
        lock=(odd, LockEntry(ids=(arxiv(ARXIV.upper()), arxiv("9999.99999")), title="x"))
    ).works.keys() == {f"arxiv:{ARXIV}"}


def test_order_of_the_lock_does_not_matter() -> None:
    other = LockEntry(ids=(arxiv("1706.03762"),), title="Attention", references=(Cited(f"arxiv:{ARXIV}"),))
    notes = (note("a", papers=(arxiv(ARXIV),)), note("b", papers=(arxiv("1706.03762"),)))
    assert gather(*notes, lock=(LORA, other)) == gather(*notes, lock=(other, LORA))


def site(tmp_path: Path, lock: LockEntry) -> dict[str, str]:
    root = make(tmp_path)
    write(root, "notes/read-once.md", f"---\narxiv: {ARXIV}v1\n---\n")
    (root / "notes/2025/2025-01-29-lora.md").unlink()
    write(root, "papers.lock", lockfile.write([lock]))
    report = built(root)
    assert not [found for found in report.problems if found.code.startswith("lock")]
    return {path: data.decode("utf-8", "replace") for path, data in tree(root / "site").items()}


def test_the_page_of_a_note_tells_what_has_come_out_since(tmp_path: Path) -> None:
    page = site(tmp_path, LORA)["notes/read-once/index.html"]
    assert "read v1, v3 is out (16 October 2021)" in page
    assert "<dt>Published as</dt>" in page and "https://doi.org/10.1000/lora" in page
    assert "A thin product." in page
    assert 'id="cites"' in page and "attention" in page


def test_the_page_says_that_a_paper_was_withdrawn(tmp_path: Path) -> None:
    import msgspec

    page = site(tmp_path, msgspec.structs.replace(LORA, withdrawn="an <b>error</b> in Lemma 2"))[
        "notes/read-once/index.html"
    ]
    assert "<dt>Withdrawn</dt><dd>an &lt;b&gt;error&lt;/b&gt; in Lemma 2</dd>" in page


def test_a_changed_lock_file_is_an_input_of_the_build(tmp_path: Path) -> None:
    pages = site(tmp_path, LORA)
    assert "1902.00751" not in "".join(pages)
    write(
        tmp_path,
        "papers.lock",
        lockfile.write([LORA, LockEntry(ids=(arxiv("1902.00751"),), title="Adapters", abstract="Small.")]),
    )
    built(tmp_path)
    assert "Small." in (tmp_path / "site/papers/1902.00751/index.html").read_text(encoding="utf-8")
    (tmp_path / "papers.lock").unlink()
    built(tmp_path)
    assert not (tmp_path / "site/papers/1902.00751").exists()


def test_a_broken_lock_file_is_told_and_the_site_is_built(tmp_path: Path) -> None:
    make(tmp_path)
    write(tmp_path, "papers.lock", b"<<<<<<< ours\n\xff\xfe\n[x]\n")
    codes = [found.code for found in built(tmp_path).problems if found.path == "papers.lock"]
    assert codes == ["lock-conflict", "lock-invalid"]
    assert (tmp_path / "site/index.html").is_file()


def test_a_note_s_own_title_stays_above_what_the_lock_says(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "notes/mine.md", "---\ntitle: Thin products\narxiv: 1902.00751\n---\nWords.\n")
    write(
        root, "papers.lock", lockfile.write([LockEntry(ids=(arxiv("1902.00751"),), title="Adapters & More")])
    )
    built(root)
    page = (root / "site/notes/mine/index.html").read_text(encoding="utf-8")
    assert '<h1>Thin products</h1>\n<p class="sub">Adapters &amp; More</p>' in page
    assert '<meta name="citation_title" content="Adapters &amp; More">' in page


def test_a_paper_of_the_lock_alone_has_a_page_with_its_facts(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "papers.lock", lockfile.write([LORA]))
    (root / "notes/2025/2025-01-29-lora.md").unlink()
    built(root)
    page = (root / "site/papers/2106.09685/index.html").read_text(encoding="utf-8")
    assert (
        "v3 (16 October 2021)" in page and "A thin product." in page and "No note on this paper yet" in page
    )
    assert 'id="cited-by"' not in page and 'id="cites"' in page


def test_a_locked_paper_is_known_and_one_that_is_only_mentioned_is_not() -> None:
    link = Link("paper", "1902.00751", text="Adapters", paper=arxiv("1902.00751"))
    found = gather(note("a", papers=(doi("10.1000/other"),), links=(link,))).works
    assert {id_: work.known for id_, work in found.items()} == {
        "arxiv:1902.00751": False,
        f"arxiv:{ARXIV}": True,
        "doi:10.1000/other": True,
    }
    assert found[f"arxiv:{ARXIV}"].cites == ("arxiv:1902.00751",)


def test_the_lock_gives_no_claim_to_a_written_key() -> None:
    old = note("a", papers=(doi("10.1000/other"),), key="hu", date="2020-01-01")
    new = note("b", papers=(arxiv(ARXIV),), key="hu", date="2024-01-01")
    works = gather(old, new).works
    assert works["doi:10.1000/other"].key == "hu" != works[f"arxiv:{ARXIV}"].key


def test_the_pages_lead_to_the_code_that_the_lock_knows(tmp_path: Path) -> None:
    page = site(tmp_path, changed(LORA, code=("https://github.com/lind/lora", "https://github.com/b/c")))[
        "notes/read-once/index.html"
    ]
    assert '<a class="btn" href="https://github.com/lind/lora" rel="external noopener">Code</a>' in page
    assert "<dt>Code</dt>" in page and "lind/lora</a></dd>" in page and "github.com/b" not in page
    page = site(tmp_path / "b", changed(LORA, code=("javascript:alert(1)",)))["notes/read-once/index.html"]
    assert "javascript" not in page


def test_a_collaboration_of_thousands_does_not_fill_the_head_of_its_page(tmp_path: Path) -> None:
    names = tuple(f"First{n} Last{n}" for n in range(3000))
    page = site(tmp_path, changed(LORA, authors=names))["notes/read-once/index.html"]
    assert page.count('name="citation_author"') == 200 and page.count('"@type":"Person"') <= 201
    assert "Last2999, First2999" in page, "all of them are in the BibTeX"
    assert len(page) < 400_000


def test_the_pdf_is_that_of_the_version_read(tmp_path: Path) -> None:
    page = site(tmp_path, LORA)["notes/read-once/index.html"]
    assert f'href="https://arxiv.org/pdf/{ARXIV}v1" rel="external noopener">PDF</a>' in page


def test_the_page_of_a_paper_has_every_version_that_is_known(tmp_path: Path) -> None:
    root = make(tmp_path)
    write(root, "notes/one.md", f"---\narxiv: {ARXIV}v2\nread: 2025-02-03\n---\n")
    write(root, "notes/two.md", f"---\narxiv: {ARXIV}\n---\n")
    write(root, "papers.lock", lockfile.write([LORA]))
    built(root)
    page = (root / f"site/papers/{ARXIV}/index.html").read_text(encoding="utf-8")
    shown = re.findall(r"<dt>Version</dt><dd><a [^>]*>([^<]*)</a>", page)
    assert shown == ["v1 (17 June 2021)", "v2, read 3 Feb 2025", "v3 (16 October 2021)"]
