"""The preview server answers only this machine, and never a byte that is not of the site."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import TAG, Served, parsed, received, served, unchunked
from tests.vaults import SMALL, built, make, tree, write
from vault.records import VaultError
from vault.serve import door, guard, ports
from vault.serve.answers import NOTHING, Span, asked
from vault.serve.guard import Request, decoded, hosts
from vault.serve.media import media_type
from vault.serve.policy import policy

ROOT = Path(__file__).parents[1]
CANARY = "CANARY"
NOTE = "/2025/01/lora/"
ALWAYS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
}
FILES = {
    **SMALL,
    ".env": f"SECRET={CANARY}\n",
    ".git/config": CANARY,
    "notes/.obsidian/workspace.json": CANARY,
    "notes/private.pem": CANARY,
    "notes/draft.md": f"---\ntitle: Not yet\ndraft: true\n---\n{CANARY}\n",
    "site/old.html": CANARY,
    "site-old/index.html": CANARY,
    "secret.txt": CANARY,
    "notes/2025/2025-02-01-shapes.md": (
        "---\ntitle: Formen 'é'\n---\n![d](../img/drawing.svg) [pdf](../img/a%20b.pdf)\n\n```python\nx = 1\n```\n"
    ),
    "notes/img/drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "notes/img/a b.pdf": "%PDF-1.4 0123456789",
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = make(tmp_path_factory.mktemp("served"), FILES)
    (root / "notes/out.md").symlink_to("/etc/passwd")
    os.environ["VAULT_TODAY"] = "2026-11-20"
    with served(root) as one:
        yield one


# What is answered


def test_every_page_is_what_a_build_writes_and_nothing_is_written(tmp_path: Path) -> None:
    root = make(tmp_path / "v")
    before = tree(root)
    with served(root) as one:
        pages = {path: one.request("/" + path).body for path in one.serving.site.state.snapshot.outputs}
        assert {p: d for p, d in tree(root).items() if not p.startswith(".vault/")} == before
        assert not (root / "site").exists()
    built(root, out=str(tmp_path / "site"), today=None)
    expected = {path: data for path, data in tree(tmp_path / "site").items() if path in pages}
    assert set(pages) == set(expected)
    expected["404.html"] = expected["404.html"].replace(b'<base href="/n/">', b'<base href="/">')
    for path, data in pages.items():
        assert TAG.sub(b"", data) == expected[path], path
        assert bool(TAG.search(data)) == path.endswith(".html")
    assert not any(b"__vault" in data for data in tree(tmp_path / "site").values())


def test_without_watching_there_is_no_script_and_no_stream(tmp_path: Path) -> None:
    with served(make(tmp_path), watch=False) as one:
        assert b"__vault" not in one.request("/").body
        assert one.request("/__vault/events?token=").status == 403


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/papers.json", "application/json; charset=utf-8"),
        ("/papers.bib", "application/x-bibtex; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/files/img/plot.png", "image/png"),
        ("/files/img/drawing.svg", "image/svg+xml; charset=utf-8"),
        ("/files/img/a%20b.pdf", "application/pdf"),
        ("/__vault/live.js", "text/javascript; charset=utf-8"),
    ],
)
def test_each_file_says_what_it_is(running: Served, path: str, media: str) -> None:
    reply = running.request(path)
    assert (reply.status, reply.headers["content-type"]) == (200, media)
    assert int(reply.headers["content-length"]) == len(reply.body) > 0


def test_the_stylesheet_and_the_script_are_served(running: Served) -> None:
    for path, data in running.serving.site.state.snapshot.assets.items():
        reply = running.request("/" + path)
        assert (reply.status, reply.body) == (200, data)
    assert media_type("assets/vault.0a.css") == "text/css; charset=utf-8"
    assert media_type("x/Makefile") == media_type("a.unknown") == "application/octet-stream"


def test_a_folder_without_its_slash_redirects_only_when_it_is_known(running: Served) -> None:
    reply = running.request("/2025/01/lora?a=b")
    assert (reply.status, reply.headers["location"], reply.body) == (307, "/2025/01/lora/?a=b", b"")
    assert running.request("/2025/01/lora/index.html").status == 200
    for nowhere in ("/2025/01/lorax", "//2025/01/lora", "/assets", "/2025", "/files/img"):
        assert running.request(nowhere).status == 404, nowhere


def test_a_page_that_is_not_there_says_so_with_links_that_work(running: Served) -> None:
    reply = running.request("/no/such/page/")
    assert reply.status == 404
    assert b'<base href="/">' in reply.body and b"There is no page at this address" in reply.body


def test_what_the_client_has_is_not_sent_again(running: Served) -> None:
    for path in ("/", NOTE, "/files/img/plot.png", "/feed.xml", "/__vault/live.js"):
        first = running.request(path)
        etag = first.headers["etag"]
        again = running.request(path, f'If-None-Match: "x", W/{etag}')
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag), path
        assert running.request(path, 'If-None-Match: "x"').status == 200
        head = running.request(path, method="HEAD")
        assert (head.status, head.body) == (200, b"")
        assert head.headers == first.headers


@pytest.mark.parametrize("path", ["/files/img/plot.png", "/files/img/a%20b.pdf", "/papers.bib", NOTE])
def test_parts_of_files_are_those_bytes(running: Served, path: str) -> None:
    whole = running.request(path)
    size, data = len(whole.body), whole.body
    for asks, start, end in [
        ("0-3", 0, 4),
        ("5-", 5, size),
        ("-6", size - 6, size),
        (f"2-{size * 2}", 2, size),
    ]:
        reply = running.request(path, f"Range: bytes={asks}")
        assert (reply.status, reply.body) == (206, data[start:end]), asks
        assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    for asks in (f"{size}-", "-0", f"{size + 9}-{size + 10}"):
        reply = running.request(path, f"Range: bytes={asks}")
        assert (reply.status, reply.body, reply.headers["content-range"]) == (416, b"", f"bytes */{size}")
    for ignored in ("0-1,3-4", "3-1", "x-y", "-", "9" * 40 + "-"):
        assert running.request(path, f"Range: bytes={ignored}").status == 200, ignored
    assert running.request(path, "Range: bytes=0-3", 'If-Range: "other"').status == 200
    assert running.request(path, "Range: bytes=0-3", f"If-Range: {whole.headers['etag']}").status == 206


def test_a_range_never_reaches_outside() -> None:
    for size in (0, 1, 7):
        for a in ("", "0", "3", "9"):
            for b in ("", "0", "3", "9"):
                request = Request("GET", b"/", b"", ((b"range", f"bytes={a}-{b}".encode()),))
                found = asked(request, size, '"e"')
                if found not in (None, NOTHING):
                    assert isinstance(found, Span) and 0 <= found.start < found.end <= size


# What is never answered

KNOWN = [
    b"/",
    b"/2025/01/lora/",
    b"/files/img/plot.png",
    b"/2025/01/lora/?raw",
    b"/index.html",
    b"/robots.txt??x=/..",
]
SECRETS = [
    "etc/passwd",
    ".env",
    ".git/config",
    "secret.txt",
    "site-old/index.html",
    "notes/secret.md",
    "vault.toml",
]
UPWARDS = [
    *(
        "/../",
        "/../../../../../",
        "/./../",
        "/.../",
        "/..;/",
        "/.;/",
        "//",
        "///",
        "/\\",
        "/..\\",
        "/..\\..\\",
    ),
    *(
        "/%2e%2e/",
        "/%2E%2E/",
        "/%2e./",
        "/.%2e/",
        "/%252e%252e/",
        "/%252e%252e%252f",
        "/%2e%2e%2f",
        "/..%2f",
        "/..%5c",
    ),
    *(
        "/%2f",
        "/%5c",
        "/%c0%ae%c0%ae/",
        "/%e0%80%ae/",
        "/..%00/",
        "/%u002e%u002e/",
        "/assets/../",
        "/files/../../",
    ),
    *("/files/%2e%2e/%2e%2e/", "/2025/01/lora/../../../", "/__vault/../", "/@fs/", "/~/", "/file:///"),
]
ODD = [
    *(
        "/.vault-manifest.json",
        "/.vault/index.db",
        "/.vault",
        "/.DS_Store",
        "/.",
        "/..",
        "/...",
        "/2025/01/lora/.",
    ),
    *(
        "/2025/01/lora.",
        "/2025/01/lora/index.html.",
        "/2025/01/lora/index.html%20",
        "/index.html::$DATA",
        "/index.html~",
    ),
    *(
        "/INDEX.HTML",
        "/2025/01/LoRA/",
        "/index.htm",
        "/index.html/",
        "/robots.txt/",
        "/files/",
        "/files/img/",
        "/assets/",
    ),
    *(
        "/files/private.pem",
        "/files/.obsidian/workspace.json",
        "/files/secret.md",
        "/files/draft.md",
        "/files/out.md",
    ),
    *(
        "/files/img/plot.png%00.html",
        "/files/img/plot.png/",
        "/notes/draft/",
        "/notes/secret/",
        "/notes/out/",
    ),
    *("/2025%2f01%2flora/", "/2025%2F01/lora/", "/2025/01%5clora/", "/%2e/2025/01/lora/", "/2025//01/lora/"),
    *(
        "/__vault",
        "/__vault/",
        "/__vault/live.js/",
        "/__vault/live.jsx",
        "/__vault/server.py",
        "/__vault/%65vents/x",
    ),
    *(
        "/%E2%80%AE/",
        "/\uff0e\uff0e/",
        "/%EF%BC%8E%EF%BC%8E/etc/passwd",
        "/%2525",
        "/a" * 900,
        "/" + "%41" * 900,
    ),
]
BROKEN = [
    *(
        b"/%",
        b"/%2",
        b"/%zz",
        b"/a%g0",
        b"/%ff",
        b"/%c3%28",
        b"/%00",
        b"/%0d%0aX-Evil:%201",
        b"/%7f",
        b"/%1b[2J",
        b"/%ed%a0%80",
    ),
    *(
        b"http://localhost/",
        b"http://evil.example/",
        b"https://localhost:1/2025/01/lora/",
        b"ftp://x/etc/passwd",
        b"*",
    ),
    *(
        b"localhost:80",
        b"2025/01/lora/",
        b"../etc/passwd",
        b"\\\\host\\share",
        b"javascript:alert(1)",
        b"?",
        b"#",
    ),
]
CORPUS = (
    [up + secret for up in UPWARDS for secret in SECRETS[:3]] + [up + SECRETS[3] for up in UPWARDS[:20]] + ODD
)


def test_the_corpus_is_large_enough() -> None:
    assert len({*CORPUS, *BROKEN, *KNOWN}) >= 150


def test_no_target_brings_a_byte_that_is_not_of_the_site(running: Served) -> None:
    missing = TAG.sub(b"", running.request("/nowhere").body)
    for target in CORPUS:
        raw = target.encode("utf-8")
        reply = parsed(
            running.raw(
                b"GET " + raw + b" HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n" % running.port
            )
        )
        assert reply.status in (400, 403, 404), (target, reply.status)
        assert CANARY.encode() not in reply.body and b"root:" not in reply.body, target
        if reply.status == 404:
            assert TAG.sub(b"", reply.body) == missing, target
        else:
            assert reply.body == b"", target


@pytest.mark.parametrize("target", BROKEN)
def test_what_is_no_path_is_a_bad_request_without_a_word(running: Served, target: bytes) -> None:
    reply = parsed(running.raw(b"GET " + target + b" HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % running.port))
    assert (reply.status, reply.body) == (400, b""), target
    assert {name: reply.headers[name] for name in ALWAYS} == ALWAYS


@pytest.mark.parametrize("target", KNOWN)
def test_a_query_changes_nothing(running: Served, target: bytes) -> None:
    assert running.request(target).body == running.request(target.split(b"?")[0]).body != b""


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: localhost:PORT\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nX y: z\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nX: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : localhost:PORT\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\n folded: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /caf\xc3\xa9 HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 40 + b"\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_request_gets_no_content(running: Served, head: bytes) -> None:
    data = running.raw(head.replace(b"PORT", str(running.port).encode()), seconds=0.3)
    if data:
        reply = parsed(data)
        assert reply.status in (400, 405, 421) and reply.body == b""
        assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"]
)
def test_nothing_can_be_done_but_reading(running: Served, method: str) -> None:
    for path in ("/", NOTE, "/__vault/live.js", f"/__vault/events?token={running.token}"):
        reply = running.request(path, method=method)
        assert (reply.status, reply.body, reply.headers["allow"]) == (405, b"", "GET, HEAD")


def test_every_answer_is_shut_to_other_origins(running: Served) -> None:
    targets = [
        "/",
        NOTE,
        "/nowhere",
        "/2025/01/lora",
        "/files/img/plot.png",
        "/%zz",
        "/__vault/live.js",
        "/feed.xml",
    ]
    for target in [*targets, "/__vault/events", f"/__vault/events?token={running.token}"]:
        for method in ("GET", "HEAD", "POST"):
            if method == "GET" and "token" in target:
                continue
            reply = running.request(target, "Origin: http://evil.example", method=method)
            assert {name: reply.headers.get(name) for name in ALWAYS} == ALWAYS, (method, target)
            assert not [name for name in reply.headers if name.startswith("access-control")]
            assert "server" not in reply.headers


def test_pages_run_their_own_scripts_alone(running: Served) -> None:
    rule = running.request("/").headers["content-security-policy"]
    assert "object-src 'none'" in rule and "frame-ancestors 'none'" in rule
    assert "'unsafe-inline'" not in rule.split("script-src")[1].split(";")[0]
    assert rule.count("'sha256-") == 2
    drawn = running.request("/files/img/drawing.svg").headers["content-security-policy"]
    assert "sandbox" in drawn and "script-src" not in drawn


def test_the_policy_fits_the_templates_of_the_vault(running: Served) -> None:
    templates = running.serving.site.state.snapshot.survey.templates
    given = {
        "hooks/head_end.html": '<script src="https://cdn.example/x.js"></script><a href="https://other.example/">x</a>',
        "hooks/body_start.html": "<script>var a = {{ page.url|tojson }};</script>",
    }
    own = type(templates)(
        templates.theme, given, {}, {"assets/user.css": b"@import url(https://fonts.example/a.css);"}, {}
    )
    rules = dict(rule.split(" ", 1) for rule in policy(own).split("; "))
    assert rules["script-src"] == "'self' 'unsafe-inline' https://cdn.example https://fonts.example"
    assert "other.example" not in str(rules)


# Who is answered

HOSTS = {
    "localhost:{port}": True,
    "LOCALHOST:{port}": True,
    "127.0.0.1:{port}": True,
    "[::1]:{port}": True,
    "localhost": False,
    "localhost:1": False,
    "localhost.:{port}": False,
    "evil.example": False,
    "evil.example:{port}": False,
    "localhost.evil.example:{port}": False,
    "evil.localhost:{port}": False,
    "127.0.0.2:{port}": False,
    "127.1:{port}": False,
    "0.0.0.0:{port}": False,
    "::1:{port}": False,
    "localhost:{port}@evil.example": False,
    "user@localhost:{port}": False,
    "": False,
}
ORIGINS = {
    "": True,
    "http://{host}": True,
    "null": False,
    "https://{host}": False,
    "http://evil.example": False,
    "http://localhost": False,
    "http://localhost:1": False,
    "http://127.0.0.1": False,
    "http://{host}.evil.example": False,
    "http://evil.example/http://{host}": False,
    "file://": False,
    "chrome-extension://abc": False,
}


@pytest.mark.parametrize("pattern", HOSTS)
@pytest.mark.parametrize("origin", ORIGINS)
def test_hosts_and_origins_are_exact(running: Served, pattern: str, origin: str) -> None:
    host = pattern.format(port=running.port)
    given = [f"Origin: {origin.format(host=host)}"] if origin else []
    for target in ("/", "/papers.json", f"/__vault/events?token={running.token}&page=/"):
        for method in ("GET", "HEAD", "POST"):
            lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", *given, "", ""]
            with socket.create_connection(("127.0.0.1", running.port), timeout=5) as one:
                one.sendall("\r\n".join(lines).encode())
                data = one.recv(65_536)
            stream = target.startswith("/__vault")
            allowed = 405 if method == "POST" else 200 if not stream or ORIGINS[origin] else 403
            status = int(data.split(b" ")[1])
            assert status == (allowed if HOSTS[pattern] else 421), (method, host, origin, target)
            if status != 200 or method == "HEAD":
                assert data.endswith(b"\r\n\r\n"), "a refusal says nothing"
            assert b"access-control" not in data.lower()


def test_the_stream_needs_the_token_of_this_run(running: Served) -> None:
    for token in (
        "",
        "x",
        running.token[:-1],
        running.token + "x",
        running.token.swapcase(),
        "%ff",
        "\u00e9",
    ):
        assert running.request(f"/__vault/events?token={token}&page=/".encode()).status in (400, 403), token
    assert running.request("/__vault/events").status == 403
    for site, status in (("cross-site", 403), ("same-site", 403), ("none", 403)):
        asked_for = f"/__vault/events?token={running.token}"
        assert running.request(asked_for, f"Sec-Fetch-Site: {site}").status == status
    assert running.token not in running.request("/__vault/live.js").text
    assert len(running.token) >= 32


def test_other_names_are_answered_when_they_are_allowed() -> None:
    assert hosts(8000) == {"localhost:8000", "127.0.0.1:8000", "[::1]:8000"}
    assert hosts(80) == hosts(80, "127.0.0.1") >= {"localhost", "localhost:80"}
    assert hosts(9, "192.168.0.7") - hosts(9) == {"192.168.0.7:9"}
    assert hosts(9, "fe80::1") - hosts(9) == {"[fe80::1]:9"}
    assert hosts(9, "0.0.0.0") == hosts(9)
    assert hosts(9, "", ("Box.local", "a.example:443")) - hosts(9) == {
        "box.local",
        "box.local:9",
        "a.example:443",
    }


def test_an_allowed_host_is_answered(tmp_path: Path) -> None:
    with served(make(tmp_path), allow=("box.example",)) as one:
        assert one.request("/", host="box.example").status == 200
        assert one.request("/", host="other.example").status == 421
        target = f"/__vault/events?token={one.token}"
        for scheme, status in (("https", 200), ("http", 200), ("ftp", 403)):
            origin = f"Origin: {scheme}://box.example"
            assert one.request(target, origin, host="box.example", method="HEAD").status == status


# Limits


def test_a_head_that_is_too_long_is_refused(running: Served) -> None:
    assert running.request("/", "X: " + "a" * 15_000).status == 200
    assert running.request("/", "X: " + "a" * guard.MOST_HEADER).status in (400, 431)
    assert running.request("/" + "a" * guard.MOST_HEADER).status in (400, 431)
    many = [f"X{n}: {'a' * 90}" for n in range(400)]
    assert running.request("/", *many).status in (400, 431)


def test_a_head_that_does_not_come_is_waited_for_only_so_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "HEAD_SECONDS", 0.3)
    with served(make(tmp_path)) as one, socket.create_connection(("127.0.0.1", one.port), timeout=5) as slow:
        for piece in b"GET / HTTP/1.1\r\nX: aaaaaaaaaaaaaaaa":
            try:
                slow.sendall(bytes([piece]))
            except OSError:
                break
            time.sleep(0.03)
        assert received(slow) == b""
        silent = socket.create_connection(("127.0.0.1", one.port), timeout=5)
        assert received(silent) == b""
        silent.close()
        assert one.request("/").status == 200


def test_idle_connections_make_room_the_oldest_first(running: Served) -> None:
    idle = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(door.MOST + 20)]
    try:
        running.until(lambda: len(running.serving.door.connections) <= door.MOST)
        assert running.request("/").status == 200
        idle[0].settimeout(2)
        assert received(idle[0]) == b"", "the oldest was closed"
        idle[-1].sendall(b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n" % running.port)
        assert parsed(received(idle[-1])).status == 200
    finally:
        for one in idle:
            one.close()
    running.until(lambda: not running.serving.door.connections)


def test_streams_make_room_the_oldest_first_and_do_not_count_as_connections(tmp_path: Path) -> None:
    with served(make(tmp_path)) as one:
        one.serving.streams.most = 70
        target = (
            f"GET /__vault/events?token={one.token}&page=/ HTTP/1.1\r\nHost: localhost:{one.port}\r\n\r\n"
        )
        streams = []
        for _ in range(75):
            streams.append(socket.create_connection(("127.0.0.1", one.port), timeout=5))
            streams[-1].sendall(target.encode())
            assert streams[-1].recv(100)
        assert len(one.serving.streams) == 70
        assert one.request("/").status == 200
        received(streams[0])  # it ends: the oldest was dropped
        for stream in streams:
            stream.close()
        one.until(lambda: not len(one.serving.streams))
        assert not one.serving.door.streams


def test_a_client_that_never_reads_costs_one_flag(tmp_path: Path) -> None:
    root = make(tmp_path)
    for number in range(120):
        write(root, f"notes/broken-{number}.md", f"---\ndate: 2025-01-02\n---\n[[Nowhere {number}]]\n")
    with served(root) as one:
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        deaf.connect(("127.0.0.1", one.port))
        deaf.sendall(
            f"GET /__vault/events?token={one.token}&page=/ HTTP/1.1\r\nHost: localhost:{one.port}\r\n\r\n".encode()
        )
        one.until(lambda: len(one.serving.streams) == 1)
        for _ in range(300):
            one.serving.stir()
            time.sleep(0.002)
        (connection,) = [c for c in one.serving.door.connections if c.client in one.serving.door.streams]
        assert connection.transport.get_write_buffer_size() < 1_000_000
        assert one.request("/").status == 200
        deaf.close()


def test_requests_in_a_row_on_one_connection_are_answered_in_order(running: Served) -> None:
    asks = [b"/robots.txt", b"/nowhere", NOTE.encode(), b"/robots.txt"]
    with socket.create_connection(("127.0.0.1", running.port), timeout=2) as one:
        host = b" HTTP/1.1\r\nHost: localhost:%d\r\n" % running.port
        for target in asks[:-1]:
            one.sendall(b"GET " + target + host + b"\r\n")
        one.sendall(b"GET " + asks[-1] + host + b"Connection: close\r\n\r\n")
        data = received(one)
    assert [part[:3] for part in data.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200", b"200"]


def test_a_crowd_that_sends_nothing_whole_keeps_nobody_out(tmp_path: Path) -> None:
    root = make(tmp_path)
    head = b"GET / HTTP/1.1\r\nHost: localhost:%d\r\n"
    crowd: list[socket.socket] = []
    with served(root) as one:
        stream = b"GET /__vault/events?token=%s&page=/ HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
        for number in range(400):
            crowd.append(socket.create_connection(("127.0.0.1", one.port), timeout=5))
            whole = stream % (one.token.encode(), one.port)
            crowd[-1].sendall(whole if number % 2 else head % one.port)
            if number % 40 == 0:
                write(root, "notes/attention.md", f"---\ndate: 2025-01-02\n---\nCrowded {number}.\n")
                assert one.request("/").status == 200
        one.until_served("/2025/01/attention/", "Crowded 360")
        assert len(one.serving.door.connections) <= door.MOST + len(one.serving.streams)
        assert len(one.serving.streams) <= 256
        for each in crowd:
            each.close()
        one.until(lambda: not one.serving.streams and not one.serving.door.connections)


def test_many_readers_at_once_get_whole_pages(running: Served) -> None:
    expected = running.request(NOTE).body
    clients = [socket.create_connection(("127.0.0.1", running.port), timeout=5) for _ in range(40)]
    for one in clients:
        one.sendall(
            b"GET "
            + NOTE.encode()
            + b" HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n" % running.port
        )
    assert all(parsed(received(one)).body == expected for one in clients)
    for one in clients:
        one.close()


def test_decoding_happens_once() -> None:
    assert decoded(b"/a%20b/%C3%A9") == "/a b/\u00e9"
    assert decoded(b"/%252e") == "/%2e"
    assert decoded(b"/a%2fb") == "/a%2fb"
    assert [decoded(target) for target in BROKEN] == [None] * len(BROKEN)


def test_chunks_are_put_together() -> None:
    assert unchunked(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") == b"abcde"


# Attachments


def test_a_file_that_changes_or_goes_while_it_is_served_is_no_error(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root, watch=False) as one:
        write(root, "notes/img/plot.png", b"\x89PNG longer than before")
        assert one.request("/files/img/plot.png").body == b"\x89PNG longer than before"
        (root / "notes/img/plot.png").unlink()
        assert one.request("/files/img/plot.png").status == 404
        (root / "notes/img/plot.png").symlink_to("/etc/hostname")
        assert one.request("/files/img/plot.png").status == 404


def test_a_large_file_is_sent_in_pieces_and_can_be_left(tmp_path: Path) -> None:
    root = make(tmp_path)
    data = os.urandom(3_000_000)
    write(root, "notes/img/plot.png", data)
    with served(root, watch=False) as one:
        assert one.request("/files/img/plot.png").body == data
        before = len(os.listdir("/proc/self/fd"))
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", one.port)) as hasty:
                hasty.sendall(b"GET /files/img/plot.png HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % one.port)
                hasty.recv(10)
        one.until(lambda: len(os.listdir("/proc/self/fd")) <= before)


# Drafts, ports, ends


def test_drafts_are_shown_when_asked_for(tmp_path: Path) -> None:
    from vault.build import Options

    root = make(
        tmp_path, {"notes/d.md": "---\ntitle: Not yet\ndraft: true\n---\nSoon.\n", "notes/e.md": "Here.\n"}
    )
    with served(root) as one:
        assert one.request("/notes/d/").status == 404
    with served(root, options=Options(drafts=True, jobs=1)) as one:
        assert b">Draft</strong>" in one.request("/notes/d/").body


def test_links_are_those_of_a_host_whatever_the_settings_say(tmp_path: Path) -> None:
    root = make(
        tmp_path,
        {"vault.toml": '[site]\nlinks = "file"\n', "notes/a.md": "---\ndate: 2025-01-02\n---\nHere.\n"},
    )
    with served(root) as one:
        assert b"index.html" not in one.request("/").body


def test_the_next_free_port_is_taken_unless_one_is_named() -> None:
    first = ports.listening("", None, 18_000)
    try:
        taken = first[0].getsockname()[1]
        second = ports.listening("", None, taken)
        assert second[0].getsockname()[1] > taken
        for one in second:
            one.close()
        with pytest.raises(VaultError, match="cannot listen on localhost"):
            ports.listening("", taken)
        with pytest.raises(VaultError, match="cannot listen on"):
            ports.listening("203.0.113.1", None)
    finally:
        for one in first:
            one.close()


def command(root: Path, *args: str) -> subprocess.Popen[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "VAULT_TODAY": "2025-03-01"}
    argv = [sys.executable, "-m", "vault", "serve", "--vault", str(root), *args]
    return subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_in_a_second_with_the_port_free(tmp_path: Path, number: int, code: int) -> None:
    root = make(tmp_path)
    process = command(root, "--watch", "--port", "0")
    assert process.stdout
    line = process.stdout.readline()
    assert "notes - http://localhost:" in line and "watching" in line
    port = int(line.split("localhost:")[1].split("/")[0])
    stream = socket.create_connection(("127.0.0.1", port))
    token = parsed(answered(port, "/")).text.split('data-token="')[1].split('"')[0]
    stream.sendall(
        f"GET /__vault/events?token={token}&page=/ HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n".encode()
    )
    assert stream.recv(10)
    began = time.monotonic()
    process.send_signal(number)
    assert process.wait(5) == code
    assert time.monotonic() - began < 1
    assert process.stdout.read() == ""
    process.stdout.close()
    again = ports.listening("", port)
    for one in [*again, stream]:
        one.close()
    assert [name for name in os.listdir(root / ".vault") if name.startswith("serve-")] == []


def answered(port: int, target: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as one:
        one.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode())
        return received(one)


def test_what_cannot_be_served_ends_with_one_sentence(tmp_path: Path) -> None:
    taken = ports.listening("", 0)
    port = str(taken[0].getsockname()[1])
    process = command(make(tmp_path), "--port", port)
    out = process.communicate(timeout=20)[0]
    assert (process.returncode, out.count("\n")) == (2, 1)
    assert out.startswith(f"vault: cannot listen on localhost:{port}")
    for one in taken:
        one.close()
    write(tmp_path, "templates/base.html", "{% if %}")
    process = command(tmp_path, "--port", "0")
    out = process.communicate(timeout=20)[0]
    assert process.returncode == 2 and "templates/base.html:1" in out and "Traceback" not in out


def test_another_address_is_warned_of(tmp_path: Path) -> None:
    process = command(make(tmp_path), "--host", "0.0.0.0", "--port", "0")
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(3)]
    process.terminate()
    process.communicate(timeout=5)
    assert lines[0].startswith("warning: every machine") and "--allow-host" in lines[1]


def test_what_a_killed_server_left_goes_with_the_next(tmp_path: Path) -> None:
    root = make(tmp_path)
    process = command(root, "--port", "0")
    assert process.stdout
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert [name for name in os.listdir(root / ".vault") if name.startswith("serve-")]
    with served(root):
        assert len([name for name in os.listdir(root / ".vault") if name.startswith("serve-")]) == 1
    assert not [name for name in os.listdir(root / ".vault") if name.startswith("serve-")]


def test_a_build_and_a_second_server_go_on_beside_it(tmp_path: Path) -> None:
    root = make(tmp_path)
    with served(root) as one, served(root) as other:
        assert built(root).written > 10
        write(root, "notes/attention.md", "---\ntitle: Attention\ndate: 2025-01-02\n---\nMarked.\n")
        for each in (one, other):
            each.until_served("/2025/01/attention/", "Marked.")
        assert built(root).parsed == 1


def test_an_answer_on_a_connection_that_stays_open_is_sent_at_once(running: Served) -> None:
    head = b"GET /2025/01/lora/ HTTP/1.1\r\nHost: localhost:%d\r\n\r\n" % running.port
    waits = []
    with socket.create_connection(("127.0.0.1", running.port)) as one:
        for _ in range(12):
            began, data = time.monotonic(), b""
            one.sendall(head)
            while b"</html>" not in data:
                data += one.recv(65_536)
            waits.append(time.monotonic() - began)
    assert sorted(waits)[len(waits) // 2] < 0.03, "the head is not acknowledged before the body is sent"
