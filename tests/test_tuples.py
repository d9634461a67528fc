"""Named tuples of the house are what ``typing.NamedTuple`` makes, sooner."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from vault import tuples


class Place(tuples.NamedTuple):
    """Where."""

    line: int
    column: int = 1
    note: str = ""

    @property
    def shown(self) -> str:
        return f"{self.line}:{self.column}"


class Known(typing.NamedTuple):
    line: int
    column: int = 1
    note: str = ""


class Nearer(Place):
    """A place with more to it."""

    def twice(self) -> int:
        return self.line * 2


@pytest.mark.parametrize(("given", "named"), [((3,), {}), ((3, 4), {"note": "x"}), ((), {"line": 3})])
def test_it_is_filled_like_any_other(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    made, known = Place(*given, **named), Known(*given, **named)
    assert made == known == tuple(made)
    assert made._asdict() == known._asdict()
    assert repr(made) == repr(known).replace("Known", "Place")
    assert (made.line, made.column, made.note) == tuple(known)
    assert made._replace(column=9) == known._replace(column=9)
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), ((1, 2, "3", 4), {}), ((1,), {"line": 1}), ((1,), {"x": 1})]
)
def test_what_does_not_fit_is_refused(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (Place, Known):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_it_says_what_it_is_made_of() -> None:
    assert Place._fields == Known._fields == Place.__match_args__
    assert Place._field_defaults == Known._field_defaults
    assert Place.__doc__ == "Where."
    assert Place.__annotations__.keys() == Known.__annotations__.keys()
    assert (Place(2).shown, isinstance(Place(2), tuple)) == ("2:1", True)
    match Place(2, 3):
        case Place(line, column=3):
            assert line == 2
        case _:
            pytest.fail("it matches by place and by name")


def test_an_heir_may_be_the_first_that_is_filled() -> None:
    class Base(tuples.NamedTuple):
        one: int

    class Heir(Base):
        pass

    assert (Heir(1), type(Heir(2)), type(Base(3))) == ((1,), Heir, Base)
    assert Nearer(4, note="x").twice() == 8


@pytest.mark.parametrize("kind", [Place, Known])
def test_a_change_of_a_field_that_is_none_is_refused(kind: Any) -> None:
    with pytest.raises(ValueError, match="page"):
        kind(1)._replace(page=2)
    with pytest.raises(TypeError):
        kind._make((1, 2))
