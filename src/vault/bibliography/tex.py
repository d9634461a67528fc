"""TeX as it stands in BibTeX fields -> Unicode text.

Accents are composed, symbols replaced, braces and formatting commands dropped, dashes and quotes
set.  Math between dollars stays as it was written.  Linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata

from vault.patterns import lazy

_TOKEN = lazy(
    r"""\$(?:[^$\\]|\\.)+\$                    # math, kept
      | \\(?P<word>[A-Za-z]+)\*?[ \t\n]*       # \emph
      | \\(?P<sign>.)                          # \& \'
      | (?P<brace>[{}])
      | (?P<glyph>~ | -{2,3} | `` | '' | ,, | [?!]`)""",
    re.VERBOSE | re.DOTALL,
)
_GROUP = lazy(r"[ \t\n]*\{[^{}]*\}")
_SPECIAL = lazy(r"[\\{}~]|--|``|''|,,|[?!]`")

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_GLYPHS = {
    "~": " ", "--": "–", "---": "—", "``": "“", "''": "”", ",,": "„", "?`": "¿", "!`": "¡",
}  # fmt: skip
_SIGNS = {" ": " ", "\n": " ", "\t": " ", "\\": " ", ",": " ", ";": " ", ":": " "}
_SILENT_SIGNS = "-/!()[]@"
_SYMBOLS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ",
    "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©",
    "pounds": "£", "euro": "€", "texteuro": "€", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{", "rbrace": "}",
    "textasciitilde": "~", "textasciicircum": "^", "textdollar": "$", "textunderscore": "_",
    "textbar": "|", "textless": "<", "textgreater": ">", "textendash": "–", "textemdash": "—",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotedbl": '"', "textquotesingle": "'", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "textmu": "µ", "textbullet": "•", "textperiodcentered": "·",
    "guillemotleft": "«", "guillemotright": "»", "textasteriskcentered": "*", "slash": "/",
    "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "times": "×", "infty": "∞", "quad": " ",
    "space": " ", "lambda": "λ", "Lambda": "Λ",
}  # fmt: skip
_SWITCH_NAMES = "em it bf sc rm tt sl sf itshape bfseries scshape upshape normalfont relax protect noindent"
_SWITCHES = frozenset(_SWITCH_NAMES.split())
_DROPPED_ARGUMENT = frozenset(("href", "noopsort", "SortNoop", "textcolor", "color"))


def to_text(source: str) -> str:
    """The text that this TeX stands for, white space collapsed."""
    text = source if not _SPECIAL.search(source) else _Decoder(source).run()
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _greek(name: str) -> str:
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return ""


class _Decoder:
    """One pass over the tokens; ``accent`` waits for the letter it belongs to."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.accent = ""
        self.last = ""

    def run(self) -> str:
        at = 0
        while found := _TOKEN.search(self.source, at):
            self.emit(self.source[at : found.start()])
            at = found.end()
            if word := found["word"]:
                at = self.command(word, found)
            elif sign := found["sign"]:
                self.control(sign)
            elif brace := found["brace"]:
                self.close(brace)
            else:
                self.emit(_GLYPHS.get(found.group(), found.group()))
            self.last = found.group()
        self.emit(self.source[at:])
        return "".join(self.out)

    def emit(self, text: str) -> None:
        if self.accent and text.strip():
            text = text.lstrip()
            base = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
            text = unicodedata.normalize("NFC", base + _ACCENTS[self.accent]) + text[1:]
            self.accent = ""
        if text:
            self.out.append(text)

    def control(self, sign: str) -> None:
        if sign in _ACCENTS:
            self.accent = sign
        elif sign not in _SILENT_SIGNS:
            self.emit(_SIGNS.get(sign, sign))

    def close(self, brace: str) -> None:
        """An accent over an empty group is the sign itself: ``\\~{}`` is how people write ~."""
        if brace == "}" and self.accent:
            sign, self.accent = self.accent, ""
            if self.last == "{" and sign in "~^":
                self.emit(sign)

    def command(self, word: str, found: re.Match[str]) -> int:
        """Act on a command; where the text goes on."""
        at = found.end()
        if word in _ACCENTS:
            self.accent = word
        elif symbol := _SYMBOLS.get(word) or _greek(word):
            self.emit(symbol)
        elif word in _DROPPED_ARGUMENT:
            skipped = _GROUP.match(self.source, at)
            return skipped.end() if skipped else at
        elif word not in _SWITCHES and not self.source.startswith("{", at):
            self.emit(found.group())
        return at
