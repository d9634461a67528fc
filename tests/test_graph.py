"""The graph page: clusters, places that stay, tables, the data of its script."""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.build_catalog import Site, catalog, note
from tests.build_catalog import graph as links_of
from tests.vaults import built, make
from vault.compose import chart, layout, network
from vault.compose.network import Network
from vault.records import Backlink, Note, Settings
from vault.records.views import GraphPage

ROOT = Path(__file__).parents[1]


def site(notes: list[Note], arrows: list[tuple[str, str]], **more: Any) -> Site:
    """A site of these notes where each arrow's first links to its second."""
    back: dict[str, list[Backlink]] = {}
    for source, target in arrows:
        back.setdefault(target, []).append(Backlink(source, "s", 0, 0))
    return Site(catalog(*notes), links_of(backlinks={k: tuple(v) for k, v in back.items()}), **more)


def page(found: Site) -> GraphPage:
    view = found.view("graph/")
    assert isinstance(view, GraphPage)
    return view


def data(found: Site) -> dict[str, Any]:
    text = found.view("data/graph.js").decode()
    assert text.startswith("window.VG=") and text.endswith(";\n")
    return json.loads(text.removeprefix("window.VG=").removesuffix(";\n"))


def vault(
    size: int, tags: int = 5, links: int = 3, seed: int = 1
) -> tuple[list[Note], list[tuple[str, str]]]:
    chance = random.Random(seed)
    names = [f"n{at:05}" for at in range(size)]
    notes = [note(name, f"Note {name}", tags=(f"t{int(tags * chance.random() ** 2):02}/x",), status=chance.choice(["read", "to-read", ""])) for name in names]  # fmt: skip
    arrows = [(chance.choice(names), chance.choice(names)) for _ in range(size * links)]
    return notes, arrows


def net(found: Site) -> Network:
    return network.network(found.map.scope)


TEN = [
    note(f"n{at}", f"Note {at}", f"2025-01-{at + 1:02}", tags=("rl",) if at < 6 else ("nlp",))
    for at in range(10)
]


# Who is linked


def test_two_notes_are_one_link_however_often_and_whichever_way_they_link() -> None:
    found = net(site(TEN, [("n0", "n1"), ("n1", "n0"), ("n0", "n1"), ("n2", "n2"), ("n3", "n1")]))
    assert [(found.ids[a], found.ids[b]) for a, b in found.edges] == [("n0", "n1"), ("n1", "n3")]
    assert (found.inward[1], found.outward[1], found.degree[1]) == (2, 1, 2)


def test_a_note_stands_with_its_first_tag_that_has_a_cluster() -> None:
    many = [note(f"m{at}", tags=(f"tag{at % 18:02}",)) for at in range(54)]
    rare = [note("rare", tags=("once",)), note("both", tags=("once", "tag03")), note("bare")]
    found = net(site([*many, *rare], []))
    home = {found.ids[at]: found.clusters[found.cluster_of[at]].label for at in range(len(found.ids))}
    assert (home["rare"], home["both"], home["bare"]) == ("other tags", "tag03", "no tag")
    assert len(found.clusters) == 20
    assert sorted({cluster.colour for cluster in found.clusters}) == list(range(9))


def test_unlisted_notes_are_not_on_the_map() -> None:
    found = net(site([*TEN, note("secret", unlisted=True)], [("secret", "n1"), ("n1", "secret")]))
    assert "secret" not in found.ids and found.edges == ()


def test_a_bridge_reaches_several_clusters_beside_its_own() -> None:
    notes = [note("hub", tags=("a",)), *(note(f"{tag}{at}", tags=(tag,)) for tag in "bcd" for at in range(2))]
    arrows = [("hub", "b0"), ("hub", "c0"), ("c1", "hub"), ("b1", "b0"), ("d0", "b0")]
    found = site(notes, arrows)
    (bridge,) = [each for each in page(found).bridges if str(each.title) == "hub"]
    assert ([each.text for each in bridge.clusters], bridge.links) == (["c", "b"], 3)
    assert [str(each.title) for each in page(found).bridges] == ["hub", "b0"]


def test_the_largest_part_and_the_orphans_are_counted() -> None:
    found = site(TEN, [("n0", "n1"), ("n1", "n2"), ("n4", "n5")])
    view = page(found)
    assert view.intro.startswith(
        "10 notes and 3 links between them. 3 hang together; five have no link at all."
    )
    assert [each.text for each in view.orphans] == ["Note 9", "Note 8", "Note 7", "Note 6", "Note 3"]


# Where they stand


def spots(found: Network) -> dict[str, tuple[float, float]]:
    return dict(zip(found.ids, layout.layout(found).places, strict=True))


@given(st.integers(10, 120), st.integers(1, 9), st.integers(0, 4), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_no_two_dots_meet_and_no_two_discs_and_all_stand_in_the_frame(
    size: int, tags: int, links: int, seed: int
) -> None:
    found = net(site(*vault(size, tags, links, seed)))
    placed = layout.layout(found)
    step = layout.STEP * placed.scale
    for at, (x, y) in enumerate(placed.places):
        r = chart.size(found.degree[at], placed.scale)
        assert r < x < layout.WIDTH - r and r < y < placed.height - r
        assert (
            math.dist((x, y), placed.discs[found.cluster_of[at]][:2]) + r
            <= placed.discs[found.cluster_of[at]].r + 1e-6
        )
        assert 2 * r < step
    for members in placed.order:
        assert all(
            math.dist(placed.places[a], placed.places[b]) > 0.95 * step
            for n, a in enumerate(members)
            for b in members[:n]
        )
    for n, one in enumerate(placed.discs):
        assert all(math.dist(one[:2], other[:2]) >= one.r + other.r for other in placed.discs[:n])


@given(st.integers(10, 150), st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_a_new_note_moves_nothing_but_its_own_disc_until_that_is_full(size: int, seed: int) -> None:
    notes, arrows = vault(size, seed=seed)
    before, after = net(site(notes, arrows)), net(site([*notes, note("new", tags=("t00",))], arrows))
    sizes = [len(cluster.members) for cluster in before.clusters]
    if [layout.rings(len(c.members)) for c in after.clusters] != [layout.rings(number) for number in sizes]:
        return
    old, new = spots(before), spots(after)
    home = {before.ids[at]: before.clusters[before.cluster_of[at]].label for at in range(len(before.ids))}
    scale = layout.layout(after).scale
    for id_, place in old.items():
        if home[id_] != "t00":
            assert new[id_] == place
    moved = [math.dist(old[id_], new[id_]) for id_ in old if home[id_] == "t00"]
    near = sum(way <= 2.1 * layout.STEP * scale for way in moved)
    assert near >= len(moved) - 2 * layout.rings(len(moved) + 1) - 6


def test_places_depend_on_the_graph_and_on_nothing_else() -> None:
    notes, arrows = vault(80)
    again = list(notes)
    random.Random(3).shuffle(again)
    assert spots(net(site(notes, arrows))) == spots(net(site(again, arrows[::-1])))


def test_the_note_with_most_links_is_in_the_middle() -> None:
    found = net(site(TEN, [("n0", f"n{at}") for at in range(1, 6)]))
    placed = layout.layout(found)
    assert placed.places[0] == placed.discs[found.cluster_of[0]][:2]


# The page


def test_few_notes_or_no_links_have_tables_and_no_map() -> None:
    for found in (site(TEN[:9], [("n0", "n1")]), site(TEN, []), site([], [])):
        assert (page(found).map, page(found).data) == (None, "")
        assert "data/graph.js" not in found.outputs
    assert page(site(TEN[:9], [("n0", "n1")])).hubs
    assert page(site([], [])).intro == ""


def test_every_note_is_a_link_with_a_title_in_a_shape_of_its_status() -> None:
    states = ("read", "to-read", "reading", "skimmed", "dropped", "", "read", "read", "read", "read")
    notes = [note(f"n{at}", f"Note {at}", tags=("rl",), status=state) for at, state in enumerate(states)]
    drawn = page(site(notes, [("n0", "n1")])).map
    assert drawn is not None
    dots = [dot for bubble in drawn.bubbles for dot in bubble.dots]
    assert {dot.title: dot.href for dot in dots} == {
        f"Note {at}": f"../notes/n{at}/index.html" for at in range(10)
    }
    assert len({re.sub(r"[-0-9. ]+", "", dot.shape) for dot in dots}) == 6
    assert [word for word, _ in drawn.statuses] == [
        "read",
        "to-read",
        "reading",
        "skimmed",
        "dropped",
        "none",
    ]


def test_numbers_are_short_and_never_minus_nothing() -> None:
    assert [chart.number(each) for each in (12.0, 12.34, -0.01, -3.96, 0.05)] == [
        "12",
        "12.3",
        "0",
        "-4",
        "0.1",
    ]


def test_a_large_vault_draws_bubbles_and_leaves_the_notes_to_the_script() -> None:
    found = site(*vault(chart.DOTS + 1, links=1))
    drawn = page(found).map
    assert drawn is not None and not drawn.whole
    assert not any(bubble.dots or bubble.inner for bubble in drawn.bubbles)
    shown = data(found)
    assert len(shown["t"]) == len(shown["u"]) == chart.DOTS + 1


def test_lines_join_the_clusters_with_most_links_and_no_more_than_can_be_seen() -> None:
    drawn = page(site(*vault(400, tags=15, links=4))).map
    assert drawn is not None
    assert len(drawn.lines) == chart.LINES
    assert float(drawn.lines[0].width) == max(float(line.width) for line in drawn.lines)


# The script's data


def test_the_data_says_the_same_as_the_page() -> None:
    found = site(*vault(60))
    graph, drawn, shown = net(found), page(found).map, data(found)
    assert drawn is not None
    dots = [dot for bubble in drawn.bubbles for dot in bubble.dots]
    middles = [cluster for cluster in shown["c"] for _ in range(cluster[5])]
    for at, (dot, middle) in enumerate(zip(dots, middles, strict=True)):
        assert float(dot.x) == pytest.approx(middle[2] + shown["p"][2 * at] / 10, abs=0.16)
        assert float(dot.y) == pytest.approx(middle[3] + shown["p"][2 * at + 1] / 10, abs=0.16)
    low, pairs = 0, set()
    for step, distance in zip(shown["e"][::2], shown["e"][1::2], strict=True):
        low += step
        pairs.add(frozenset((dots[low].title, dots[low + distance].title)))
    assert pairs == {frozenset((f"Note {graph.ids[a]}", f"Note {graph.ids[b]}")) for a, b in graph.edges}
    assert (len(shown["s"]), shown["w"], shown["h"]) == (60, drawn.width, pytest.approx(drawn.height, abs=1))


def test_data_and_code_of_a_thousand_notes_keep_their_budget() -> None:
    found = site(*vault(1000, tags=18, links=2))
    code = (ROOT / "templates/assets/graph.js").read_bytes()
    size = len(gzip.compress(found.view("data/graph.js"))) + len(gzip.compress(code))
    assert size <= 20_000, size


def test_a_title_cannot_leave_the_script() -> None:
    notes, arrows = vault(chart.DOTS + 1, links=1)
    notes[0] = note("evil", "</script>\u2028'\"\\ x", tags=("t00",))
    assert "\u2028" not in site(notes, arrows).view("data/graph.js").decode()
    assert "</script>\u0020'\"\\ x" in data(site(notes, arrows))["t"]


def test_the_page_of_a_built_vault_loads_its_own_files_alone(tmp_path: Path) -> None:
    files = {
        f"notes/n{at}.md": f"---\ntitle: N{at}\ndate: 2025-01-02\ntags: [rl]\n---\n[[N{(at + 1) % 12}]]\n"
        for at in range(12)
    }
    root = make(tmp_path, files)
    built(root)
    text = (root / "site/graph/index.html").read_text(encoding="utf-8")
    assert 'src="../data/graph.js"' in text and 'src="../assets/graph.' in text
    other = (root / "site/index.html").read_text(encoding="utf-8")
    assert "graph.js" not in other and "assets/graph." not in other
    assert text.count('class="gd"') == 12
    assert built(root).written == 0


def test_the_setting_of_links_reaches_the_map() -> None:
    found = site(TEN, [("n0", "n1")], settings=Settings(url="https://example.org/", links="dir"))
    drawn = page(found).map
    assert drawn is not None
    assert {dot.href for bubble in drawn.bubbles for dot in bubble.dots} >= {"../2025/01/n0/"}
