"""The room ``workers``: what many processes make is what one would have made."""

from __future__ import annotations

import os
import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault import workers
from vault.records import Record
from vault.workers import sharing


class Square(Record, frozen=True):
    of: int
    value: int


def square(number: int) -> Square:
    return Square(number, number * number)


WAYS = ({}, {"here": False}, {"late": True})


@given(count=st.integers(0, 60), jobs=st.integers(1, 4), way=st.sampled_from(WAYS))
def test_every_task_is_done_once_and_by_anybody(count: int, jobs: int, way: dict[str, bool]) -> None:
    done = list(workers.share(count, jobs, square, Square, **way))
    assert sorted(done) == [(number, square(number)) for number in range(count)]


def test_more_tasks_than_a_pipe_holds() -> None:
    count = workers.PIPE * 3 + 1
    assert dict(workers.share(count, 2, square, Square)) == {n: square(n) for n in range(count)}


def test_children_begin_and_the_parent_does_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    begun = tmp_path_factory.mktemp("begun")

    def begin() -> None:
        (begun / str(os.getpid())).touch()

    for _ in workers.share(40, 3, square, Square, begin=begin):
        pass
    assert len(list(begun.iterdir())) == 2
    assert not (begun / str(os.getpid())).exists()


def test_children_can_work_alone() -> None:
    def by(number: int) -> Square:
        return Square(number, os.getpid())

    done = dict(workers.share(40, 2, by, Square, here=False))
    assert len(done) == 40
    assert os.getpid() not in {one.value for one in done.values()}


def test_late_results_are_told_when_all_is_done() -> None:
    done = list[int]()

    def counted(number: int) -> Square:
        done.append(number)
        return square(number)

    found = workers.share(40, 2, counted, Square, late=True)
    first = next(found)
    mine = len(done)
    assert dict([first, *found]) == {n: square(n) for n in range(40)}
    assert len(done) == mine


@pytest.mark.parametrize("way", WAYS, ids=["both", "children", "late"])
def test_what_a_dead_child_left_cut_is_done_again(way: dict[str, bool]) -> None:
    here = os.getpid()

    def dying(number: int) -> Square:
        if os.getpid() != here and number % 5 == 3:
            os._exit(9)
        return square(number)

    assert dict(workers.share(50, 3, dying, Square, **way)) == {n: square(n) for n in range(50)}


@pytest.mark.parametrize("way", WAYS, ids=["both", "children", "late"])
def test_an_error_is_raised_once_in_this_process(
    monkeypatch: pytest.MonkeyPatch, way: dict[str, bool]
) -> None:
    forked, fork = list[int](), os.fork

    def recorded() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", recorded)

    def failing(number: int) -> Square:
        if number == 31:
            raise ValueError(f"{number} in {os.getpid()}")
        return square(number)

    with pytest.raises(ValueError, match=f"31 in {os.getpid()}"):
        list(workers.share(50, 2, failing, Square, **way))
    for pid in forked:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_work_aside_is_done_by_another_process() -> None:
    with workers.aside(lambda: Square(3, os.getpid()), Square) as result:
        mine = square(2)
        assert (mine.value, result().of) == (4, 3)
    with workers.aside(lambda: Square(3, os.getpid()), Square) as result:
        assert result().value != os.getpid()


def test_patient_work_lets_others_go_first() -> None:
    here = os.nice(0)
    for patient, more in ((False, 0), (True, workers.PATIENCE)):
        with workers.aside(lambda: square(os.nice(0)), Square, patient=patient) as result:
            assert result().of == min(here + more, 19)
    assert os.nice(0) == here


def test_work_is_done_here_where_there_are_no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with workers.aside(lambda: Square(3, os.getpid()), Square) as result:
        assert result() == Square(3, os.getpid())


def test_work_aside_is_done_here_where_its_process_dies() -> None:
    here = os.getpid()

    def dying() -> Square:
        if os.getpid() != here:
            os._exit(9)
        return square(5)

    with workers.aside(dying, Square) as result:
        assert result() == square(5)


def test_work_aside_that_nobody_waits_for_leaves_no_process() -> None:
    with pytest.raises(LookupError), workers.aside(lambda: square(3), Square):
        raise LookupError
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_question_is_answered_by_another_process() -> None:
    with workers.asked(lambda of: Square(of.of, os.getpid()), Square, Square) as asked:
        asked.ask(square(3))
        answer = asked()
        assert answer is not None
        assert answer.of == 3 and answer.value != os.getpid()


def test_a_process_that_was_forked_since_may_ask() -> None:
    with workers.asked(lambda text: square(len(text)), str, Square) as asked:

        def asking(number: int) -> Square:
            asked.ask("x" * 1_000_000)
            return square(number)

        assert dict(workers.share(1, 1, asking, Square, here=False)) == {0: square(0)}
        assert asked() == square(1_000_000)


@pytest.mark.parametrize("question", [True, False])
def test_no_answer_is_none_and_leaves_no_process(question: bool) -> None:
    def dying(_: Square) -> Square:
        os._exit(9)

    with workers.asked(dying, Square, Square) as asked:
        if question:
            asked.ask(square(3))
        assert asked() is None
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_nobody_answers_where_there_are_no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with workers.asked(square, int, Square) as asked:
        asked.ask(3)
        assert asked() is None


def test_nobody_is_waited_for_where_something_went_wrong() -> None:
    def slow(_: int) -> Square:
        time.sleep(60)
        return square(0)

    def failing() -> None:
        with workers.aside(partial(slow, 1), Square), workers.asked(slow, int, Square) as asked:
            asked.ask(1)
            raise LookupError

    began = time.monotonic()
    with pytest.raises(LookupError):
        failing()
    assert time.monotonic() - began < 30


def test_a_cut_result_is_none() -> None:
    file = os.memfd_create("results")
    try:
        sharing.save(file, 7, b"whole")
        os.write(file, sharing.HEAD.pack(8, 100) + b"cut")
        inbox = sharing.Inbox(file)
        assert list(inbox.new()) == [(7, b"whole")] and list(inbox.new()) == []
        os.write(file, b"." * 97)
        assert list(inbox.new()) == [(8, b"cut" + b"." * 97)]
    finally:
        os.close(file)


def tasks() -> dict[str, workers.Task]:
    done: list[int] = []

    def counted(of: Square) -> Square:
        done.append(of.of)
        return Square(of.of, len(done))

    return {
        "square": workers.Task(Square, counted),
        "where": workers.Task(type(None), lambda _: os.getpid()),
        "length": workers.Task(bytes, len),
        "long": workers.Task(int, lambda size: b"x" * size),
        "nice": workers.Task(type(None), lambda _: os.nice(0)),
        "wrong": workers.Task(type(None), lambda _: 1 // 0),
        "read": workers.Task(int, lambda reading: os.read(reading, 1)),
    }


def test_a_helper_does_one_thing_after_another_in_a_process_that_stays() -> None:
    with workers.helper(tasks()) as helper:
        first, second, where, again = (
            helper.ask("square", square(3)),
            helper.ask("square", square(4)),
            helper.ask("where"),
            helper.ask("where"),
        )
        assert helper.answer(where, int) == helper.answer(again, int) != os.getpid()
        assert helper.answer(second, Square) == Square(4, 2)
        assert helper.answer(first, Square) == helper.answer(first, Square) == Square(3, 1)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_long_questions_and_answers_do_not_stand_in_each_others_way() -> None:
    size = 3_000_000
    with workers.helper(tasks()) as helper:
        asked = [helper.ask("long", size), helper.ask("length", b"x" * size), helper.ask("long", size)]
        asked.append(helper.ask("length", b"x" * size))
        assert [len(helper.answer(number, bytes) or b"") for number in asked[::2]] == [size, size]
        assert [helper.answer(number, int) for number in asked[1::2]] == [size, size]


def test_it_shows_when_an_answer_is_near() -> None:
    reading, writing = os.pipe()
    with workers.helper(tasks()) as helper:
        first, second, third = (
            helper.ask("square", square(1)),
            helper.ask("read", reading),
            helper.ask("where"),
        )
        while not helper.is_near(first):
            time.sleep(0.001)
        assert not helper.is_near(second) and not helper.is_near(third)
        os.write(writing, b"x")
        while not helper.is_near(third):
            time.sleep(0.001)
        assert helper.is_near(first) and helper.is_near(second)
        assert helper.answer(second, bytes) == b"x"
    os.close(reading)
    os.close(writing)


def test_a_helper_that_died_answers_nothing_more() -> None:
    with workers.helper(tasks()) as helper:
        first, wrong, lost = helper.ask("square", square(2)), helper.ask("wrong"), helper.ask("where")
        assert helper.answer(lost, int) is None and helper.answer(wrong, int) is None
        assert helper.answer(first, Square) == Square(2, 1)
        late = helper.ask("length", b"x" * 100_000)
        assert helper.is_near(late) and helper.answer(late, int) is None


def test_a_helper_can_let_others_go_first() -> None:
    with workers.helper(tasks(), patient=True) as helper:
        assert helper.answer(helper.ask("nice"), int) == min(os.nice(0) + workers.PATIENCE, 19)


def test_without_forks_nobody_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    with workers.helper(tasks()) as helper:
        asked = helper.ask("square", square(3))
        assert not helper.is_near(asked) and helper.answer(asked, Square) is None
