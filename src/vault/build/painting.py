"""Pages made by a helper, so that this process need not load what makes them."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from vault import disk, workers
from vault.records import Templates
from vault.records.views import FeedPage, Page, Picture

if TYPE_CHECKING:
    from vault.render import Engine

View = Page | FeedPage | Picture
READY, TEMPLATES, VIEW = "ready", "templates", "view"


class Painter:
    """What the helper does."""

    def __init__(self) -> None:
        self.engine: Engine | None = None

    def ready(self, _: None) -> None:
        from vault.render import engine  # noqa: F401, PLC0415 - 0.1 s of libraries

    def take(self, templates: Templates) -> None:
        from vault import render  # noqa: PLC0415 - as above

        self.engine = render.engine(templates, disk.Codes())

    def page(self, view: bytes) -> bytes:
        """The page of a view, which is pickled: of its fields some are of a type that nothing but the value
        tells."""
        assert self.engine is not None
        return self.engine.page(pickle.loads(view))


def tasks() -> dict[str, workers.Task]:
    by, nothing = Painter(), type(None)
    return {
        READY: workers.Task(nothing, by.ready),
        TEMPLATES: workers.Task(Templates, by.take),
        VIEW: workers.Task(bytes, by.page),
    }


def begin(helper: workers.Helper, templates: Templates) -> None:
    """Pages are to be made with these."""
    helper.ask(TEMPLATES, templates)


def ask(helper: workers.Helper, view: View) -> int:
    """The number by which its page is to be heard."""
    return helper.ask(VIEW, pickle.dumps(view))


def told(helper: workers.Helper, number: int) -> bytes | None:
    """None where the helper did not make it: there is none any more, or the view or a template is wrong."""
    return helper.answer(number, bytes)
