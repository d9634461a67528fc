"""The nouns that travel, frozen.

A record is a value: it is made once, compared by its fields, encoded by one C codec, and never
changed (``changed(record, field=...)`` makes a new one).  Nothing here knows how a record came
to be or what becomes of it.
"""

from vault.records.author import Author, KnownAuthor
from vault.records.base import Html, Record, changed, decode, digest_of, encode, json_of
from vault.records.body import (
    Block,
    Body,
    CiteItem,
    CiteSlot,
    EmbedSlot,
    FootnoteSlot,
    ImageSlot,
    LinkSlot,
    PaperSlot,
    Part,
    QuerySlot,
    TagSlot,
)
from vault.records.catalog import Catalog, Tag, Work
from vault.records.graph import Backlink, Graph, Mention, Reason, Related, Resolved, slot_key
from vault.records.header import Field, Header
from vault.records.library import LibraryEntry, LibraryPart, LibraryPiece
from vault.records.lock import Cited, LockEntry, Release
from vault.records.note import Date, Heading, Link, Note, Parsed
from vault.records.packed import Packed, Raw, Unpacking, differing, pack, raw
from vault.records.paper import PaperId
from vault.records.place import place
from vault.records.problem import Problem, VaultError
from vault.records.published import Last, Manifest, Plan, Seen, Standing, Trace, Traces
from vault.records.rendered import OutlineBlock, OutlineItem, Rendered
from vault.records.report import AssetNames, Report, Scan, Templates, Vault, Written
from vault.records.settings import Settings
from vault.records.source import Attachment, Found, Piece, Source

__all__ = [
    "AssetNames",
    "Attachment",
    "Author",
    "Backlink",
    "Block",
    "Body",
    "Catalog",
    "CiteItem",
    "CiteSlot",
    "Cited",
    "Date",
    "EmbedSlot",
    "Field",
    "FootnoteSlot",
    "Found",
    "Graph",
    "Header",
    "Heading",
    "Html",
    "ImageSlot",
    "KnownAuthor",
    "Last",
    "LibraryEntry",
    "LibraryPart",
    "LibraryPiece",
    "Link",
    "LinkSlot",
    "LockEntry",
    "Manifest",
    "Mention",
    "Note",
    "OutlineBlock",
    "OutlineItem",
    "Packed",
    "PaperId",
    "PaperSlot",
    "Parsed",
    "Part",
    "Piece",
    "Plan",
    "Problem",
    "QuerySlot",
    "Raw",
    "Reason",
    "Record",
    "Related",
    "Release",
    "Rendered",
    "Report",
    "Resolved",
    "Scan",
    "Seen",
    "Settings",
    "Source",
    "Standing",
    "Tag",
    "TagSlot",
    "Templates",
    "Trace",
    "Traces",
    "Unpacking",
    "Vault",
    "VaultError",
    "Work",
    "Written",
    "changed",
    "decode",
    "differing",
    "digest_of",
    "encode",
    "json_of",
    "pack",
    "place",
    "raw",
    "slot_key",
]
