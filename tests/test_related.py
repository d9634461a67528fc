"""Related notes: exact, deterministic, nearly linear, and with reasons."""

from __future__ import annotations

import random
import time
from collections import Counter
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.by_hand import arxiv, connect, note, paper_link, wiki
from vault.link import Last, again, matter, pairs, relate, vectors, vocabulary
from vault.link.related import neighbours as neighbours_of
from vault.link.vectors import LINKED, ONE, SHORTEST, WEIGHTS, idf
from vault.records import Note, Reason, Related, changed, pack


def neighbours(*notes: Note) -> dict[str, tuple[Related, ...]]:
    return connect(*notes)[1].related


def names(found: tuple[Related, ...]) -> list[str]:
    return [one.note for one in found]


def corpus(count: int, seed: int, tags: int = 30, vocabulary: int = 400) -> list[Note]:
    """Notes with Zipf-like tags and words, links and cited papers."""
    rng = random.Random(seed)

    def zipf(size: int) -> int:
        return min(size - 1, int(size ** rng.random()) - 1)

    notes = []
    for number in range(count):
        words = Counter(f"w{zipf(vocabulary)}" for _ in range(60))
        cites = [paper_link(arxiv(f"1901.{zipf(60):05}")) for _ in range(rng.randrange(3))]
        links = [wiki(f"n{rng.randrange(count):04}") for _ in range(rng.randrange(3))]
        notes.append(
            note(
                f"n{number:04}",
                date="2024-01-01",
                tags=tuple(sorted({f"t{zipf(tags)}" for _ in range(3)})),
                terms=" ".join(f"{word} {times}" for word, times in sorted(words.items())),
                links=tuple(cites + links),
                papers=(arxiv(f"2001.{number // 2:05}"),) if number % 9 < 2 else (),
            )
        )
    return notes


# --- reasons and rank --------------------------------------------------------------------------


def plain(count: int) -> list[Note]:
    """Notes that have nothing in common, so that what a test adds is rare."""
    return [note(f"z{i}", tags=(f"z{i}",), terms=f"z{i} 1") for i in range(count)]


def test_each_reason_is_told() -> None:
    shared = "lattice 3 ising 2 spin 5 glass 1 replica 1 cavity 1"
    found = neighbours(
        note(
            "a",
            tags=("x", "y"),
            terms=shared,
            papers=(arxiv("2001.00001"),),
            links=(wiki("b"), paper_link(arxiv("1901.00001"))),
        ),
        note(
            "b",
            tags=("Y", "x"),
            terms=shared,
            papers=(arxiv("2001.00001"),),
            links=(paper_link(arxiv("1901.00001")),),
        ),
        *plain(40),
    )
    reasons = (
        Reason("paper"),
        Reason("links"),
        Reason("cites", 1),
        Reason("tags", 2),
        Reason("words", 6, ("spin", "ising", "lattice", "cavity")),
    )
    assert found == {"a": (Related("b", reasons),), "b": (Related("a", reasons),)}


def test_one_work_goes_before_a_link_before_a_tag() -> None:
    found = neighbours(
        note("a", tags=("rare",), papers=(arxiv("2001.00001"),), links=(wiki("linked"),)),
        note("linked"),
        note("tagged", tags=("rare", "p", "q")),
        note("twin", papers=(arxiv("2001.00001"),)),
        *plain(40),
    )
    assert names(found["a"]) == ["twin", "linked", "tagged"]
    assert names(found["linked"]) == ["a"]


def test_a_common_tag_alone_relates_nobody() -> None:
    assert not neighbours(*(note(f"n{i}", tags=("ml",)) for i in range(30)))


def test_a_rare_tag_among_many_common_ones_does() -> None:
    notes = [note(f"n{i:02}", tags=("ml", "ai")) for i in range(60)]
    found = neighbours(*notes, note("p", tags=("ml", "rare")), note("q", tags=("ai", "rare")))
    assert names(found["p"]) == ["q"] and names(found["q"]) == ["p"]
    assert "n00" not in found


def test_at_most_six_and_ties_by_id() -> None:
    found = neighbours(*(note(f"n{i}", tags=("rare",)) for i in range(9)), *plain(90))
    assert names(found["n8"]) == [f"n{i}" for i in range(6)]
    assert names(found["n0"]) == [f"n{i}" for i in range(1, 7)]


def test_pages_without_a_subject_are_related_to_nothing() -> None:
    same = {"tags": ("rare",), "papers": (arxiv("2001.00001"),)}
    found = neighbours(
        note("a", **same),
        note("log", kind="log", **same),
        note("list", kind="list", **same),
        note("i", log="list", kind="item", **same),
        note("u", unlisted=True, **same),
        *plain(30),
    )
    assert not found
    assert names(neighbours(note("a", **same), note("e", log="log", **same), *plain(30))["a"]) == ["log#e"]


def test_words_of_one_note_or_of_many_relate_nobody() -> None:
    everywhere = "common 9 words 9 all 9 over 9 the 9 place 9"
    assert not neighbours(*(note(f"n{i}", terms=f"{everywhere} own{i} 5") for i in range(50)))


# --- exactness ---------------------------------------------------------------------------------


def by_force(
    notes: list[Note], features: list[vectors.Vector], linked: list[set[int]]
) -> list[list[tuple[int, int]]]:
    """Every pair, summed in the plainest way."""
    crowds = Counter(("tag", t) for f in features for t in f.tags)
    crowds.update(("cite", c) for f in features for c in f.cites)
    crowds.update(("word", w) for f in features for w in f.words)
    crowds.update(("work", f.work) for f in features if f.work)
    result: list[list[tuple[int, int]]] = []
    for one, mine in enumerate(features):
        scores = []
        for other, yours in enumerate(features):
            if one == other:
                continue
            score = LINKED * ONE * ONE * (other in linked[one])
            met = bool(score)
            for kind, a, b in (
                ("tag", mine.tags, yours.tags),
                ("cite", mine.cites, yours.cites),
                ("word", mine.words, yours.words),
            ):
                for name in a.keys() & b.keys():
                    fits = crowds[kind, name] <= pairs.CROWD
                    met |= fits
                    score += WEIGHTS[kind] * a[name] * b[name] * (fits or kind == "tag")
            if mine.work and mine.work == yours.work and crowds["work", mine.work] <= pairs.CROWD:
                met, score = True, score + WEIGHTS["work"] * ONE * ONE
            if met and score >= pairs.LEAST:
                scores.append((-score, other))
        result.append(sorted(scores)[: pairs.SHOWN])
    return result


@pytest.mark.parametrize("crowd", [400, 25, 6])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_lists_are_those_of_comparing_every_pair(
    crowd: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "CROWD", crowd)
    notes = corpus(120, seed)
    gathered, graph = connect(*notes)
    ordered = sorted(gathered.notes.values(), key=lambda n: n.id)
    found = matter(graph, ordered, gathered.work_of_note)
    features = vectors.vectors(found, vocabulary(found))
    index = {n.id: number for number, n in enumerate(ordered)}
    linked: list[set[int]] = [set() for _ in ordered]
    for target, rows in graph.backlinks.items():
        for row in rows:
            if any(link.kind == "wiki" and link.target == target for link in gathered.notes[row.note].links):
                linked[index[target]].add(index[row.note])
                linked[index[row.note]].add(index[target])
    forced = by_force(ordered, features, linked)
    assert [[index[r.note] for r in graph.related.get(n.id, ())] for n in ordered] == [
        [other for _, other in best] for best in forced
    ]
    assert sum(map(len, forced)) > 100


def test_order_of_notes_does_not_matter() -> None:
    notes = corpus(80, 4)
    assert neighbours(*notes) == neighbours(*reversed(notes))


@settings(max_examples=30)
@given(st.integers(1, 20000), st.integers(1, 20000))
def test_rarity_is_a_power_of_two_and_falls_with_the_members(total: int, members: int) -> None:
    assert idf(total, members) in (1, 2, 4, 8, 16)
    assert idf(total, members) >= idf(total, members + 1)


def test_a_vector_has_length_one_or_less() -> None:
    for seed in range(3):
        found = matter(connect()[1], corpus(60, seed), {})
        for vector in vectors.vectors(found, vocabulary(found)):
            for weights in (vector.tags, vector.words):
                assert 0 <= sum(w * w for w in weights.values()) <= (ONE * 12 // 10) ** 2
    assert sum(w * w for w in vectors.scaled({"a": 3, "b": 4}, SHORTEST["tag"]).values()) < ONE * ONE


# --- an edit -----------------------------------------------------------------------------------


def lists_changed(before: list[Note], after: list[Note]) -> set[str]:
    old, new = neighbours(*before), neighbours(*after)
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_a_removed_link_moves_only_its_two_ends() -> None:
    """Where the link is to a note on a paper, it is a citation too, and shared like one."""
    notes = corpus(150, 7)
    about = {one.id for one in notes if one.papers}
    tried = 0
    for number, one in enumerate(notes):
        targets = {link.target for link in one.links if link.kind == "wiki"}
        if not targets or targets & about or tried == 8:
            continue
        edited = [*notes]
        edited[number] = changed(one, links=tuple(link for link in one.links if link.kind != "wiki"))
        assert lists_changed(notes, edited) <= {one.id} | targets
        tried += 1
    assert tried == 8


def test_an_edit_of_words_moves_few_lists() -> None:
    notes = corpus(300, 8)
    moved = []
    for number in range(0, 300, 30):
        edited = [*notes]
        edited[number] = changed(notes[number], terms=notes[number].terms + f" fresh{number} 2")
        moved.append(len(lists_changed(notes, edited)))
    assert max(moved) <= 1


def test_a_new_note_moves_the_lists_of_few() -> None:
    notes = corpus(300, 9)
    assert len(lists_changed(notes, [*notes, note("zz", tags=("t12", "new"), terms="w7 1 w390 2")])) <= 15


# --- only what may have moved -------------------------------------------------------------------


def other_corpus(notes: list[Note], chance: random.Random) -> list[Note]:
    """The notes after a few edits of each kind: words, tags, links, papers; notes that come and go."""
    after = [*notes]
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(after))
        one, like = after[at], chance.choice(notes)
        edits = [
            changed(one, terms=like.terms),
            changed(one, tags=chance.choice([like.tags, ("t0", "new"), ()])),
            changed(one, links=chance.choice([like.links, ()])),
            changed(one, papers=like.papers),
            changed(one, unlisted=not one.unlisted),
            changed(one, title="Another title"),
        ]
        after[at] = chance.choice(edits)
        if chance.random() < 0.2:
            after.pop(at)
        if chance.random() < 0.2:
            after.append(changed(like, id=f"x{at:04}", path=f"notes/x{at:04}.md"))
    return list({one.id: one for one in after}.values())


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("crowd", [400, 25, 6])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_compared_again_is_all_that_moved(
    seed: int, crowd: int, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists made from the last ones are those that a clean build makes, to their order."""
    for module in (pairs, vectors):
        monkeypatch.setattr(module, "CROWD", crowd)
    monkeypatch.setattr(again, "FEW", 2)
    chance, notes, saved = random.Random(seed), corpus(120, seed), 0
    _, graph = connect(*notes)
    for _ in range(8):
        notes = other_corpus(notes, chance)
        gathered, clean = connect(*notes)
        kept = pack(graph.related, tuple[Related, ...]) if packed else graph.related
        with monkeypatch.context() as patch:
            patch.setattr(again, "neighbours", compared := Mock(wraps=neighbours_of))
            found = matter(clean, gathered.notes.values(), gathered.work_of_note)
            graph = relate(clean, found, Last(kept, graph.marks), vocabulary(found))
        assert list(graph.related.items()) == list(clean.related.items())
        assert graph.marks == clean.marks
        saved += not compared.called
    assert saved > 2


def test_equal_marks_are_of_equal_subjects() -> None:
    """What a list depends on is in its note's mark: title and lines are not."""
    notes = corpus(60, 1)
    _, graph = connect(*notes)
    for fields in (
        {"terms": "w1 2 w77 1"},
        {"tags": ("else",)},
        {"links": ()},
        {"papers": (arxiv("2201.00009"),)},
    ):
        _, after = connect(changed(notes[7], **fields), *notes[:7], *notes[8:])
        assert after.marks["n0007"] != graph.marks["n0007"]
    _, after = connect(changed(notes[7], title="Another", date=notes[8].date), *notes[:7], *notes[8:])
    assert after.marks == graph.marks


# --- time --------------------------------------------------------------------------------------


def seconds(count: int) -> float:
    notes = corpus(count, count, tags=200, vocabulary=20000)
    start = time.process_time()
    neighbours(*notes)
    return time.process_time() - start


def test_time_grows_nearly_with_the_notes() -> None:
    small = min(seconds(300) for _ in range(2))
    assert seconds(2400) < 8 * 4 * small


@pytest.mark.parametrize(
    "fields", [{"tags": ("one", "two")}, {"terms": "same 1 words 1"}, {"papers": (arxiv("2001.00001"),)}]
)
def test_a_feature_of_every_note_takes_no_quadratic_time(fields: dict[str, object]) -> None:
    notes = [note(f"n{i:05}", **fields) for i in range(5000)]
    start = time.process_time()
    neighbours(*notes)
    assert time.process_time() - start < 4
