"""THE SENTENCE: how notes become a site, from top to bottom (``story.py``)."""

from vault.build.around import Look
from vault.build.glimpse import Glimpse, glance
from vault.build.job import Job, Mark, Options, Progress, silent
from vault.build.story import build, sentence
from vault.build.survey import Survey, live, live_job, look_live, parse_all, search, survey

__all__ = [
    "Glimpse",
    "Job",
    "Look",
    "Mark",
    "Options",
    "Progress",
    "Survey",
    "build",
    "glance",
    "live",
    "live_job",
    "look_live",
    "parse_all",
    "search",
    "sentence",
    "silent",
    "survey",
]
