"""Named tuples, made quickly.

``typing.NamedTuple`` looks at types, and ``collections.namedtuple`` compiles a constructor for each class,
0.1 ms.  The house has over a hundred of them; a build makes half, and fills a few.  Here a constructor is
compiled when the first tuple of its class is made.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NamedTuple, Self
else:

    class _Maker(type):
        """Makes a class with annotations into a named tuple with its methods."""

        def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = tuple(body.get("__annotations__", ()))
            body["_field_defaults"] = {field: body[field] for field in fields if field in body}
            body["_fields"] = body["__match_args__"] = fields
            body["__slots__"] = ()
            for at, field in enumerate(fields):
                body[field] = _tuplegetter(at, None)
            return type(name, (_Tuple,), body)

    class NamedTuple(metaclass=_Maker):
        """The base of a class whose annotations are to be the fields of a tuple."""


class _Tuple(tuple):  # type: ignore[type-arg]
    """What ``collections.namedtuple`` gives a class."""

    __slots__ = ()
    if TYPE_CHECKING:  # what a class is annotated with, msgspec takes for its fields
        _fields: tuple[str, ...]
        _field_defaults: dict[str, Any]

    def __new__(cls, *given: Any, **named: Any) -> Self:
        """The first of a class; the others are made by the constructor that this one leaves."""
        own = next(one for one in cls.__mro__ if "_fields" in vars(one))
        made: Any = staticmethod(_constructor(own))
        own.__new__ = made  # type: ignore[method-assign]
        return made(cls, *given, **named)  # type: ignore[no-any-return]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, and these are {len(made)}")
        return made

    def _replace(self, **others: Any) -> Self:
        made = self._make(map(others.pop, self._fields, self))
        if others:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(others)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        fields = (f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({', '.join(fields)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


def _constructor(cls: type[_Tuple]) -> Any:
    """Takes the fields by place or by name."""
    fields = ", ".join(cls._fields)
    source = f"lambda _cls, {fields}: _new(_cls, ({fields}{',' if fields else ''}))"
    made = eval(source, {"_new": tuple.__new__, "__builtins__": {}})  # as collections does
    made.__defaults__ = tuple(cls._field_defaults.values())
    made.__name__, made.__qualname__ = "__new__", f"{cls.__qualname__}.__new__"
    return made


__all__ = ["NamedTuple"]
