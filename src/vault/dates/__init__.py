"""What day is this?  Calendar dates as people write them: no time zone, no clock.

``parse`` reads a header value, ``heading`` a heading that is a date, ``loose`` one that begins or
ends with a date; ``from_filename`` and ``from_folder`` read names.  A date keeps the precision it was
written with; what cannot be a date, or could be two, raises DateError in the first two.
"""

from vault.dates.calendar import (
    DateError,
    days_between,
    full,
    month_name,
    short,
    sort_key,
    text,
    with_year,
)
from vault.dates.places import from_filename, from_folder, year_in
from vault.dates.reading import heading, loose, parse

__all__ = [
    "DateError",
    "days_between",
    "from_filename",
    "from_folder",
    "full",
    "heading",
    "loose",
    "month_name",
    "parse",
    "short",
    "sort_key",
    "text",
    "with_year",
    "year_in",
]
