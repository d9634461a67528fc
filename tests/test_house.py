"""The code is the map: imports go down only, every module has a floor, guests stay in their room."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

import vault

SRC = Path(vault.__file__).parent
FLOOR_OF = {room: floor for floor, rooms in vault.FLOORS.items() for room in rooms}
MAP_NAMES = {"FLOORS", "GUESTS", "__version__"}
MODULES = sorted(SRC.rglob("*.py"))


def room_of(path: Path) -> str:
    """``parse/log.py`` and ``plan.py`` stand in the rooms ``parse`` and ``plan``."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every module that a file imports, at any depth, by its full dotted name."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that the map can be read"
            module = node.module or ""
            names |= {f"{module}.{a.name}" for a in node.names} if module == "vault" else {module}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_imports_go_down(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    assert room in FLOOR_OF, f"{room} has no floor: put it on the map in vault/__init__.py"
    for name in imported(path):
        if not name.startswith("vault."):
            continue
        other = name.split(".")[1]
        if other == room or other in MAP_NAMES:
            continue
        assert other in FLOOR_OF, f"{path}: imports {name}, which has no floor"
        assert FLOOR_OF[other] < FLOOR_OF[room], f"{room} may not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_guests_stay_in_their_room(path: Path) -> None:
    for name in imported(path):
        top = name.split(".")[0]
        if top == "vault" or top in sys.stdlib_module_names:
            continue
        assert top in vault.GUESTS, f"{path}: {top} is a guest without a room"
        assert room_of(path) in vault.GUESTS[top], f"{path}: {top} lives in {vault.GUESTS[top]}"


def test_every_room_on_the_map_exists() -> None:
    rooms = {room_of(path) for path in MODULES}
    assert set(FLOOR_OF) <= rooms, sorted(set(FLOOR_OF) - rooms)


def test_the_map_draws_every_room_on_its_floor() -> None:
    drawn, floor = {}, -1
    for found in re.finditer(r"^ (\d| )  ([a-z_]+) {2,}\S", vault.__doc__ or "", re.MULTILINE):
        floor = int(found[1]) if found[1].strip() else floor
        drawn[found[2]] = floor
    assert drawn == {room: floor for room, floor in FLOOR_OF.items() if room != "__main__"}
