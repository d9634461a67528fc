"""Which part of a name is the family's."""

from __future__ import annotations

import pytest

from vault.people import Person, split, surname


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Edward J. Hu", Person("Edward J.", "Hu")),
        ("Hu, Edward J.", Person("Edward J.", "Hu")),
        ("Laurens van der Maaten", Person("Laurens", "van der Maaten")),
        ("van der Maaten, Laurens", Person("Laurens", "van der Maaten")),
        ("Sammy  Davis Jr.", Person("Sammy", "Davis", "Jr.")),
        ("Kimi Team", Person("", "Kimi Team")),
        ("Moonshot AI", Person("", "Moonshot AI")),
        ("OpenAI", Person("", "OpenAI")),
        ("de Moura", Person("de", "Moura")),
        ("", Person("", "")),
    ],
)
def test_a_name_is_split_where_its_family_name_begins(name: str, person: Person) -> None:
    assert split(name) == person
    assert surname(name) == person.family
