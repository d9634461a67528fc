"""The site's own words: the catalogues are whole, and nothing is said past them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from lxml import etree, html

from tests import catalogue
from tests.kinds import kinds, pages
from tests.vaults import built, clean_tree, make, tree, write
from vault import tongue
from vault.records import VaultError
from vault.render.assets import SPEAKERS
from vault.tongue import ENGLISH, in_script, in_template

PO = sorted(catalogue.WORDS.glob("*.po"))
FIELD = re.compile(r"\{\w+\}")
HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def german() -> tongue.Tongue:
    return tongue.of((("theme/words/de.po", (catalogue.WORDS / "de.po").read_text("utf-8")),))


# The catalogues


@pytest.mark.parametrize("path", PO, ids=lambda path: path.stem)
def test_a_catalogue_has_every_entry_there_is_and_no_other(path: Path, tmp_path: Path) -> None:
    wanted, found = catalogue.messages(catalogue.extracted()), catalogue.messages(catalogue.read(path))
    assert sorted(map(str, wanted.keys() ^ found.keys())) == [], "make words"
    again = tmp_path / path.name
    catalogue.write(again, catalogue.renewed(path.stem, catalogue.read(path)))
    assert again.read_text("utf-8") == path.read_text("utf-8"), "make words"


@pytest.mark.parametrize("path", PO, ids=lambda path: path.stem)
def test_a_catalogue_is_whole(path: Path) -> None:
    for key, entry in catalogue.messages(catalogue.read(path)).items():
        assert catalogue.whole(entry), key
        assert not entry.fuzzy, key
        texts = [entry.id] if isinstance(entry.id, str) else entry.id
        forms = [entry.string] if isinstance(entry.string, str) else entry.string
        fields = {field for text in texts for field in FIELD.findall(text)}
        for form in forms:
            assert set(FIELD.findall(form)) <= fields, key
        assert set(FIELD.findall(forms[-1])) == fields, key
        assert form_of_tags(forms[-1]) == form_of_tags(texts[-1]), key


def form_of_tags(text: str) -> list[str]:
    return re.findall(r"</?\w+>", text)


@pytest.mark.parametrize("path", PO, ids=lambda path: path.stem)
def test_a_catalogue_is_read_as_gettext_reads_it(path: Path) -> None:
    spoken = tongue.of(((f"theme/words/{path.name}", path.read_text("utf-8")),))
    known = catalogue.messages(catalogue.read(path))
    assert len(spoken.messages) == len(known)
    for (context, text), entry in known.items():
        one = text if isinstance(text, str) else text[0]
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        assert spoken.messages[f"{context}\x04{one}" if context else one] == forms


# A site in brackets: what stands outside of them was said past the catalogue


def bracketed() -> str:
    """A catalogue that puts every text into brackets."""
    made = Catalog(locale="en", fuzzy=False)
    for context, text in catalogue.messages(catalogue.extracted()):
        said = f"⟦{text}⟧" if isinstance(text, str) else tuple(f"⟦{form}⟧" for form in text)
        if context not in ("thousands separator", "decimal point", "tag of this language"):
            made.add(text, said, context=context)
    lines = [HEAD]
    for entry in made:
        if entry.id:
            lines.append(f"msgctxt {quoted(entry.context)}\n" if entry.context else "")
            lines += written(entry.id, entry.string)
    return "".join(lines)


def written(text: Any, said: Any) -> Iterator[str]:
    if isinstance(text, str):
        yield f"msgid {quoted(text)}\nmsgstr {quoted(said)}\n\n"
        return
    yield f"msgid {quoted(text[0])}\nmsgid_plural {quoted(text[1])}\n"
    yield from (f"msgstr[{at}] {quoted(form)}\n" for at, form in enumerate(said))
    yield "\n"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def loud() -> dict[str, str]:
    """A vault that has every kind of page, and whose own words are all in capitals."""
    head = "arxiv: {id}\nauthors: [ADA HU, BO DAO, CY GU, DI RE]\nyear: {year}\nvenue: ICML\ntags: [RL/DEEP, BIG]\n"
    many = {
        f"notes/many/{number:03}.md": (
            f"---\ntitle: N{number}\n{head.format(id=f'2101.{number:05}', year=2000 + number % 20)}"
            f"date: {2020 + number % 4}-0{1 + number % 9}-1{number % 10}\nstatus: read\nrating: {1 + number % 5}\n"
            f"summary: S{number}.\n---\nT, SEE [[N{number + 1}]] AND ARXIV:2201.{number % 40:05}.\n\n## H\n\nU.\n"
        )
        for number in range(1, 211)
    }
    undated = {f"notes/u/{n}.md": f"---\ntitle: U{n}\ntags: [BIG]\n---\nV.\n" for n in range(105)}
    body = (
        "> [!tip]\n> X\n\n> [!warning]- \n> Y\n\n- [ ] A\n- [x] B\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n"
        "| A | B |\n|---|---|\n| 1 | 2 |\n\n$$\nX\n$$\n\nF[^1] AND[^1] [[NOWHERE]] ![](NO.PNG) @N0 [@HU2021, P. 3] [@NO2021]\n\n"
        "[^1]: G.\n\n## ONE\n\n## TWO\n\n## THREE\n\n## FOUR\n\n```query\ntag:BIG\n```\n\n```query\ntag:NONE\n```\n\n"
        "```query\nyear:x\n```\n\n![[N1]]\n"
    )
    return {
        "vault.toml": 'title = "LOUD"\nlang = "qaa"\nauthor = "ME"\nlicence = "CC"\n[site]\nurl = "https://example.org/n/"\n'
        'edit_url = "https://example.org/edit/{path}"\n[authors]\nfeeds = true\n',
        **many,
        **undated,
        "notes/all.md": (
            "---\ntitle: ALL\narxiv: 2101.00001v1\ndate: 2025-02-27\nadded: 2025-01-03\nread: 2025-02-28\nstarted: 2025-02-01\n"
            "updated: 2025-03-01\nstatus: reading\nrating: 4.5\nseries: SER\nvia: BOB\nwhy: WHY\ncode: https://example.org/c\n"
            f"slides: https://example.org/s\ndraft: false\ntags: [BIG]\n---\n{body}"
        ),
        "notes/part.md": "---\ntitle: PART\nseries: SER\ndate: 2025-02-26\nstatus: skimmed\n---\nP [[ALL]] ![[ALL#ONE]].\n",
        "notes/empty.md": "---\ntitle: EMPTY\narxiv: 2301.00001\nstatus: to-read\npriority: 1\nadded: 2024-01-01\nwhy: YES\n---\n",
        "notes/gone.md": "---\ntitle: GONE\ndate: 2025-03-01\nstatus: dropped\ntags: [LONE]\n---\nZ.\n",
        "notes/broken.md": "---\ntitle: [UNCLOSED\n---\nB.\n",
        "notes/log.md": "# LOG 2024\n\n### 2024-02-03\n\n[M](https://arxiv.org/abs/2312.00752)\n\n- A\n",
        "notes/list.md": "# READING LIST\n\n- [ ] [L](https://arxiv.org/abs/2305.13048)\n- [x] [K](https://arxiv.org/abs/2305.13049)\n",
        "library.bib": "@article{hu2021, title={LIB}, author={HU, A and BA, C and DA, E and FA, G}, year={2021}, journal={J}}\n",
        "about.md": "---\ntitle: ABOUT\n---\nIT.\n",
        "digest/2023-04.md": "---\ntitle: APRIL 2023\n---\nD.\n",
        "tags/LONE.md": "T.\n",
    }


NAMES = (
    "BibTeX|arXiv|DOI|OpenReview|JSON Feed|JSON|CSV|PDF|Atom|Semantic Scholar|ORCID|vault|example.org|https?"
    "|index.json|papers.json|llms.txt|feeds.opml|et al"
)
"""Names that are the same in every language."""
OWN = re.compile(rf"\b(?:{NAMES})\b")
ENGLISH_TEXT = re.compile(r"[a-z]{2,}|[A-Z][a-z]+")


def unsaid(text: str) -> list[str]:
    """What of a text is not in brackets, and neither a name nor the vault's own."""
    text = " ".join(unescape(text).split())
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = shorter
    return [part for part in OWN.sub("", text).split("|") if ENGLISH_TEXT.search(part)]


def texts_of(page: Path) -> Iterator[str]:
    """Everything that a reader of the page may see or hear; its text is one, since a text in brackets may
    have elements inside."""
    top = html.fromstring(page.read_bytes())
    for script in top.iter("script"):
        if script.get("type") == "application/ld+json":
            yield from named(json.loads(script.text))
    yield shown(top)
    for element in top.iter():
        yield from (element.get(name, "") for name in ("aria-label", "title", "alt", "data-told"))
    yield from top.xpath('//meta[@name="description" or @property="og:title"]/@content')


def shown(top: Any) -> str:
    """The text, but for code and what is told to the author."""
    for element in top.xpath('//*[@lang="en"] | //code | //math | //style | //pre | //script'):
        element.drop_tree()
    return "|".join(top.itertext())


def named(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (
            value[key] for key in ("name", "headline", "description") if isinstance(value.get(key), str)
        )
        for member in value.values():
            yield from named(member)
    elif isinstance(value, list):
        for member in value:
            yield from named(member)


def feed_texts(path: Path) -> Iterator[str]:
    for element in etree.parse(path).iter():
        text = element.text or ""
        if element.tag.endswith(("}title", "}subtitle", "}summary")):
            yield text
        if element.tag.endswith("}content") and text.strip():
            yield shown(html.fromstring(f"<div>{text}</div>"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("loud"), {**loud(), "templates/words/qaa.po": bracketed()})
    built(root)
    return root / "site"


def test_every_kind_of_page_says_its_words_through_the_catalogue(site: Path) -> None:
    wrong: dict[str, str] = {}
    looked = {*kinds(site).values(), *(path for path, _ in pages(site) if path.split("/")[-2:-1] in SPECIAL)}
    for path in (*sorted(looked), "archive/undated/page/2/index.html", "tags/big/page/2/index.html"):
        for text in texts_of(site / path):
            for said in unsaid(text):
                wrong.setdefault(said, path)
    assert wrong == {}
    wanted = "home note papers tags archive graph queue search stats about keys authors digest year month queue/mentions"
    assert set(wanted.split()) <= {part for kind in kinds(site) for part in (kind, kind.split(": ")[-1])}
    assert "404.html" in kinds(site)


def test_feeds_and_cards_say_their_words_through_the_catalogue(site: Path) -> None:
    feeds = [*site.rglob("feed.xml")]
    assert len(feeds) > 3
    wrong = {said for path in feeds for text in feed_texts(path) for said in unsaid(text)}
    for path in site.glob("data/cards/*.js"):
        for line in re.findall(r'"[^"]*":(\[.*\]),?$', path.read_text("utf-8"), re.MULTILINE):
            wrong |= {said for text in json.loads(line)[:4] for said in unsaid(text)}
    assert wrong == set()


def test_scripts_and_styles_say_their_words_through_the_catalogue(site: Path) -> None:
    plain = re.compile(r'"(?:[A-Z][a-z]+(?: [a-z]+)*|[a-z]+(?: [a-z]+)+)[.:?]?"')
    for name in SPEAKERS:
        stem, _, end = name.rpartition(".")
        (path,) = site.glob(f"assets/{stem}.*.{end}")
        code = path.read_text("utf-8")
        assert "⟦" in code
        assert re.findall(r'(?<![\w.])(?:_|pgettext)\("', code) == []
        assert re.findall(r'ngettext\("(?!⟦)', code) == []
        assert re.findall(r'content: ?"[^"⟦]*[A-Za-z]{2}', code) == []
        found = {text.strip('"') for text in plain.findall(code)} if end == "js" else set()
        assert {text for text in found if text not in KEYS | MARKUP} == set()


SPECIAL = [["all"], ["part"], ["empty"], ["gone"], ["broken"], ["log"], ["list"], ["m"], ["l"], ["210"]]
KEYS = {"Escape", "Enter", "ArrowDown", "ArrowUp", "Tab"}
MARKUP = {"use strict", "thead th", "main section", "Switch", "ui told", "more ui"}


# German


def test_a_vault_in_german_is_german(tmp_path: Path) -> None:
    make(tmp_path)
    write(tmp_path, "vault.toml", 'title = "Klein"\nlang = "de-AT"\n[site]\nurl = "https://example.org/n/"\n')
    built(tmp_path)
    note = (tmp_path / "site/2025/01/lora/index.html").read_text("utf-8")
    assert '<html lang="de-AT" data-root' in note
    assert '<time datetime="2025-01-29">29. Januar 2025</time>' in note
    assert "4 von 5" in note and ">Verlinkt von<" in note
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert ">29. Jan.</time>" in home and ">Lesestapel</a>" in home and "Zum Inhalt springen" in home
    assert 'aria-current="page">Schlagwörter</a>' in (tmp_path / "site/tags/index.html").read_text("utf-8")
    feed = json.loads((tmp_path / "site/digest/feed.json").read_text("utf-8"))
    assert feed["title"] == "Rückblick · Klein"
    assert (tmp_path / "site/data/cards/2025.js").read_text("utf-8").count("Wertung 4 von 5") == 1


def test_addresses_ids_and_data_are_those_of_every_language(tmp_path: Path) -> None:
    """What programs read says the same, whatever the site speaks."""
    made = {}
    for lang in ("en", "de"):
        root = make(tmp_path / lang)
        write(root, "vault.toml", f'title = "S"\nlang = "{lang}"\n[site]\nurl = "https://example.org/n/"\n')
        built(root)
        made[lang] = tree(root / "site")
    plain = {lang: {p for p in files if not p.startswith("assets/")} for lang, files in made.items()}
    assert plain["en"] == plain["de"]
    for name in ("papers.json", "papers.csv", "papers.bib", "llms.txt", "sitemap.xml", "data/search.js"):
        assert made["en"][name] == made["de"][name], name
    ids = re.compile(rb'\b(?:id|class|data-s|data-status|data-tags|name|value)="[^"]*"')
    for path in plain["en"]:
        if path.endswith(".html"):
            assert ids.findall(made["en"][path]) == ids.findall(made["de"][path]), path
    one, other = (json.loads(made[lang]["index.json"]) for lang in ("en", "de"))
    assert {**one, "language": ""} == {**other, "language": ""}


def test_a_language_without_a_catalogue_has_english_words_that_say_so(tmp_path: Path) -> None:
    make(tmp_path)
    write(tmp_path, "vault.toml", 'title = "Petit"\nlang = "fr"\n')
    built(tmp_path)
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert '<html lang="fr" data-root' in home and '<nav aria-label="Main" lang="en">' in home
    assert '<a class="skip" href="#main" lang="en">Skip to content</a>' in home


def test_a_vault_may_say_things_its_own_way(tmp_path: Path) -> None:
    """In English too, and with no more than the words it wants otherwise."""
    make(tmp_path)
    write(tmp_path, "templates/words/en.po", 'msgid "Queue"\nmsgstr "Pile"\n')
    built(tmp_path)
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert ">Pile</a>" in home and ">Papers</a>" in home
    write(tmp_path, "vault.toml", 'title = "Klein"\nlang = "de"\n')
    write(tmp_path, "templates/words/de.po", 'msgid "Queue"\nmsgstr "Haufen"\n')
    built(tmp_path)
    home = (tmp_path / "site/index.html").read_text("utf-8")
    assert ">Haufen</a>" in home and ">Arbeiten</a>" in home


def test_another_language_makes_everything_anew(tmp_path: Path) -> None:
    root = make(tmp_path / "vault")
    for at, lang in enumerate(("en", "de", "fr", "de", "en")):
        write(root, "vault.toml", f'title = "S"\nlang = "{lang}"\n')
        built(root)
        assert tree(root / "site") == clean_tree(root, tmp_path / f"clean{at}"), lang
    write(
        root,
        "templates/words/en.po",
        'msgid "{n} note"\nmsgid_plural "{n} notes"\nmsgstr[0] "{n} slip"\nmsgstr[1] "{n} slips"\n',
    )
    built(root)
    assert b" slips<" in (root / "site/archive/index.html").read_bytes()
    assert tree(root / "site") == clean_tree(root, tmp_path / "own")


def test_english_reads_no_catalogue() -> None:
    code = "import sys, vault.build, vault.render, vault.compose; sys.exit('vault.tongue.po' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert tongue.of(()) is ENGLISH


# Counting


def test_counts_follow_the_rule_of_the_language() -> None:
    polish = (
        'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
        'msgid "{n} note"\nmsgid_plural "{n} notes"\nmsgstr[0] "{n} notatka"\nmsgstr[1] "{n} notatki"\nmsgstr[2] "{n} notatek"\n'
    )
    spoken = tongue.of((("templates/words/pl.po", polish),))
    said = [spoken.count("{n} note", "{n} notes", number) for number in (1, 2, 5, 12, 22)]
    assert said == ["1 notatka", "2 notatki", "5 notatek", "12 notatek", "22 notatki"]
    assert spoken.count("{n} link", "{n} links", 5) == "5 links", "an English text counts as English does"
    code = in_script(spoken, b'const plural = n => +(n != 1); ngettext("{n} note", "{n} notes", x)').decode()
    assert "n%10>=2" in code and '"{n} notatka", "{n} notatki", "{n} notatek",' in code


def test_german_counts_and_numbers() -> None:
    de = german()
    assert [de.count("{n} note", "{n} notes", n) for n in (0, 1, 2, 1204)] == [
        "0 Notizen",
        "1 Notiz",
        "2 Notizen",
        "1.204 Notizen",
    ]
    assert (de.decimal(4.5), de.decimal(4), de.decimal(1234.5)) == ("4,5", "4", "1.234,5")
    assert (ENGLISH.decimal(4.5), ENGLISH.number(1204)) == ("4.5", "1,204")


# Reading a catalogue


def test_entries_that_say_nothing_leave_the_english_text() -> None:
    text = HEAD + (
        '#, fuzzy\nmsgid "Queue"\nmsgstr "Schlange"\n\nmsgid "Tags"\nmsgstr ""\n\n#~ msgid "Keys"\n#~ msgstr "Tasten"\n\n'
        'msgctxt "a"\nmsgid "Papers"\nmsgstr "Arbeiten"\nmsgid "two "\n"lines"\nmsgstr "zwei \\"Zeilen\\"\\n"\n'
    )
    spoken = tongue.of((("theme/words/de.po", text),))
    assert [spoken.say(word) for word in ("Queue", "Tags", "Keys", "Papers")] == [
        "Queue",
        "Tags",
        "Keys",
        "Papers",
    ]
    assert spoken.say_as("a", "Papers") == "Arbeiten" and spoken.say("two lines") == 'zwei "Zeilen"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "Queue"\nmsgstr Schlange\n', "de.po:2: this line is no part of a catalogue"),
        ('"Queue"\n', "de.po:1: this line is no part of a catalogue"),
        ('msgid "{n} of {total}"\nmsgstr "{n} von {m}"\n', "de.po:1: {m} is no field of this entry"),
        ('msgid "Queue"\nmsgstr "a { b"\n', "de.po:1: a brace is no field of this entry"),
        ('msgid "Queue"\nmsgstr "{0.__class__}"\n', "de.po:1: a brace is no field of this entry"),
        ('msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__;\\n"\n', "Plural-Forms has no rule"),
    ],
)
def test_a_mistake_in_a_catalogue_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(VaultError, match=re.escape(told)):
        tongue.of((("templates/words/de.po", text),))


def test_words_are_put_into_templates_before_they_are_compiled() -> None:
    de = german()
    assert (
        in_template(de, '{{ _("Search") }} {% if x == _("Tags") %}')
        == '{{ "Suche" }} {% if x == "Schlagwörter" %}'
    )
    assert in_template(de, '{{ pgettext("verb", "Copy") }}') == '{{ "Kopieren" }}'
    with_fields = '{{ _("Within {tag}", tag=page.title) }}'
    assert in_template(de, with_fields) == with_fields
    assert in_template(ENGLISH, '{{ _("a \\"b\\"") }}') == '{{ "a \\"b\\"" }}'
    assert in_template(ENGLISH, "nothing_(here)") == "nothing_(here)"


# Notes in other languages

MIXED = {
    "vault.toml": 'title = "Klein"\nlang = "de"\n[site]\nurl = "https://example.org/n/"\n',
    "notes/ar.md": (
        "---\ntitle: خلاصة قصيرة\nlang: ar\ndate: 2025-01-20\ntags: [sprachen]\nseries: Reihe\n---\n"
        "نرى هنا ما تقوله [[Deutsch]] عن ذلك.\n\n> [!note]\n> نص\n"
    ),
    "notes/zh.md": "---\ntitle: 注意力\nlang: zh\ndate: 2025-01-19\ntags: [sprachen]\nseries: Reihe\n---\n见 [[Deutsch]]。\n",
    "notes/en.md": (
        "---\ntitle: English\nlang: en\ndate: 2025-01-18\ntags: [sprachen]\nstatus: to-read\nwhy: for the tables\n---\n"
        "As [[Deutsch]] says.\n\n> [!tip]\n> X\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    ),
    "notes/de.md": (
        "---\ntitle: Deutsch\ndate: 2025-01-17\ntags: [sprachen]\n---\nSo ist es.\n\n> [!tip]\n> X\n\n![[خلاصة قصيرة]]\n\n"
        "```query\ntag:sprachen\n```\n"
    ),
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make(tmp_path_factory.mktemp("mixed"), MIXED)
    built(root)
    return root / "site"


def spoken_as(top: Any, element: Any) -> tuple[str, str]:
    """Language and direction of an element, as a browser finds them out."""
    found = []
    for name, default in (("lang", top.get("lang")), ("dir", "ltr")):
        found.append(
            next((up.get(name) for up in [element, *element.iterancestors()] if up.get(name)), default)
        )
    return found[0], found[1]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [("خلاصة قصيرة", ("ar", "rtl")), ("注意力", ("zh", "ltr")), ("English", ("en", "ltr"))],
)
def test_a_note_is_in_its_own_language_wherever_it_is_named(
    mixed: Path, title: str, wanted: tuple[str, str]
) -> None:
    places = 0
    for path in sorted(mixed.rglob("index.html")):
        top = html.fromstring(path.read_bytes())
        for element in top.iter("a", "h1"):
            if "".join(element.itertext()).strip() == title and element.get("aria-label") is None:
                assert spoken_as(top, element) == wanted, (path.relative_to(mixed), html.tostring(element))
                places += 1
    assert places > 8


def test_the_interface_around_a_note_stays_the_site_s(mixed: Path) -> None:
    top = html.fromstring((mixed / "2025/01/ar/index.html").read_bytes())
    assert (top.get("lang"), top.get("dir")) == ("de", None)
    for text in ("Arbeiten", "Schlagwörter", "Diese Notiz", "Reihe", "Verlinkt von"):
        found = [each for each in top.iter("a", "h2") if "".join(each.itertext()).strip() == text]
        assert found and all(spoken_as(top, each) == ("de", "ltr") for each in found), text
    (article,) = top.xpath("//article")
    assert spoken_as(top, article) == ("ar", "rtl")


def test_sentences_embeds_reasons_and_claims_are_in_the_language_of_their_note(mixed: Path) -> None:
    top = html.fromstring((mixed / "2025/01/de/index.html").read_bytes())
    quotes = {
        "".join(each.itertext()).strip("„“"): spoken_as(top, each)
        for each in top.xpath('//*[@class="links plain"]/li/p[mark]')
    }
    assert (
        ("ar", "rtl") in quotes.values()
        and ("zh", "ltr") in quotes.values()
        and ("en", "ltr") in quotes.values()
    )
    (embed,) = top.xpath('//*[@class="embed"]')
    assert spoken_as(top, embed) == ("ar", "rtl")
    queue = html.fromstring((mixed / "queue/index.html").read_bytes())
    (why,) = queue.xpath('//p[contains(@class, "why")]')
    assert spoken_as(queue, why) == ("en", "ltr")


def test_words_of_a_body_are_the_site_s_but_in_english_notes(mixed: Path) -> None:
    german_note = (mixed / "2025/01/de/index.html").read_text("utf-8")
    english_note = (mixed / "2025/01/en/index.html").read_text("utf-8")
    assert "<p>Tipp</p>" in german_note and "<p>Tip</p>" in english_note
    assert 'aria-label="Table"' in english_note


def test_cards_feeds_and_the_search_know_the_language(mixed: Path) -> None:
    cards = (mixed / "data/cards/2025.js").read_text("utf-8")
    assert re.search(r'"01/ar":\[.*,"ar"\]', cards) and re.search(r'"01/de":\[[^\]]*,""\]', cards)
    feed = (mixed / "feed.xml").read_text("utf-8")
    assert '<entry xml:lang="ar">' in feed and "<entry>" in feed
    items = json.loads((mixed / "feed.json").read_text("utf-8"))["items"]
    assert [item.get("language") for item in items] == ["ar", "zh", "en", None]
    search = (mixed / "data/search.js").read_text("utf-8")
    assert re.search(r'"lang":\[[^\]]*"ar"', search)


def test_a_note_from_left_to_right_says_so_in_a_site_from_right_to_left(tmp_path: Path) -> None:
    make(tmp_path, {**MIXED, "vault.toml": 'title = "ص"\nlang = "ar"\n'})
    built(tmp_path)
    page = (tmp_path / "site/2025/01/en/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl"' in page and '<article class="prose" lang="en" dir="ltr">' in page
    assert '<article class="prose">' in (tmp_path / "site/2025/01/ar/index.html").read_text("utf-8")
