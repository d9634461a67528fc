"""The stylesheet, the script and the other files of ``assets/``, each with its digest in its name."""

from __future__ import annotations

from vault import naming
from vault.patterns import lazy
from vault.records import AssetNames, Settings, Templates, VaultError
from vault.render import picture
from vault.render.css import minified, with_links
from vault.render.script import squeezed
from vault.tongue import in_script, of

FOLDER = "assets/"
STYLE, SCRIPT, USER = "vault.css", "vault.js", "user.css"
MADE = (STYLE, SCRIPT, USER)
FOLDED = (SCRIPT, STYLE, "papers.css")
SPEAKERS = (*FOLDED, "search.js", "graph.js")
NAME = lazy(r"[A-Za-z0-9][A-Za-z0-9-]*")
UNSAFE = lazy(r"[{}<>;]|/\*")


def assets(templates: Templates, settings: Settings) -> tuple[AssetNames, dict[str, bytes]]:
    """The addresses pages use, and path -> bytes of every file (``assets/vault.3f9a1c2e.css``).

    A file of the vault's own ``templates/assets/`` stands in for the theme's of the same name;
    ``user.css`` comes last, in a cascade layer of its own.  Raises VaultError for a token that is none.
    """
    files = shelved(templates)
    names = static_names(templates)
    made = {names[name]: data for name, data in files.items() if name in names}
    style = with_links(text_of(files, STYLE), names, FOLDER)
    css = put(made, STYLE, minified(style + tokens_layer(settings)).encode("utf-8", "surrogateescape"))
    script = put(made, SCRIPT, squeezed(files.get(SCRIPT, b"")))
    user = ""
    if USER in files:
        own = with_links(text_of(files, USER), names, FOLDER)
        user = put(made, USER, f"@layer user{{\n{own}\n}}\n".encode("utf-8", "surrogateescape"))
    pictures = bool(settings.url) and settings.images and picture.installed()
    return AssetNames(css, script, user, pictures), dict(sorted(made.items()))


def static_names(templates: Templates) -> dict[str, str]:
    """Name -> path with fingerprint for every file but the stylesheets and the script."""
    files = shelved(templates)
    return {name: fingerprinted(name, data) for name, data in files.items() if name not in MADE}


def shelved(templates: Templates) -> dict[str, bytes]:
    """Name below ``assets/`` -> bytes, the vault's own before the theme's; ``SPEAKERS`` speak its language.
    Those of them that cannot speak by themselves are put into words for English too."""
    both = {**templates.assets, **templates.user_assets}
    files = {name.removeprefix(FOLDER): both[name] for name in sorted(both)}
    speech = of(templates.words)
    speakers = [name for name in SPEAKERS if name in files and (speech.messages or name in FOLDED)]
    return {**files, **{name: in_script(speech, files[name]) for name in speakers}}


def fingerprinted(name: str, data: bytes) -> str:
    """``vault.css`` -> ``assets/vault.3f9a1c2e.css``: eight digits of SHA-256 of the bytes."""
    ending = naming.ending(name)
    import hashlib  # noqa: PLC0415 - it opens OpenSSL, which few builds need

    return f"{FOLDER}{name.removesuffix(ending)}.{hashlib.sha256(data).hexdigest()[:8]}{ending}"


def put(made: dict[str, bytes], name: str, data: bytes) -> str:
    """Add a file; its root-relative address."""
    path = fingerprinted(name, data)
    made[path] = data
    return "/" + path


def text_of(files: dict[str, bytes], name: str) -> str:
    return files.get(name, b"").decode("utf-8", "surrogateescape")


def tokens_layer(settings: Settings) -> str:
    """What the settings change in the stylesheet, in the layers it belongs to."""
    lines = [f"--{declaration(name.removeprefix('--'), value)}" for name, value in settings.tokens]
    css = f"@layer tokens{{:root{{{';'.join(lines)}}}}}" if lines else ""
    if settings.paper != Settings().paper:
        css += f"@layer print{{@page{{{declaration('size', settings.paper)}}}}}"
    return css


def declaration(name: str, value: str) -> str:
    """``c-link:#0a56a3``.  Raises VaultError where name or value would end the rule."""
    if not NAME.fullmatch(name) or not value.strip() or UNSAFE.search(value):
        raise VaultError(
            f"vault.toml: [theme] {name} = {value!r} cannot stand in a stylesheet",
            hint='Write tokens such as c-link = "#0a56a3"; whole rules belong in templates/assets/user.css.',
        )
    return f"{name}:{value.strip()}"
