"""Many tasks over forked processes where that pays, one thing beside another, and a process that helps.

The results are those of one process: what a child that died was at is done again here, so that an error shows
once, and in the process that can tell it.
"""

from vault.workers.aside import PATIENCE, Asked, Result, aside, asked
from vault.workers.helper import Helper, Task, helper
from vault.workers.sharing import PIPE, share

__all__ = ["PATIENCE", "PIPE", "Asked", "Helper", "Result", "Task", "aside", "asked", "helper", "share"]
