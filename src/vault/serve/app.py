"""Requests to answers: a lookup in the site of the moment, and nothing else."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from secrets import compare_digest
from urllib.parse import parse_qs, quote

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from vault.disk.read import opened
from vault.records import Attachment, digest_of
from vault.serve import policy
from vault.serve.answers import ALWAYS, empty, sent, told, whole
from vault.serve.door import Door
from vault.serve.failure import failure_page, seen_of
from vault.serve.guard import Request, decoded, may_listen, refusal
from vault.serve.media import HTML, media_type
from vault.serve.pages import LIVE, Page
from vault.serve.site import Site
from vault.serve.snapshot import MISSING
from vault.serve.state import RefusedError, State
from vault.serve.streams import Client, Streams
from vault.serve.trouble import Trouble

EVENTS = "/__vault/events"
Ask = Callable[[Callable[[], Page | None]], Future[Page | None]]
SCRIPT = Path(__file__).with_name("live.js")


class App:
    """The ASGI application; ``ask`` has a page made in another thread, ``known`` are its own hosts."""

    def __init__(self, site: Site, ask: Ask, streams: Streams, door: Door, known: frozenset[str]) -> None:
        self.site, self.ask, self.streams = site, ask, streams
        self.door, self.known = door, known
        self.script = SCRIPT.read_bytes()
        self.script_tag = f'"{digest_of(self.script)}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(
            scope["method"], scope["raw_path"], scope["query_string"], tuple(map(tuple, scope["headers"]))
        )
        try:
            answer = await self.answer(request, scope)
        except Exception:
            traceback.print_exc()
            answer = empty(500)
        await answer(scope, receive, send)

    async def answer(self, request: Request, scope: Scope) -> Response:
        refused = refusal(request, self.known)
        if refused:
            return empty(refused, allow="GET, HEAD") if refused == 405 else empty(refused)
        path = decoded(request.target)
        if path is None:
            return empty(400)
        if path == LIVE:
            return whole(request, self.script, media_type(path), self.script_tag)
        if path == EVENTS:
            return self.listen(request, scope)
        return await self.file(request, path)

    async def file(self, request: Request, path: str) -> Response:
        """The file of the site at this address."""
        snapshot, key = self.site.state.snapshot, key_of(path)
        if snapshot is None:
            return self.failing(self.site.state.failures)
        if key in snapshot.assets:
            data = snapshot.assets[key]
            return whole(request, data, media_type(key), f'"{digest_of(data)}"')
        if key in snapshot.files:
            return self.attachment(request, key, snapshot.files[key])
        if not snapshot.knows(key) and snapshot.knows(f"{key}/index.html") and not path.endswith("/"):
            query = f"?{request.query.decode('latin-1')}" if request.query else ""
            return empty(307, location=quote(path, safe="/:@!$&'()*+,;=~-._") + "/" + query)
        if moved := self.site.moved(key):  # a reload may be on its way while the stream tells of the move
            return empty(307, location=moved)
        return await self.page(request, key if key in snapshot.outputs else MISSING)

    async def page(self, request: Request, key: str) -> Response:
        try:
            found = await self.made(key)
        except RefusedError as error:
            return self.failing(error.troubles)
        if found is None:  # gone since it was looked up
            moved = self.site.moved(key)
            return empty(307, location=moved) if moved else empty(404)
        if key == MISSING:
            return told(404, found.data, found.media, found.policy)
        return whole(request, found.data, found.media, found.etag, found.policy)

    async def made(self, key: str) -> Page | None:
        """The page as it is now.  Raises RefusedError when it cannot be made and never was."""
        return self.site.ready(key) or await asyncio.wrap_future(self.ask(partial(self.site.make, key)))

    def attachment(self, request: Request, key: str, file: Attachment) -> Response:
        try:
            fd = opened(self.site.vault, file.file)
        except OSError:
            return empty(404)
        media = media_type(key)
        rule = policy.FRAMED if media.startswith(("application/pdf", "application/octet")) else policy.FILE
        return sent(request, fd, media, policy.SVG if media.startswith(("image/svg", "text/html")) else rule)

    def failing(self, troubles: tuple[Trouble, ...]) -> Response:
        """The page that stands for a site that could not be made yet."""
        data = failure_page(troubles, self.site.token, seen_of(troubles))
        return told(500, data, HTML, policy.FAILURE)

    # The stream

    def listen(self, request: Request, scope: Scope) -> Response:
        """The event stream of a page of this server, and of this run of it."""
        query = {key: values[0] for key, values in parse_qs(request.query.decode("latin-1")).items()}
        given, token = query.get("token", "").encode("utf-8"), self.site.token.encode("ascii")
        if not token or not compare_digest(given, token) or not may_listen(request):
            return empty(403)
        headers = {**ALWAYS, "content-type": "text/event-stream; charset=utf-8"}
        if request.method == "HEAD":
            return Response(b"", 200, headers)
        key = key_of(decoded(query.get("page", "/").encode("utf-8")) or "/")
        client = Client(key, partial(self.door.drop, scope.get("client")))
        self.door.carry(scope.get("client"))
        return Listening(self.events(client), client, self.streams, headers)

    async def events(self, client: Client) -> AsyncIterator[bytes]:
        """What the page has to know, now and at every change; a comment now and then."""
        yield b"retry: 500\n\n" + await self.message(client.path)
        while client.open:
            stirred = await client.stirred()
            if client.open:
                yield await self.message(client.path) if stirred else b":\n\n"

    async def message(self, key: str) -> bytes:
        """The state of things as one page sees it; it says everything, so that only the last one counts."""
        state = self.site.state
        seen, troubles = await self.version(state, key)
        document = {
            "seen": seen,
            "go": self.site.moved(key),
            "styles": state.snapshot.styles if state.snapshot else (),
            "failures": [one._asdict() for one in (*state.failures, *troubles)],
            "fresh": [one._asdict() for one in state.fresh],
            "problems": [one._asdict() for one in state.problems],
            "count": state.total,
            "notice": state.notice,
        }
        return b"data: " + json.dumps(document, ensure_ascii=True).encode("ascii") + b"\n\n"

    async def version(self, state: State, key: str) -> tuple[str, tuple[Trouble, ...]]:
        """What names the page that is answered now at a file's address, and why it is not newer."""
        if state.snapshot is None:
            return seen_of(state.failures), ()
        try:
            found = await self.made(key if key in state.snapshot.outputs else MISSING)
        except RefusedError as error:
            return seen_of(error.troubles), error.troubles
        return (found.digest, found.troubles) if found else ("", ())


class Listening(StreamingResponse):
    """The events of one client, which is on the list for as long as they are sent."""

    def __init__(
        self, events: AsyncIterator[bytes], client: Client, streams: Streams, headers: dict[str, str]
    ) -> None:
        super().__init__(events, 200, headers)
        self.client, self.streams = client, streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.streams.enter(self.client)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.streams.leave(self.client)


def key_of(path: str) -> str:
    """The file that a path names: ``/x/`` is ``x/index.html``."""
    return path[1:] + "index.html" if path.endswith("/") else path[1:]
