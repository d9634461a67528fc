"""What pages are made from beside the notes, and the plan of all pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from vault import disk, index, tongue
from vault.build.around import Around, Look, around, layouts, tag_texts
from vault.build.job import Job, today
from vault.records import AssetNames, Catalog, Date, Problem, Settings, Templates, Work, digest_of, encode
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.compose import Settled, SiteMap, Sources


class Given(NamedTuple):
    """What stands around the notes, the day, the templates; texts and old names of tags with what is wrong
    in them; the assets and their names; ``planned_by`` names all of it that addresses depend on."""

    beside: Around
    day: Date
    templates: Templates
    tags: tuple[dict[str, str], dict[str, str]]
    doubts: tuple[Problem, ...]
    assets: tuple[AssetNames, dict[str, bytes]]
    planned_by: str


class MadeOf(NamedTuple):
    """All that what is found out of a vault's notes is made of; ``planned_by`` as in ``Given``."""

    kept: index.Kept
    beside: Around
    settings: Settings
    memory: index.Memory
    planned_by: str


def given(job: Job, looked: Look, memory: index.Memory) -> Given:
    """All of it, remembered where reading takes long."""
    from vault import render  # noqa: PLC0415 - 0.1 s of libraries

    beside = around(job.vault, looked, memory)
    day, templates = job.options.today or today(), disk.templates(looked.inputs, looked.settings.lang)
    texts, aliases, doubts = tag_texts(looked.inputs, memory)
    planned_by = digest_of(
        encode((day, texts, aliases, sorted(layouts(templates)), beside.files, beside.own))
    )
    wanted = looked.settings
    made_of = templates.assets, templates.user_assets, templates.words, wanted, render.draws()
    kind, make = tuple[AssetNames, dict[str, bytes]], partial(render.assets, templates, wanted)
    assets = memory.once("assets", made_of, kind, make)
    return Given(beside, day, templates, (texts, aliases), doubts, assets, planned_by)


def site(
    by: Given, settings: Settings, settled: Settled, *, watched: bool, written: Sources | None = None
) -> SiteMap:
    """Every page's address; ``watched`` as in ``compose.plan``, ``written`` are the files of the notes where
    the site offers them."""
    from vault import compose  # noqa: PLC0415 - as above

    texts, aliases = by.tags
    return compose.plan(
        settled,
        settings,
        by.assets[0],
        by.day,
        texts,
        bibtex,
        papers_json,
        own=by.beside.own,
        papers_csv=papers_csv,
        tag_aliases=aliases,
        layouts=layouts(by.templates),
        watched=watched,
        speech=tongue.of(by.templates.words),
        written=written,
    )


def bibtex(work: Work) -> str:
    from vault import exporters  # noqa: PLC0415 - for few pages, as those below

    return exporters.bibtex(work)


def papers_json(catalog: Catalog, urls: Mapping[str, str]) -> bytes:
    from vault import exporters  # noqa: PLC0415

    return exporters.papers_json(catalog, urls)


def papers_csv(catalog: Catalog, urls: Mapping[str, str]) -> str:
    from vault import exporters  # noqa: PLC0415

    return exporters.papers_csv(catalog, urls)
