"""Several people of one process change a programme one after the other."""

from threading import Event, Thread

from karvon.actions.turns import turn


def taking(programme: str, done: Event) -> Thread:
    def take() -> None:
        with turn(programme):
            done.set()

    thread = Thread(target=take)
    thread.start()
    return thread


def test_the_second_waits_for_the_first_and_nobody_for_another_programme() -> None:
    second, elsewhere = Event(), Event()
    with turn("tashkent"):
        waiting = taking("tashkent", second)
        taking("andijan", elsewhere).join(30)
        waiting.join(0.2)
        assert (second.is_set(), elsewhere.is_set()) == (False, True)
    waiting.join(30)
    assert second.is_set()


def test_whoever_fails_lets_the_next_one_in() -> None:
    try:
        with turn("tashkent"):
            raise ValueError
    except ValueError:
        pass
    second = Event()
    taking("tashkent", second).join(30)
    assert second.is_set()
