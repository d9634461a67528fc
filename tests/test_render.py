"""Templates and views to bytes: every page kind, hostile text, overrides, mistakes, fingerprints, budgets."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sample_letters, sample_views
from vault.records import Html, Record, Settings, Templates, VaultError, changed
from vault.records.views import Anchor, FeedPage, Page
from vault.render import Engine, assets, engine, policy, stale
from vault.render.css import minified
from vault.render.script import squeezed

PAGES = {**sample_views.pages(), **sample_letters.pages()}
VOID = {"meta", "link", "img", "br", "hr", "input", "base", "source", "wbr", "col"}


THEME = sample_views.theme()
ENGINE = engine(THEME)


def overridden(**files: str) -> Engine:
    """An engine with overrides; ``pages__note`` stands for ``pages/note.html``."""
    return engine(
        changed(THEME, overrides={f"{name.replace('__', '/')}.html": text for name, text in files.items()})
    )


def html(view: Page | FeedPage, by: Engine = ENGINE) -> str:
    return by.page(view).decode("utf-8")


class Reader(HTMLParser):
    """Elements of a page with their attributes, in order; ``problems`` where tags do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.problems: list[str] = []
        self.feed(text)
        self.problems += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> closes something else at {self.getpos()}")

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.elements if tag == name]

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole(path: str) -> None:
    read = Reader(html(PAGES[path]))
    ids = read.values("id")
    named = {one for value in read.values("aria-labelledby") + read.values("for") for one in value.split()}
    inside = {value[1:] for value in read.values("href") if value.startswith("#") and len(value) > 1}
    assert read.problems == []
    assert len(read.all("h1")) == len(read.all("main")) == 1
    assert [key for _, attrs in read.elements for key in attrs if key.startswith("on")] == []
    assert sorted(ids) == sorted(set(ids))
    assert (named | inside) - set(ids) == set()


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_for_anything_from_outside(path: str) -> None:
    read = Reader(html(PAGES[path]))
    asked = read.values("src") + [
        link["href"] or "" for link in read.all("link") if link["rel"] in ("stylesheet", "icon")
    ]
    assert [url for url in asked if url.startswith(("http", "//"))] == []
    for link in read.all("a"):
        if (link.get("href") or "").startswith("http"):
            assert "noopener" in (link.get("rel") or ""), link


def test_the_head_keeps_its_order() -> None:
    text = html(sample_views.note())
    marks = ["charset", "viewport", "<title>", '"description"', "color-scheme", "theme-color", "canonical", "stylesheet", "vault-theme", "image/svg", "alternate", "og:type", "speculationrules", "defer src"]  # fmt: skip
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


HOSTILE = "</script></title>--><img src=x onerror=alert(1)>\"'`&<!--{{ 7*7 }}"
KEPT = {"template", "url", "mark", "iso", "level", "here"}


def hostile(value: Any, field: str = "") -> Any:
    """The same record with hostile words in every plain text it has."""
    if isinstance(value, Record):
        fields = {name: hostile(getattr(value, name), name) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(hostile(one, field) for one in value)
    plain = type(value) is str and field not in KEPT
    return HOSTILE if plain else value


@pytest.mark.parametrize("path", PAGES)
def test_no_plain_text_becomes_markup(path: str) -> None:
    made = html(hostile(changed(PAGES[path], **({"body": Html("")} if hasattr(PAGES[path], "body") else {}))))
    read = Reader(made)
    assert "{{ 7*7 }}" in made
    assert "<img src=x" not in made
    assert read.values("onerror") == []
    assert read.problems == []


def test_hostile_words_stay_words_in_atom_and_json() -> None:
    entry = changed(
        sample_views.feed().entries[0], title=HOSTILE + "\x00\x08\x1b\ufffe\ud800]]>", content="<p>\x0b&</p>"
    )
    feed = sample_views.feed(entries=(entry,), title=HOSTILE)
    root = ET.fromstring(ENGINE.page(feed))
    atom = "{http://www.w3.org/2005/Atom}"
    assert root.findtext(f"{atom}title") == HOSTILE
    assert root.findtext(f"{atom}entry/{atom}title") == HOSTILE + "?]]>"
    assert root.findtext(f"{atom}entry/{atom}content") == "<p>&</p>"
    assert json.loads(ENGINE.page(changed(feed, template="")))["title"] == HOSTILE


def test_json_feed_says_what_atom_says() -> None:
    feed = sample_views.feed()
    made = json.loads(ENGINE.page(changed(feed, template="")))
    atom = ET.fromstring(ENGINE.page(feed))
    name = "{http://www.w3.org/2005/Atom}"
    assert made["version"].endswith("/1.1")
    assert [item["id"] for item in made["items"]] == [
        e.findtext(f"{name}id") for e in atom.findall(f"{name}entry")
    ]
    assert made["items"][0]["content_html"] == atom.findtext(f"{name}entry/{name}content")
    assert "external_url" in made["items"][0]
    assert "external_url" not in made["items"][1]


def test_control_characters_never_reach_a_page() -> None:
    text = html(sample_views.bare("/x/", "a\x00b\x07c\x7f"))
    assert "<h1>abc</h1>" in text


# Features of single pages


def test_a_note_says_when_there_is_nothing_yet() -> None:
    queued = sample_views.edge_notes()["/2025/01/long/"]
    assert "Not read yet" in html(queued)
    assert "Abstract" in html(queued)
    assert "Nothing written yet" in html(sample_views.bare("/x/", "T"))


def test_a_long_list_of_authors_is_folded_after_eight() -> None:
    many = tuple(Anchor(f"Author {n}", "") for n in range(1, 41))
    text = html(sample_views.note(authors=many))
    assert "Author 8<details><summary>and 32 more</summary>" in text
    assert "<details><summary>and" not in html(sample_views.note(authors=many[:9]))


def test_contents_are_listed_from_four_headings_on() -> None:
    note = sample_views.note()
    assert 'class="toc"' in html(note)
    assert 'class="toc"' not in html(changed(note, contents=note.contents[:3]))


def test_language_and_direction_stand_on_what_the_author_wrote() -> None:
    text = html(sample_views.edge_notes()["/2025/01/rtl/"])
    assert '<article class="prose" lang="ar" dir="rtl">' in text
    assert '<h1 lang="ar" dir="rtl">' in text
    assert '<html lang="en" data-root="../../../">' in text


def test_a_right_to_left_site_says_so_at_the_root() -> None:
    page = sample_views.queue()
    assert '<html lang="fa" dir="rtl"' in html(changed(page, site=changed(page.site, lang="fa", dir="rtl")))


def test_the_navigation_names_the_current_page_and_section() -> None:
    assert 'aria-current="page">Tags' in html(sample_views.tags())
    assert 'aria-current="true">Tags' in html(sample_views.tag_page())
    assert 'aria-current="page">paper notes' in html(sample_views.home())


def test_the_page_for_lost_readers_has_a_base_and_no_skip_link() -> None:
    page = sample_views.missing()
    text = html(changed(page, site=changed(page.site, base="/notes/")))
    assert '<base href="/notes/">' in text
    assert 'href="#main"' not in text
    assert "<base" not in html(sample_views.note())


def test_a_redirect_is_small_and_leads_on() -> None:
    text = html(sample_views.redirect())
    assert 'content="0; url=../../2025/01/lora/index.html"' in text
    assert len(text) < 1000


# Overrides


def test_an_override_can_extend_the_page_it_replaces() -> None:
    mine = (
        '{% extends "theme/pages/note.html" %}{% block note_related %}<p>mine</p>{{ super() }}{% endblock %}'
    )
    text = html(sample_views.note(), overridden(pages__note=mine))
    assert "<p>mine</p>\n<section" in text or "<p>mine</p><section" in text
    assert text.count("<h1>") == 1


def test_an_override_of_the_base_reaches_the_themes_own_pages() -> None:
    mine = '{% extends "theme/base.html" %}{% block after_main %}<p>under every page</p>{% endblock %}'
    by = overridden(base=mine)
    assert all("under every page" in html(view, by) for view in (sample_views.note(), sample_views.home()))


def test_a_partial_can_wrap_the_original() -> None:
    mine = '{% include "theme/partials/row.html" %}<!-- wrapped {{ row.href }} -->'
    text = html(sample_views.home(), overridden(partials__row=mine))
    assert text.count("<!-- wrapped") == len(sample_views.home().latest) + len(sample_views.home().reading)
    assert "LoRA: Low-Rank Adaptation" in text


@pytest.mark.parametrize("name", sorted(n for n in THEME.theme if n.startswith("hooks/")))
def test_a_hook_prints_where_it_hangs(name: str) -> None:
    by = engine(changed(THEME, overrides={name: "<b>hooked</b>"}))
    assert "<b>hooked</b>" in html(sample_views.note(), by) + html(sample_views.home(), by)
    assert THEME.theme[name] == ""


def test_a_page_of_a_new_kind_is_only_a_file() -> None:
    by = overridden(
        pages__poster='{% extends "base.html" %}{% block main %}<h1>{{ page.title }}</h1>{% endblock %}'
    )
    assert "<h1>LoRA: Low-Rank" in html(sample_views.note(template="pages/poster.html"), by)


def test_a_closure_changes_with_what_a_page_can_reach_and_nothing_else() -> None:
    by = overridden(partials__row="{# mine #}")
    assert by.closure("pages/home.html") != ENGINE.closure("pages/home.html")
    assert by.closure("pages/note.html") == ENGINE.closure("pages/note.html")
    assert engine(THEME).closure("pages/home.html") == ENGINE.closure("pages/home.html")
    hooked = engine(changed(THEME, overrides={"hooks/head_end.html": "x"}))
    assert hooked.closure("pages/note.html") != ENGINE.closure("pages/note.html")


def test_a_computed_name_reaches_everything() -> None:
    by = overridden(pages__note="{% include page.template %}")
    more = engine(changed(by.templates, overrides={**by.templates.overrides, "partials/new.html": "x"}))
    assert by.closure("pages/note.html") != more.closure("pages/note.html")


def test_an_override_for_another_version_is_told() -> None:
    old = {
        "partials/row.html": "{# vault:row v0 - needs: row #}",
        "partials/nav.html": "{# vault:row v9 #}",
        "base.html": "x",
    }
    found = stale(changed(THEME, overrides=old))
    assert [(p.code, p.path, p.line) for p in found] == [("template-stale", "templates/partials/nav.html", 1)]
    assert "version 9" in found[0].message


# Mistakes


def failure(by: Engine, view: Page | None = None) -> VaultError:
    with pytest.raises(VaultError) as raised:
        by.page(view or sample_views.note())
    return raised.value


def test_an_unknown_field_is_told_with_file_line_and_the_likely_one() -> None:
    error = failure(overridden(pages__note="<p>\n\n{{ page.tilte }}"))
    assert error.message == "templates/pages/note.html:3: NotePage has no field 'tilte'"
    assert error.hint == "Did you mean 'title'?"


def test_an_unknown_name_is_told() -> None:
    error = failure(overridden(partials__nav="\n{{ pages }}"))
    assert error.message == "templates/partials/nav.html:2: 'pages' is undefined"
    assert "Mend that line" in error.hint


def test_a_syntax_error_is_told() -> None:
    error = failure(overridden(partials__nav="a\nb\n{% if %}"))
    assert error.message.startswith("templates/partials/nav.html:3: ")


def test_a_missing_template_is_told_where_it_is_asked_for() -> None:
    error = failure(overridden(partials__nav='\n{% include "partials/menu.html" %}'))
    assert error.message == "templates/partials/nav.html:2: there is no template 'partials/menu.html'"
    assert (
        failure(ENGINE, sample_views.note(template="pages/none.html")).message
        == "there is no template 'pages/none.html'"
    )


def test_a_template_that_includes_itself_is_told() -> None:
    error = failure(overridden(partials__nav='{% include "partials/nav.html" %}'))
    assert error.message == "templates/partials/nav.html:1: templates include one another without end"
    assert "theme/" in error.hint


def test_a_wrong_sum_is_told_and_a_missing_asset_too() -> None:
    assert (
        failure(overridden(partials__nav="{{ 1 / 0 }}")).message
        == "templates/partials/nav.html:1: division by zero"
    )
    assert "assets/x.svg" in failure(overridden(partials__nav='{{ asset("x.svg") }}')).message


def test_templates_have_no_chance_and_no_clock() -> None:
    assert "random" in failure(overridden(partials__nav="{{ [1, 2]|random }}")).message
    assert "lipsum" in failure(overridden(partials__nav="{{ lipsum() }}")).message


def test_the_theme_takes_nothing_but_attributes_that_are_there() -> None:
    by = engine(THEME)
    for view in PAGES.values():
        by.page(view)
    assert by.exacting == set()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ page.title_of_old is defined }}", "False"),
        ("{{ page.title_of_old|default('none') }}", "none"),
        ("{% set sizes = {'small': 1} %}{{ sizes.small }}", "1"),
        ("{% if page.dir is defined and not page.dir %}it runs as the site does{% endif %}", "as the site"),
        ("{% for n in 'ab' %}{{ loop.last }}{{ loop.index }} {% endfor %}", "False1 True2"),
        ("{{ '<' ~ page.nothing_of_the_kind|default('&') }}", "&lt;&amp;"),
        ("{% block a %}x{% endblock %}{{ self.a() }}", "xx"),
    ],
)
def test_what_is_not_there_is_asked_for_as_in_jinja(text: str, shown: str) -> None:
    by = overridden(partials__nav=text)
    pages = [html(sample_views.note(), by) for _ in range(2)]
    assert shown in pages[0]
    assert pages[0] == pages[1]


def test_an_include_sees_the_names_around_it() -> None:
    by = overridden(
        partials__nav="{% set a = 1 %}{% for b in (2, 3) %}{% include 'partials/inner.html' %}{% endfor %}",
        partials__inner="{{ a }}{{ b }}{{ page.url }}{% set a = 9 %};",
    )
    url = sample_views.note().url
    assert f"12{url};13{url};" in html(sample_views.note(), by)


# The contract

BASE = "html_attrs policy head_base title description styles head_feeds head_social head_meta head_jsonld head_extra scripts scripts_extra body_attrs skip header nav before_main main after_main footer"
OWN = {
    "note": "note_header note_tldr note_body note_entries note_refs note_others note_backlinks note_citations note_related note_series note_provenance note_prevnext",
    "paper": "paper_header paper_notes paper_abstract paper_backlinks paper_citations paper_bibtex",
    "papers": "papers_intro papers_table",
    "tags": "tags_intro tags_tree tags_side",
    "tag": "tag_header tag_notes tag_side",
    "archive": "archive_years archive_undated",
    "year": "year_notes year_side",
    "month": "month_best month_days month_side",
    "queue": "queue_header queue_groups",
    "home": "home_header home_notes home_side",
    "author": "author_header author_notes author_papers author_side",
    "authors": "authors_intro authors_list authors_side",
    "graph": "graph_intro graph_map graph_hubs graph_clusters graph_bridges graph_orphans",
    "about": "about_body about_states about_colophon about_side",
    "digests": "digests_years digests_side",
    "digest": "digest_header digest_intro digest_best digest_notes digest_side",
    "stats": "stats_header stats_calendar stats_charts",
    "keys": "keys_switches keys_groups",
    "404": "",
}


@pytest.mark.parametrize("page", OWN)
def test_the_blocks_of_a_page_are_frozen(page: str) -> None:
    own = ENGINE.environment.get_template(f"pages/{page}.html").blocks
    base = ENGINE.environment.get_template("base.html").blocks
    assert set(base) == set(BASE.split())
    assert set(own) - set(base) == set(OWN[page].split())


@pytest.mark.parametrize("name", [name for name in THEME.theme if not name.startswith("hooks/")])
def test_a_template_names_its_contract_and_a_partial_has_no_block(name: str) -> None:
    text = THEME.theme[name]
    stem = Path(name).stem
    assert re.match(rf"\{{# vault:{stem} v\d+ - needs: [^\n]+ #\}}\n", text)
    assert "{% block" not in text or not name.startswith("partials/")


def test_every_page_kind_has_a_sample() -> None:
    used = {view.template for view in PAGES.values()}
    assert {name for name in THEME.theme if name.startswith("pages/")} == used


# Assets


def test_equal_files_have_equal_names_and_a_changed_one_another() -> None:
    names, files = assets(THEME, Settings())
    again, _ = assets(sample_views.theme(), Settings())
    other, _ = assets(THEME, Settings(tokens=(("c-link", "#0645ad"),)))
    assert names == again
    assert re.fullmatch(r"/assets/vault\.[0-9a-f]{8}\.css", names.css)
    fonts = {path for path in files if path.startswith("assets/fonts/")}
    assert {names.css[1:], names.script[1:], *fonts} <= set(files)
    assert (other.css != names.css, other.script == names.script) == (True, True)


def css(settings: Settings, **user: bytes) -> str:
    names, files = assets(changed(THEME, user_assets=user), settings)
    return files[names.css[1:]].decode()


def test_tokens_and_paper_go_into_their_layers() -> None:
    made = css(Settings(tokens=(("--c-link", "#0645ad"), ("w-text", "40rem")), paper="Letter"))
    assert made.endswith(
        "@layer tokens{:root{--c-link:#0645ad;--w-text:40rem}}@layer print{@page{size:Letter}}"
    )
    assert css(Settings()).count("@layer tokens{") == 1


@pytest.mark.parametrize(
    ("name", "value"), [("c-link", "red}*{color:red"), ("c link", "red"), ("c-link", " "), ("q", "1;2")]
)
def test_a_token_cannot_end_its_rule(name: str, value: str) -> None:
    with pytest.raises(VaultError, match=r"vault\.toml"):
        assets(THEME, Settings(tokens=((name, value),)))


def test_the_vaults_own_files_win_follow_and_link() -> None:
    user = {
        "assets/user.css": b'@font-face{src:url("fonts/a.woff2")} p{background:url(https://x.example/y.png)}',
        "assets/fonts/a.woff2": b"font",
        "assets/vault.js": b"mine()",
        "assets/logo.svg": b"<svg/>",
    }
    templates = changed(
        THEME,
        user_assets=user,
        overrides={"partials/nav.html": '<img src="{{ site.root }}{{ asset("logo.svg") }}" alt="">'},
    )
    names, files = assets(templates, Settings())
    font = next(path for path in files if path.endswith(".woff2"))
    own = files[names.user_css[1:]].decode()
    assert files[names.script[1:]] == b"mine()"
    assert f"url({font.removeprefix('assets/')})" in own
    assert "url(https://x.example/y.png)" in own
    assert own.startswith("@layer user{")
    logo = next(path for path in files if path.endswith(".svg"))
    assert f'<img src="../../../{logo}"' in html(sample_views.note(), engine(templates))


def test_minifying_keeps_strings_addresses_and_needed_space() -> None:
    source = '/* a "comment\' */ a :is(b, c) > d { content: "a  { ; } b" / ""; width: calc(1px + 2px) ; }\n@media (min-width: 1rem) and (x) { a { background: url(data:x;y  z) } }'
    made = minified(source)
    assert made.startswith('a :is(b,c)>d{content:"a  { ; } b" / "";width:calc(1px + 2px)}')
    assert "url(data:x;y  z)" in made
    assert "and (x){" in made


@given(st.text(alphabet="a b{};,:(url)\n", max_size=60))
def test_minifying_drops_white_space_and_last_semicolons_only(text: str) -> None:
    once = minified(text)
    assert re.sub(r"[\s;]", "", once) == re.sub(r"[\s;]", "", text)
    assert minified(once) == once


@given(st.text(alphabet="a {}\"'/*\\u(rl)\n", max_size=60))
def test_minifying_what_is_no_stylesheet_loses_no_word_outside_comments(text: str) -> None:
    made = minified(text)
    assert len(made) <= len(text)
    assert "/*" in text or made.count("a") == text.count("a")


def test_minifying_leaves_out_what_the_font_says_already() -> None:
    none = "font-size-adjust: none"
    assert minified(f"a {{ font: 1rem x; {none}; color: red }}") == "a{font:1rem x;color:red}"
    assert minified(f"a {{ font: inherit; {none} }}") == "a{font:inherit;font-size-adjust:none}"
    assert minified(f"a {{ --font: x; {none} }}") == "a{--font:x;font-size-adjust:none}"


# Budgets and tokens


def zipped(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def test_stylesheet_and_script_keep_their_budgets() -> None:
    names, files = assets(THEME, Settings())
    assert zipped(files[names.css[1:]]) <= 8 * 1024
    assert len(files[names.css[1:]]) <= 40 * 1024
    assert zipped(files[names.script[1:]]) <= 6 * 1024


def test_the_math_font_is_linked_by_its_fingerprint_and_goes_with_its_licence() -> None:
    names, files = assets(THEME, Settings())
    (font,) = re.findall(r"url\((.*?)\)", files[names.css[1:]].decode())
    assert files["assets/" + font].startswith(b"wOF2")
    assert len(files["assets/" + font]) <= 200_000
    licences = [data for path, data in files.items() if path.endswith(".txt")]
    assert any(b"SIL OPEN FONT LICENSE" in data for data in licences)


def test_pages_keep_their_budgets() -> None:
    assert zipped(html(sample_views.note()).encode()) <= 30 * 1024
    assert len(html(sample_views.bare("/x/", "T"))) <= 4 * 1024
    inline = re.search(r"<script>(.*?)</script>", html(sample_views.bare("/x/", "T")))
    assert inline is not None
    assert len(inline[1]) <= 300


def token_blocks() -> Iterator[dict[str, str]]:
    """The tokens of the stylesheet in their three writings: light, dark, both in one."""
    text = (sample_views.ROOT / "assets/vault.css").read_text("utf-8")
    layer = text[text.index("@layer tokens {") : text.index("@layer base {")]
    for block in re.findall(r":root \{(.*?)\}", layer, re.DOTALL):
        yield dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", block))


def test_the_theme_lists_its_tokens_as_they_are() -> None:
    light, dark, both, rest = token_blocks()
    said = tomllib.loads((sample_views.ROOT / "theme.toml").read_text("utf-8"))["tokens"]
    assert both == {name: f"light-dark({light[name]}, {dark[name]})" for name in light}
    assert said == {name: value.replace('"', "'") for name, value in {**both, **rest}.items()}


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_can_be_read_on_every_ground(scheme: int) -> None:
    tokens = list(token_blocks())[scheme]
    words = [
        name
        for name in tokens
        if name[:2] in ("c-", "k-")
        and name not in ("c-bg", "c-surface", "c-surface-2", "c-border", "c-border-strong", "c-mark")
    ]
    for ground in ("c-bg", "c-surface"):
        low = {name: round(contrast(tokens[name], tokens[ground]), 2) for name in words}
        assert {name: ratio for name, ratio in low.items() if ratio < 4.5} == {}
    assert contrast(tokens["c-text"], tokens["c-mark"]) >= 4.5
    assert contrast(tokens["c-border-strong"], tokens["c-bg"]) >= 3
    assert contrast(tokens["l-3"], tokens["c-bg"]) >= 3


# Policy and script


def rules(templates: Templates) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in policy(templates).split("; "))


def test_the_policy_of_a_page_names_its_own_inline_scripts() -> None:
    page = html(sample_views.bare("/x/", "T"))
    inline = re.findall(r"<script(?: type=\"speculationrules\")?>(.*?)</script>", page)
    hashes = {
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'" for code in inline
    }
    assert len(hashes) == 2
    assert set(rules(THEME)["script-src"].split()) == {"'self'", *hashes}
    assert f'content="{policy(THEME)}"' in page
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_a_site_of_files_may_load_its_own_files() -> None:
    view = sample_views.bare("/x/", "T")
    page = html(changed(view, site=changed(view.site, links="file")))
    assert "script-src 'self' file: 'sha256-" in page


@pytest.mark.parametrize("hook", ["<script>go({{ 1 }})</script>", '<p onclick="go()">x</p>'])
def test_what_has_no_known_hash_lets_all_inline_scripts_run(hook: str) -> None:
    own = rules(changed(THEME, overrides={"hooks/head_end.html": hook}))
    assert own["script-src"] == "'self' 'unsafe-inline'"


def test_the_script_loses_what_no_browser_reads() -> None:
    source = b"/* About\n   it. */\n(() => {\n  go(`a`);  /* stays */\n\n  const x = 1;\n})();\n"
    assert squeezed(source) == b"(() => {\ngo(`a`);  /* stays */\nconst x = 1;\n})();\n"
    several = b"  x = `a\n  b`;\n"
    assert squeezed(several) == several
