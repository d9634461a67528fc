"""``vault fetch``, ``add`` and ``new`` from the terminal, with a server that replays answers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.services import Paper, Server, Services, reply, serving
from tests.vaults import built, make, tree, write
from vault import disk, fetch, lockfile
from vault.cli import app
from vault.disk import find_vault
from vault.records import VaultError

LORA = Paper(
    arxiv="2106.09685",
    doi="10.1000/lora",
    title="LoRA: Low-Rank Adaptation",
    venue="Conference of Feathers",
    version=3,
    references=(("1706.03762", "Attention"),),
)
ATTENTION = Paper(arxiv="1706.03762", title="Attention", known=("arxiv",))
MAMBA = Paper(arxiv="2312.00752", title="Mamba: States", known=("arxiv",))
OTHER = Paper(arxiv="2401.00001", title="A Lone Preprint: of things", known=("arxiv", "semantic_scholar"))
RIS = "TY  - CPAPER\nTI  - Feathers in Wind\nAU  - Maar, Bo\nAU  - Lind, Ada\nPY  - 2019/05/01\nDO  - 10.5555/wind\nT2  - Windy Days\nER  - \n"
BIB = (
    "@inproceedings{lind2020on, title={On {F}eathers: 100\\% Light}, author={Lind, Ada and Maar, Bo}, year=2020, "
    "booktitle={Windy Days}, doi={10.5555/on}}\n@misc{again, eprint={2106.09685}, archiveprefix={arXiv}, title={LoRA again}}\n"
)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.Pace, "turn", lambda *_: None)


@pytest.fixture
def services() -> Services:
    return Services(LORA, ATTENTION, MAMBA, OTHER)


@pytest.fixture
def server(services: Services) -> Iterator[Server]:
    with serving(services) as found:
        yield found


@pytest.fixture
def root(tmp_path: Path, server: Server) -> Path:
    make(tmp_path)
    services = {"arxiv": "arxiv", "crossref": "crossref", "openalex": "openalex", "semantic_scholar": "s2"}
    lines = "".join(f'{name} = "{server.url}{path}/"\n' for name, path in services.items())
    write(tmp_path, "vault.toml", f"[fetch]\n{lines}")
    write(
        tmp_path, "notes/2025/2025-01-29-lora.md", "---\ntitle: LoRA\narxiv: 2106.09685v1\n---\nLow rank.\n"
    )
    write(tmp_path, "notes/hidden.md", "---\ntitle: Hidden\narxiv: 2401.00001\nprivate: true\n---\n")
    return tmp_path


def vault(root: Path, *args: str, text: str = "", code: int = 0) -> Result:
    result = CliRunner().invoke(app, [*args, "--vault", str(root)], input=text, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def notes(root: Path) -> dict[str, bytes]:
    return tree(root / "notes")


# --- fetch -------------------------------------------------------------------------------------


def test_fetch_fills_the_lock_file_and_says_what_is_new(root: Path) -> None:
    before = notes(root)
    output = vault(root, "fetch", code=1).output
    assert "+ arxiv:2106.09685  LoRA: Low-Rank Adaptation" in output
    assert "+ venue: Conference of Feathers" in output
    assert "notes/2025/2025-01-29-lora.md: you read v1; v3 is out (2021-10-16)" in output
    assert "published as Conference of Feathers 2021 (doi 10.1000/lora)" in output
    assert "arxiv:2305.13048: arXiv and Semantic Scholar and OpenAlex do not know it" in output
    text = (root / "papers.lock").read_text(encoding="utf-8")
    assert [entry.id for entry in lockfile.read(text, "")[0]] == [
        "arxiv:1706.03762",
        "arxiv:2106.09685",
        "arxiv:2312.00752",
    ]
    assert notes(root) == before and not list(root.glob(".papers*"))


def test_fetch_again_asks_for_nothing_and_a_refresh_changes_nothing(root: Path, server: Server) -> None:
    vault(root, "fetch", code=1)
    text, asked = (root / "papers.lock").read_bytes(), len(server.asked)
    output = vault(root, "fetch", "2106.09685", "lora", "LoRA").output
    assert len(server.asked) == asked and "0 changed" in output, "answers of today are not asked for twice"
    output = vault(root, "fetch", "--refresh", "--clean").output
    assert len(server.asked) > asked and "0 changed" in output and "v3 is out" in output
    assert (root / "papers.lock").read_bytes() == text


def test_a_new_version_and_a_withdrawal_are_shown_as_a_diff(root: Path, services: Services) -> None:
    vault(root, "fetch", code=1)
    services.papers[0] = LORA._replace(
        version=4, updated="2022-01-01", comment="This paper has been withdrawn"
    )
    output = vault(root, "fetch", "--refresh", "--clean").output
    assert "~ arxiv:2106.09685" in output and "  + withdrawn: This paper has been withdrawn" in output
    assert (
        "  - versions: v1 2021-06-17, v3 2021-10-16\n  + versions: v1 2021-06-17, v3 2021-10-16, v4 2022-01-01"
        in output
    )
    assert "notes/2025/2025-01-29-lora.md: withdrawn: This paper has been withdrawn" in output


def test_a_dry_run_writes_nothing(root: Path) -> None:
    output = vault(root, "fetch", "--dry-run", code=1).output
    assert "nothing was written" in output and not (root / "papers.lock").exists()


def test_papers_of_private_notes_are_asked_for_by_name_alone(root: Path, server: Server) -> None:
    vault(root, "fetch", "--all", code=1)
    assert not any(
        "2401.00001" in asked.path + str(asked.query) + asked.body.decode() for asked in server.asked
    )
    vault(root, "fetch", "Hidden")
    assert "2401.00001" in (root / "papers.lock").read_text(encoding="utf-8")
    built(root)
    assert not any(b"Lone Preprint" in data for data in tree(root / "site").values())


def test_fetch_prints_one_json_document(root: Path) -> None:
    found = json.loads(vault(root, "fetch", "--json", code=1).stdout)
    assert found["fetched"] == 3 and found["written"] and not found["stopped"]
    assert found["missing"][0]["id"] == "arxiv:2305.13048"
    assert {row["kind"] for row in found["told"]} == {"version", "published"}
    assert found["changed"][1]["changes"]["venue"] == {"before": "", "after": "Conference of Feathers"}


def test_papers_that_are_only_mentioned_are_asked_for_when_that_is_wanted(
    root: Path, services: Services, server: Server
) -> None:
    services.papers.append(Paper(arxiv="2403.00007", title="Feathers in Passing"))
    write(root, "notes/open.md", "---\ntitle: Open\n---\nSee arXiv:2403.00007.\n")
    write(root, "notes/draft.md", "---\ntitle: D\ndraft: true\n---\nSee arXiv:2403.00008 here.\n")
    vault(root, "fetch", code=1)
    assert "arxiv:2403.00007" not in lock_ids(root)
    vault(root, "fetch", "--mentioned", code=1)
    assert "arxiv:2403.00007" in lock_ids(root) and "2403.00008" not in str(server.asked)
    built(root)
    page = (root / "site/notes/open/index.html").read_text(encoding="utf-8")
    assert 'class="card" href="../../papers/2403.00007/index.html"' in page
    assert "Feathers in Passing" in (root / "site/data/cards/papers.js").read_text(encoding="utf-8")


def lock_ids(root: Path) -> list[str]:
    entries, _ = lockfile.read((root / "papers.lock").read_text(encoding="utf-8"), "papers.lock")
    return [entry.id for entry in entries]


def test_offline_nothing_is_lost_and_one_sentence_says_so(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.close()
    monkeypatch.setattr(fetch.Client, "wait", waited)
    with pytest.raises(VaultError, match=r"^no service can be reached \(arXiv, Semantic Scholar, .*network$"):
        vault(root, "fetch")
    assert not (root / "papers.lock").exists()


def test_offline_the_lock_file_stays_as_it_was(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault(root, "fetch", code=1)
    text = (root / "papers.lock").read_bytes()
    server.close()
    monkeypatch.setattr(fetch.Client, "wait", waited)
    with pytest.raises(VaultError, match="no service can be reached"):
        vault(root, "fetch", "--refresh", "--clean")
    assert (root / "papers.lock").read_bytes() == text


def waited(*_: object) -> None:
    raise AssertionError("nobody waits for a network that was never there")


def test_a_stop_keeps_what_was_answered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from vault.fetch import run

    monkeypatch.setattr(run, "STEP", 1)
    once = run.together
    count = [0]

    def stopped(*args: Any) -> Any:
        count[0] += 1
        if count[0] == 2:
            raise KeyboardInterrupt
        return once(*args)

    monkeypatch.setattr(run, "together", stopped)
    output = vault(root, "fetch", code=130).output
    assert "1 of 4 papers fetched" in output and "stopped" in output
    assert [entry.id for entry in lockfile.read((root / "papers.lock").read_text(), "")[0]] == [
        "arxiv:1706.03762"
    ]


def test_a_lock_file_in_conflict_is_never_written_over(root: Path) -> None:
    write(root, "papers.lock", "<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    with pytest.raises(VaultError, match=r"papers\.lock:1: a merge"):
        vault(root, "fetch")
    write(root, "papers.lock", "format = 9\n")
    with pytest.raises(VaultError, match="form that this vault does not know"):
        vault(root, "fetch")


def test_what_another_run_wrote_meanwhile_stays(root: Path) -> None:
    from vault.cli import ask
    from vault.records import LockEntry, PaperId

    one = LockEntry((PaperId("doi", "10.1000/lora"),), title="One")
    two = LockEntry((PaperId("arxiv", "1706.03762"),), title="Two")
    both = LockEntry((PaperId("arxiv", "2106.09685"), PaperId("doi", "10.1000/lora")), title="Both")
    where = find_vault(str(root))
    ask.keep(where, (one,))
    ask.keep(where, (two,))
    ask.keep(where, (both,))
    assert [entry.title for entry in ask.read_lock(where).entries] == ["Two", "Both"]


def test_a_name_that_is_nobody_s_is_told_with_the_nearest(root: Path) -> None:
    with pytest.raises(VaultError) as caught:
        vault(root, "fetch", "atention")
    assert 'Did you mean "Attention"' in caught.value.hint


# --- add ---------------------------------------------------------------------------------------


def test_add_makes_a_note_with_what_the_services_say(root: Path) -> None:
    output = vault(root, "add", "2312.00753", "--offline").output
    assert (
        "added notes/2026/2026-11-20-arxiv-2312-00753.md" in output and "`vault fetch` completes 1" in output
    )
    (root / "notes/log.md").unlink()
    output = vault(
        root, "add", "arxiv.org/abs/2312.00752v1", "--why", "states: many", "--tag", "ssm", "--via", "Ada"
    ).output
    assert (root / "notes/2026/2026-11-20-mamba.md").read_text(encoding="utf-8") == (
        '---\ntitle: "Mamba: States"\narxiv: 2312.00752v1\nauthors: [Ada Lind, Bo Maar]\nyear: 2021\nstatus: to-read\n'
        'added: 2026-11-20\ntags: [ssm]\nwhy: "states: many"\nvia: Ada\n---\n'
    )
    assert "+ title: " in output and "arxiv:2312.00752" in (root / "papers.lock").read_text()


def test_a_stub_is_completed_by_fetch_without_a_change_to_the_note(root: Path, services: Services) -> None:
    services.papers.append(Paper(arxiv="2402.00002", title="Found: Later", known=("arxiv",)))
    vault(root, "add", "2402.00002", "--offline")
    file = root / "notes/2026/2026-11-20-arxiv-2402-00002.md"
    before = file.read_bytes()
    vault(root, "fetch", code=1)
    built(root)
    assert file.read_bytes() == before
    assert "Found: Later" in (root / "site/queue/index.html").read_text(encoding="utf-8")


def test_what_is_known_is_shown_and_not_doubled(root: Path) -> None:
    before = notes(root)
    output = vault(
        root,
        "add",
        "2106.09685",
        "https://arxiv.org/pdf/2106.09685v3.pdf",
        "https://arxiv.org/abs/2305.13048",
        "2401.00001",
    ).output
    assert output.count("is notes/2025/2025-01-29-lora.md") == 2
    assert "notes/log.md:11" in output and "notes/hidden.md" in output
    assert "Added 0 notes, 4 papers known" in output and notes(root) == before
    vault(root, "fetch", "2106.09685")
    assert (
        "known: 10.1000/lora is notes/2025/2025-01-29-lora.md"
        in vault(root, "add", "10.1000/lora", "--offline").output
    )


def test_a_doi_that_turns_out_to_be_a_known_preprint_is_known(root: Path) -> None:
    output = vault(root, "add", "https://doi.org/10.1000/lora").output
    assert "is notes/2025/2025-01-29-lora.md" in output and "Added 0 notes" in output


def test_bibtex_and_ris_are_read_from_standard_input(root: Path) -> None:
    output = vault(root, "add", "--offline", text=BIB).output
    assert "added notes/2026/2026-11-20-on-feathers.md" in output and "known: again" in output
    text = (root / "notes/2026/2026-11-20-on-feathers.md").read_text(encoding="utf-8")
    assert 'title: "On Feathers: 100\\\\% Light"' in text or 'title: "On Feathers: 100% Light"' in text
    assert "doi: 10.5555/on" in text and "key: lind2020on" in text and "venue: Windy Days" in text
    vault(root, "add", "-", "--offline", text=RIS)
    text = (root / "notes/2026/2026-11-20-feathers-in-wind.md").read_text(encoding="utf-8")
    assert "authors: [Bo Maar, Ada Lind]" in text and "year: 2019" in text and "doi: 10.5555/wind" in text
    assert "Added 0 notes" in vault(root, "add", "-", "--offline", text=RIS).output
    output = vault(
        root, "add", "-", "--offline", text="# later\n2403.00001\n\n- https://arxiv.org/abs/2403.00002\n"
    ).output
    assert "Added 2 notes" in output


def test_many_at_once_are_many_notes_with_names_of_their_own(root: Path) -> None:
    entries = "".join(f"@misc{{k{n}, title={{Equal Title}}, doi={{10.5555/{n}}}}}\n" for n in range(30))
    assert "Added 30 notes" in vault(root, "add", "-", "--offline", text=entries).output
    made = sorted(path.name for path in (root / "notes/2026").iterdir())
    assert len(made) == 30 and "2026-11-20-equal-title-30.md" in made


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"TY  - JOUR\rTI  - Old Ends\rDO  - 10.5555/mac\rER  - \r", "Old Ends"),
        (b"\xef\xbb\xbfTY  - JOUR\r\nTI  - Two Ends\r\nER  - \r\n", "Two Ends"),
        ("@misc{k, title={Café}}".encode("latin-1"), "Café"),
        ("@misc{k, title={Wide é}}".encode("utf-16"), "Wide é"),
        (b'{"id": "k", "title": "Alone", "author": [{"family": "Ng"}]}', "Alone"),
        (b'[{"id": "k", "title": "In a list"}]', "In a list"),
    ],
)
def test_what_other_programs_write_is_read_from_a_pipe(root: Path, data: bytes, title: str) -> None:
    result = CliRunner().invoke(app, ["add", "--offline", "--vault", str(root)], input=data)
    assert result.exit_code == 0 and f'title: "{title}"' in result.output


def test_a_list_may_have_bullets_boxes_and_several_in_a_line(root: Path) -> None:
    text = (
        "# to read\n* https://arxiv.org/abs/2403.00001, 10.5555/two\n- [ ] arXiv 2403.00003\n"
        "3. [A title, with 2403.00009 in it](https://arxiv.org/abs/2403.00004)\n2403.00005\tbecause of 2403.00009\n"
    )
    found = json.loads(vault(root, "add", "-", "--offline", "--json", text=text).stdout)
    ids = ["arxiv:2403.00001", "doi:10.5555/two", *(f"arxiv:2403.0000{n}" for n in (3, 4, 5))]
    assert [row["id"] for row in found["added"]] == ids


def test_a_conflict_in_the_lock_file_stops_only_who_would_write_it(root: Path) -> None:
    write(root, "papers.lock", "format = 1\n<<<<<<< ours\n=======\n>>>>>>> theirs\n")
    with pytest.raises(VaultError, match=r"papers\.lock:2: a merge left"):
        vault(root, "add", "2403.00001")
    assert "Added 1 note" in vault(root, "add", "2403.00001", "--offline").output


def test_what_is_no_paper_is_told_and_the_others_are_added(root: Path) -> None:
    output = vault(root, "add", "2403.00001", "nonsense", "abs/2023.10.11453", "--offline", code=1).output
    assert "nonsense: this is no arXiv id, DOI or address" in output and "probably 2310.11453" in output
    assert "Added 1 note" in output
    with pytest.raises(VaultError, match="nothing to add"):
        vault(root, "add", "-", text="")


def test_a_dry_run_shows_the_note_and_writes_none(root: Path) -> None:
    before = notes(root)
    output = vault(root, "add", "2403.00001", "--offline", "--dry-run", "--read", "--priority", "2").output
    assert "would add notes/2026/" in output and "+ status: read" in output and "+ priority: 2" in output
    assert notes(root) == before


def test_add_prints_one_json_document(root: Path) -> None:
    found = json.loads(
        vault(root, "add", "2403.00001", "lora", "2106.09685", "--offline", "--json", code=1).stdout
    )
    assert [row["path"] for row in found["added"]] == ["2026/2026-11-20-arxiv-2403-00001.md"]
    assert found["known"] == [
        {"what": "2106.09685", "note": "2025/2025-01-29-lora", "path": "2025/2025-01-29-lora.md"}
    ]
    assert found["unread"][0]["what"] == "lora"


def test_without_a_network_a_stub_is_added(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.close()
    monkeypatch.setattr(fetch.Client, "wait", waited)
    output = vault(root, "add", "2403.00001").output
    assert "added notes/2026/2026-11-20-arxiv-2403-00001.md" in output
    assert output.count("arXiv, Semantic Scholar, OpenAlex") == 1 and "2403.00001: " not in output


def test_a_hostile_title_makes_a_plain_note(root: Path, services: Services) -> None:
    title = "../../etc/passwd\n---\nprivate: true\n<script>alert(1)</script> \u202e[x](javascript:y)"
    services.papers.append(Paper(arxiv="2402.00003", title=title, authors=("a: b", "- c", "!!python/x")))
    vault(root, "add", "2402.00003")
    (file,) = (root / "notes/2026").iterdir()
    assert file.name.startswith("2026-11-20-etc-passwd-private")
    text = file.read_text(encoding="utf-8")
    assert text.count("---\n") == 2 and "\nprivate:" not in text and "\u202e" not in text
    assert [found.code for found in built(root).problems if found.path.startswith("2026")] == []
    page = next((root / "site/2026/11").rglob("index.html")).read_text(encoding="utf-8")
    assert "<script>alert" not in page and 'href="javascript' not in page


# --- writing -----------------------------------------------------------------------------------


def test_a_note_is_never_written_over_and_never_half_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = find_vault(str(root))
    assert disk.create(where, "x.md", "one") == "x.md"
    assert disk.create(where, "x.md", "two") == "x-2.md"
    assert (root / "notes/x.md").read_text() == "one"
    before = notes(root)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(VaultError, match="no space left"):
        disk.create(where, "y.md", "three")
    with pytest.raises(VaultError, match="no space left"):
        disk.replace(str(root / "notes/x.md"), "four")
    assert notes(root) == before, "no file of that name, no temporary one left"


def test_a_note_is_never_written_outside_the_vault(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (root / "notes/2026").symlink_to(outside)
    with pytest.raises(VaultError, match="outside the vault"):
        vault(root, "add", "2403.00001", "--offline")
    assert list(outside.iterdir()) == []


def test_the_file_is_on_the_disk_before_it_has_its_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in ("fsync", "link", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda *a, _real=real, _name=name, **k: (calls.append(_name), _real(*a, **k))[1]
        )
    disk.create(find_vault(str(root)), "z.md", "text")
    assert calls == ["fsync", "link", "fsync"]
    calls.clear()
    disk.replace(str(root / "papers.lock"), "text")
    assert calls == ["fsync", "replace", "fsync"]


def test_where_the_disk_has_no_links_a_name_is_claimed_first(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", never)
    where = find_vault(str(root))
    assert [disk.create(where, "x.md", text) for text in ("one", "two")] == ["x.md", "x-2.md"]
    assert (root / "notes/x.md").read_text() == "one" and (root / "notes/x-2.md").read_text() == "two"


# --- new ---------------------------------------------------------------------------------------


def test_new_makes_a_dated_note_and_opens_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", f"touch {tmp_path}/opened")
    output = vault(root, "new", "On", "weights:", "a note", "--tag", "x").output
    file = root / "notes/2026/2026-11-20-on-weights.md"
    assert output.strip() == str(file) and (tmp_path / "opened").exists()
    assert file.read_text() == '---\ntitle: "On weights: a note"\ndate: 2026-11-20\ntags: [x]\n---\n'
    vault(root, "new", "On weights: a note", "--no-edit")
    assert (root / "notes/2026/2026-11-20-on-weights-2.md").exists()


def test_new_uses_the_vault_s_own_beginning_and_place(root: Path) -> None:
    write(root, "templates/note.md", "---\ntitle: {title}\ndate: {date}\n---\n\n## Claim\n")
    write(root, "vault.toml", '[notes]\nnew = "inbox/{slug}-{year}{month}{day}.md"\n')
    assert "would make notes/inbox/x-20261120.md" in vault(root, "new", 'X: "y"', "--dry-run").output
    vault(root, "new", 'X: "y"', "--no-edit")
    assert (
        root / "notes/inbox/x-20261120.md"
    ).read_text() == '---\ntitle: "X: \\"y\\""\ndate: 2026-11-20\n---\n\n## Claim\n'


def test_an_editor_that_is_not_there_costs_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/nowhere/at-all")
    with pytest.raises(VaultError, match="cannot be started"):
        vault(root, "new", "Kept")
    assert (root / "notes/2026/2026-11-20-kept.md").exists()


def test_an_answer_that_is_busy_for_ever_is_told(
    root: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch.Client, "wait", lambda *_: None)
    server.answer = lambda asked, _: reply("{}", status="503 Busy")
    with pytest.raises(VaultError, match="it is busy"):
        vault(root, "fetch")
