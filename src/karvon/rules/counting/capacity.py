"""How many people at most can be made of pieces that are not enough alone, when a session counts once for each."""

from collections.abc import Iterable
from itertools import accumulate


def most_people(sessions: Iterable[Iterable[int]], needed: int) -> int:
    """The most people who reach ``needed``, each taking at most one piece of every session.

    ``sessions`` holds the worth of each piece. ``k`` people together take at most the ``k`` best pieces of every
    session, so ``k * needed`` may not exceed their sum; that is all the answer asks, so it is never too low.
    """
    sums = [[0, *accumulate(sorted(pieces, reverse=True))] for pieces in sessions]
    longest = max((len(one) - 1 for one in sums), default=0)
    # What k people can take grows ever slower with k: the k that are possible are an unbroken run from 0.
    low, high = 0, longest
    while low < high:
        k = (low + high + 1) // 2
        if sum(one[min(k, len(one) - 1)] for one in sums) >= k * needed:
            low = k
        else:
            high = k - 1
    return low
