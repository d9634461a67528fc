"""``vault serve``: watch, answer, tell the browser; one process that ends when it is asked to."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from vault import heap
from vault.build import Look, Options, Progress, look_live
from vault.disk.names import is_note
from vault.records import Vault, VaultError, changed
from vault.serve import pace, ports
from vault.serve.app import App
from vault.serve.door import Door
from vault.serve.guard import hosts
from vault.serve.memory import Clock, MovedError, own_folder
from vault.serve.quiet import Quiet, configured
from vault.serve.saves import Saves
from vault.serve.site import Site
from vault.serve.state import State
from vault.serve.streams import Streams
from vault.serve.watcher import Change, Duties, Watcher
from vault.serve.worker import Worker
from vault.tuples import NamedTuple

T = TypeVar("T")
Tell = Callable[[str], None]
AWHILE = 0.2
"""Seconds that a look at the whole vault waits for saved notes to be shown."""
PATIENCE = 0.25
"""Seconds that threads get to end."""


class Wishes(NamedTuple):
    """What the command line asks for; ``port`` None is the first free one, ``host`` "" this machine alone."""

    watch: bool = False
    port: int | None = None
    host: str = ""
    allow: tuple[str, ...] = ()
    browse: bool = False


class Serving:
    """All parts of one run, put together.  ``tell`` prints a line."""

    def __init__(self, vault: Vault, options: Options, folder: str, wishes: Wishes, tell: Tell) -> None:
        self.vault, self.wishes, self.tell = vault, wishes, tell
        self.options = changed(options, jobs=1)  # forking is for a process without threads
        self.clock, self.worker, self.maker = Clock(folder), Worker(), Worker("vault-pages")
        self.saves, self.before = Saves(), dict[str, str]()
        self.streams, self.door = Streams(), Door()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.server: Quiet | None = None
        token = secrets.token_urlsafe(24) if wishes.watch else ""
        self.site = self.worker.ask(
            partial(Site, vault, self.options, folder, token, self.streams.paths)
        ).result()
        duties = Duties(self.look, self.publish, self.hold, tell, self.tidy, self.saved)
        self.watcher = Watcher(vault, duties)

    def look(self) -> Look:
        self.saves.wait(AWHILE)  # a reader waits for them, and there is one interpreter
        return look_live(self.vault, self.options, self.clock.now())

    def first(self) -> pace.Base | None:
        """The first survey, and what it was made from; None when the vault could not even be looked at,
        and is watched until it can.

        Raises VaultError when nothing can be served and nothing is watched.
        """
        looked: Look | VaultError
        base = None
        try:
            looked = self.look()
            base = pace.based(looked)  # before the survey: what changes meanwhile has another digest
        except VaultError as error:
            looked = error
        state = self.worker.ask(partial(self.site.rebuild, looked)).result()
        if state.snapshot is None and not self.wishes.watch:
            first = state.failures[0]
            place = f"{first.place}: " if first.place else ""
            raise VaultError(f"{place}{first.message}", hint=first.hint)
        self.tell_failures(state)
        return base

    def publish(self, change: Change) -> bool:
        """In the watcher's thread: a survey, then the word to every page that is open.  False when the
        vault has changed meanwhile."""
        self.mind()
        for file in change.notes:
            self.saved(file)
        survey = partial(self.site.rebuild, change.looked, patient=change.patient)
        try:
            state = self.worker.ask(survey).result()
        except MovedError:
            return False
        self.saves.over()
        self.stir()
        if state.failures:
            self.tell_failures(state)
        else:
            self.account(change)
        return True

    def ask(self, use: Callable[[], T]) -> Future[T]:
        """Have a page made, beside a survey that goes on, where the index allows it."""
        return self.maker.ask(lambda: use() if self.site.apart else self.worker.ask(use).result())

    def saved(self, file: str) -> None:
        """In any thread: a file was saved; if it is a note, its own page comes before the survey."""
        if is_note(file) and self.saves.add(file):
            self.mind()
            self.ask(partial(self.glance, file))

    def glance(self, file: str) -> None:
        self.saves.begin(file)
        try:
            if self.site.glance(file):
                self.stir()
        finally:
            self.saves.end()

    def mind(self) -> None:
        """Keep in mind what open pages were before something changed."""
        for path, version in self.versions():
            self.before.setdefault(path, version)

    def account(self, change: Change) -> None:
        """One line: what changed, how many of the open pages, how long it took from the first hint."""
        before, self.before = self.before, {}
        changed = sum(before[path] != version for path, version in self.versions() if path in before)
        pages = [f"{changed} page{'' if changed == 1 else 's'}"] if before else []
        took = f"{(time.monotonic() - change.began) * 1000:.0f} ms"
        self.tell(" - ".join([change.words or "the vault", *pages, took]))

    def versions(self) -> Iterator[tuple[str, str]]:
        """The open pages, and what names their content."""
        for path in self.streams.paths():
            page = self.site.pages.get(path)
            yield path, page.digest if page else ""

    def hold(self, notice: str) -> None:
        """In the watcher's thread: say why the site stays as it is, or (with nothing) that this is over."""
        self.worker.ask(partial(self.site.hold, notice)).result()
        self.tell(f"waiting: {notice}" if notice else "the notes are back")
        self.stir()

    def tidy(self) -> None:
        """In the watcher's thread: use a quiet moment."""
        self.worker.ask(self.site.prepare).result()

    def stir(self) -> None:
        if self.loop:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self.loop.call_soon_threadsafe(self.streams.stir)

    def tell_failures(self, state: State) -> None:
        for trouble in state.failures:
            place = f"{trouble.place}: " if trouble.place else ""
            self.tell(f"not built: {place}{trouble.message}" + (f"; {trouble.hint}" if trouble.hint else ""))

    def run(self, sockets: list[socket.socket], base: pace.Base | None, ready: Tell) -> int:
        """Answer until a signal ends it; the signal's number."""
        port = sockets[0].getsockname()[1]
        app = App(
            self.site, self.ask, self.streams, self.door, hosts(port, self.wishes.host, self.wishes.allow)
        )

        async def main() -> None:
            self.loop = asyncio.get_running_loop()
            self.server = Quiet(configured(app, self.door), self.end)
            if self.wishes.watch:
                self.watcher.start(base)
            ready(address(self.wishes.host, port))
            await self.server.serve(sockets)

        try:
            asyncio.run(main())
        finally:
            self.close(sockets)
        return self.server.signal if self.server else 0

    def end(self) -> None:
        """In the event loop, when the server ends: nothing keeps a connection open."""
        self.streams.end()
        self.door.close()

    def stop(self) -> None:
        """End the server, from any thread."""
        if self.loop and self.server:
            with contextlib.suppress(RuntimeError):
                self.loop.call_soon_threadsafe(self.server.stop)

    def close(self, sockets: list[socket.socket]) -> None:
        """Nothing is left open: the port is free, the threads have ended or end with the process."""
        for one in sockets:
            one.close()
        self.watcher.cease()
        self.worker.ask(self.site.close)
        over = self.worker.stop(PATIENCE) and self.maker.stop(PATIENCE)
        self.watcher.stop(PATIENCE)
        if over:
            self.clock.close()


def address(host: str, port: int) -> str:
    name = "localhost" if host in ("", "0.0.0.0", "::", *ports.LOOPBACK) else host
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def serve(
    vault: Vault, options: Options, wishes: Wishes, tell: Tell, progress: Progress | None = None
) -> int:
    """Serve the vault until a signal comes; its number.  Raises VaultError when it cannot be served."""
    heap.share()
    first = settings_port(vault, options)
    sockets = ports.listening(wishes.host, wishes.port, first)
    try:
        with own_folder(vault, options, progress) as folder:
            serving = Serving(vault, options, folder, wishes, tell)
            return serving.run(sockets, serving.first(), partial(started, serving))
    finally:
        for one in sockets:
            one.close()


def started(serving: Serving, where: str) -> None:
    """One line: what is served, where, how it ends."""
    snapshot, wishes = serving.site.state.snapshot, serving.wishes
    if wishes.host not in ("", *ports.LOOPBACK):
        serving.tell(
            f"warning: every machine that reaches {wishes.host} can read these notes, drafts included"
        )
        if wishes.host in ("0.0.0.0", "::") and not wishes.allow:
            serving.tell(
                "warning: only this machine is answered until --allow-host names what others call it"
            )
    notes = len(snapshot.survey.catalog.notes) if snapshot else 0
    what = f"{notes:,} note{'' if notes == 1 else 's'}" if snapshot else "not built yet"
    how = "watching" if wishes.watch else "not watching (--watch does)"
    serving.tell(f"{what} - {where} - {how}; Ctrl-C ends")
    if wishes.browse:
        threading.Thread(target=webbrowser.open, args=(where,), daemon=True).start()


def settings_port(vault: Vault, options: Options) -> int:
    """The port of ``vault.toml``, or the usual one."""
    try:
        return look_live(vault, options, 0).settings.serve_port or ports.FIRST
    except VaultError:
        return ports.FIRST
