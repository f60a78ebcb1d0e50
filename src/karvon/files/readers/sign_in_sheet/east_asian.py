"""Texts of Chinese, Japanese and Korean written in two bytes a sign, before Unicode."""

from collections.abc import Callable
from typing import Final

_FEWEST_SIGNS: Final = 4


def _korean(lead: int, trail: int) -> bool:
    return 0xB0 <= lead <= 0xC8 and trail >= 0xA1


def _chinese(lead: int, trail: int) -> bool:
    return (0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3) and trail >= 0xA1


def _taiwanese(lead: int, trail: int) -> bool:
    return 0xA1 <= lead <= 0xC6 and (0x40 <= trail <= 0x7E or trail >= 0xA1)


def _japanese(lead: int, trail: int) -> bool:
    return 0x81 <= lead <= 0x98 and trail >= 0x40


_KINDS: Final[tuple[tuple[str, Callable[[int, int], bool], float], ...]] = (
    ("cp949", _korean, 0.95),
    ("cp932", _japanese, 0.9),
    ("gb18030", _chinese, 0.85),
    ("big5hkscs", _taiwanese, 0.9),
)


def east_asian(data: bytes, sample: bytes) -> tuple[str, str] | None:
    """The text and its encoding, when every byte fits and nearly all signs are the usual ones; else ``None``.

    Letters of an alphabet fail: a word of an odd number of them breaks the pairs.
    """
    for name, usual, share in _KINDS:
        if _share(sample, usual) >= share:
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                continue
    return None


def _share(sample: bytes, usual: Callable[[int, int], bool]) -> float:
    signs = good = at = 0
    while at < len(sample) - 1:
        if sample[at] < 0x80:
            at += 1
            continue
        signs += 1
        good += usual(sample[at], sample[at + 1])
        at += 2
    return good / signs if signs >= _FEWEST_SIGNS else 0.0
