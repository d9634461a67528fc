"""A host as pages meet it: files below a folder, kept connections, text compressed."""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/xml")


class Handler(http.server.BaseHTTPRequestHandler):
    """``GET`` and ``HEAD`` of the files below ``folder``; a folder is its index.html, with the slash only."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, folder: Path) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.folder / (path + "index.html" if path.endswith("/") else path).lstrip("/")
        found = file.is_file()
        file = file if found else self.folder / "404.html"
        data, kind = (
            file.read_bytes() if file.is_file() else b"",
            mimetypes.guess_type(file.name)[0] or "text/plain",
        )
        self.send_response(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND)
        if kind.startswith(TEXTS):
            kind += "; charset=utf-8"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                data = gzip.compress(data, 6, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def log_message(self, *_args: object) -> None:
        """Test output is for failures."""


@contextlib.contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of the folder over HTTP, on a free port of this machine, for as long as the block runs."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, folder=folder))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
