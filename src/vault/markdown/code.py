"""Code: fences with a named language are coloured, all other code is shown as it is.

A language is never guessed.  Pygments' lexers take time that grows with the square of the text, some
with its third power, so they get it in small pieces, and only so much of it in one note.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from vault.markdown import math
from vault.markdown.text import attribute, escape, names
from vault.patterns import lazy
from vault.records import QuerySlot

if TYPE_CHECKING:
    from vault.markdown.writer import Writer

MOST: Final = 100_000
"""Characters of code that are coloured in one note; what is over is shown plain."""

PIECE: Final = 2500
"""Characters that a lexer gets at once; longer code is cut between lines."""

LINE: Final = 1000
"""Characters of a line that is coloured."""

WIDE: Final = 40
"""Characters of a line from which the block may have to scroll, so that it can take the focus."""

LANGUAGES: Final = names(
    """
    python py python3 pycon javascript js typescript ts jsx tsx json jsonc yaml yml toml ini cfg bash sh
    shell zsh console shell-session c cpp c++ cuda cu java kotlin scala swift go golang rust
    rs zig haskell hs ocaml julia jl r matlab octave lua perl ruby rb php sql postgresql html xml
    css scss diff patch makefile make cmake docker dockerfile latex tex bibtex lisp scheme clojure
    elixir erlang fortran nasm llvm protobuf proto graphql nix vim lean lean4 coq agda triton
    """
)
"""Names a fence may give, of the lexers that were tested for time."""

_CLASSES: Final = (
    ("Keyword", "k"),
    ("Operator.Word", "k"),
    ("Name.Tag", "k"),
    ("Literal.String", "s"),
    ("Comment", "c"),
    ("Name.Function", "nf"),
    ("Name.Class", "nf"),
    ("Name.Decorator", "nf"),
    ("Literal.Number", "m"),
    ("Generic.Inserted", "s"),
    ("Generic.Deleted", "m"),
    ("Generic.Heading", "nf"),
    ("Generic.Subheading", "nf"),
    ("Generic.Prompt", "c"),
)
"""Pygments' kinds of token by the beginning of their name, and the five classes of the stylesheet."""

_ALIASES: Final = {
    "cu": "cuda",
    "zsh": "bash",
    "octave": "matlab",
    "jsonc": "json",
    "triton": "python",
    "patch": "diff",
}
_NAME = lazy(r"[ \t]*\{?[ \t]*\.?([\w+#.-]{1,40})")
_FILE = lazy(r"(?:^|[\s{])(?:title|filename|file)=(?:\"([^\"]{1,200})\"|'([^']{1,200})'|([^\s\"'}]{1,200}))")
_UNSAFE = lazy(r"[^\w+#.-]")
_BLOCK = lazy(rb'<code class="language-([\w+#.-]+)">([^\0]*?)</code></pre>')
_SPAN = lazy(r"</?span[^>]*>")
_lexers: dict[str, Any] = {}
_known: dict[tuple[str, str], str] = {}
_class_of: dict[Any, str] = {}


def language(info: str) -> str:
    """The first word of a fence's info string, lower case; ``{.python}`` is python."""
    found = _NAME.match(unescapeAll(info))
    return found[1].lower() if found else ""


def filename(info: str) -> str:
    """``train.py`` of ``python title="train.py"``; nothing where none is given."""
    found = _FILE.search(unescapeAll(info))
    return next((name.strip() for name in found.groups() if name), "") if found else ""


def is_formula(token: Token) -> bool:
    return (
        token.info.strip()[:4].lower() == "math"
        and language(token.info) == "math"
        and bool(token.content.strip())
    )


def coloured(code: str, name: str) -> str:
    """The code as HTML, with spans where a lexer is known for the language."""
    known = _known.get((name, code))
    if known is not None:
        return known
    lexer = lexer_of(name) if name in LANGUAGES else None
    if lexer is None:
        return escape(code)
    return "".join([piece if plain else spans(lexer, piece) for plain, piece in pieces(code)])


def recall(body: bytes) -> None:
    """Know the code that is coloured in an encoded body, so that the same in a later one needs no lexer,
    which takes longer to load than all else of a note to parse.  Authors' HTML has no classes."""
    for name, data in _BLOCK.findall(body):
        html = data.decode("utf-8", "replace")
        bare = _SPAN.sub("", html)
        code = unescape(bare)
        if bare != html and escape(code) == bare:
            _known[name.decode(), code] = html


def pieces(code: str) -> Iterator[tuple[bool, str]]:
    """The code cut between lines, at a blank one if there is one nearby; lines too long to be coloured
    are escaped already, and marked."""
    held: list[str] = []
    size = 0
    for line in code.splitlines(keepends=True):
        long = len(line) > LINE
        if held and (long or size + len(line) > PIECE or (size > PIECE // 2 and line.isspace())):
            yield False, "".join(held)
            held, size = [], 0
        if long:
            yield True, escape(line)
        else:
            held.append(line)
            size += len(line)
    if held:
        yield False, "".join(held)


def spans(lexer: Any, code: str) -> str:
    """Coloured code; neighbours of one class share a span.  A lexer that loses text is not believed."""
    if code.isspace() or "\n" * 20 in code or not code.endswith("\n"):
        return escape(code)
    made: list[str] = []
    last, run, size = "", "", 0
    for kind, text in lexer.tokens(code):
        wanted = _class_of.get(kind)
        if wanted is None:
            wanted = _class_of[kind] = class_of(str(kind))
        if wanted != last and not text.isspace():
            if run:
                made.append(span(last, run))
            last, run = wanted, ""
        run += text
        size += len(text)
    return "".join([*made, span(last, run)]) if size == len(code) else escape(code)


def span(name: str, text: str) -> str:
    """White space at the ends stays outside, so that spans are short."""
    if not name:
        return escape(text)
    body = text.rstrip()
    return f'<span class="{name}">{escape(body)}</span>{text[len(body) :]}'


def class_of(kind: str) -> str:
    kind = kind.removeprefix("Token.")
    return next((name for prefix, name in _CLASSES if kind == prefix or kind.startswith(f"{prefix}.")), "")


def lexer_of(name: str) -> Any:
    """The reader of a language, made once."""
    if name not in _lexers:
        from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - only notes with code pay for it
        from pygments.util import ClassNotFound  # noqa: PLC0415

        from vault.markdown.lexing import Reader  # noqa: PLC0415

        try:
            _lexers[name] = Reader(get_lexer_by_name(_ALIASES.get(name, name)))
        except ClassNotFound:
            _lexers[name] = None
    return _lexers[name]


def block(code: str, name: str, colours: bool = True) -> str:
    focus = ' tabindex="0"' if any(len(line) > WIDE for line in code.split("\n")) else ""
    kind = f' class="language-{attribute(_UNSAFE.sub("", name))}"' if name else ""
    return f"<pre{focus}><code{kind}>{coloured(code, name) if colours else escape(code)}</code></pre>\n"


# What code becomes


def write_fence(w: Writer, tokens: list[Token], i: int) -> int:
    """A formula, a query, or code."""
    token = tokens[i]
    if "equation" in token.meta:
        return math.write_block(w, tokens, i)
    name = language(token.info)
    line = w.sheet.line + (token.map[0] if token.map else 0)
    if name == "query":
        w.slot(QuerySlot(token.content.strip(), line))
        return i + 1
    w.coloured += len(token.content)
    made = block(token.content, name, w.coloured <= MOST)
    if caption := filename(token.info):
        made = f"<figure><figcaption>{escape(caption)}</figcaption>{made}</figure>\n"
    w.put(made)
    w.texts.append(token.content)
    return i + 1


def write_indented(w: Writer, tokens: list[Token], i: int) -> int:
    w.put(block(tokens[i].content, ""))
    w.texts.append(tokens[i].content)
    return i + 1


def write_inline(w: Writer, token: Token) -> None:
    w.put(f"<code>{escape(token.content)}</code>")
    w.say(token.content)
