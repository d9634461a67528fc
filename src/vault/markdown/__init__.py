"""Markdown: a body as safe fragments and open slots, one syntax a file.

``render`` makes a note's body, ``inline`` a title or summary, ``outline`` shows how a log or a reading
list is built, ``published`` takes comments out, ``recall`` learns from a body made earlier.  What papers
and addresses are is asked of ``Helpers``.
"""

from vault.markdown.code import recall
from vault.markdown.helpers import Helpers
from vault.markdown.outline import outline
from vault.markdown.published import published
from vault.markdown.render import inline, render

__all__ = ["Helpers", "inline", "outline", "published", "recall", "render"]
