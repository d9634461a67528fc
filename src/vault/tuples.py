"""Named tuples without the looking at their types that ``typing.NamedTuple`` does.

Its class is made in a third of the time; the house has a hundred of them, and each build makes them all.
"""

from __future__ import annotations

import collections

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:

    class _Maker(type):
        """Makes a class with annotations into a named tuple with its methods."""

        def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            if not bases:
                return super().__new__(mcs, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body[field] for field in fields if field in body]
            made = collections.namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = fields
            for key, value in body.items():
                if key not in fields and key not in (
                    "__annotations__",
                    "__module__",
                    "__qualname__",
                    "__slots__",
                ):
                    setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """The base of a class whose annotations are to be the fields of a tuple."""


__all__ = ["NamedTuple"]
