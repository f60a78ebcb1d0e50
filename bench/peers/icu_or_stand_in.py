"""Lets ``normality`` be imported where PyICU is not installed: it has no wheel, so it is left out of the lock.

rigour 2 and logic-v2 transliterate Latin and Cyrillic by themselves. ``normality`` asks ICU only for what is left, and
anyascii answers that here. On the judged lists the scores are the same with PyICU, which is used where it is there.
"""

import sys
from importlib.util import find_spec
from types import ModuleType

from anyascii import anyascii


class Transliterator:
    """The one class of PyICU that is asked for."""

    @staticmethod
    def createInstance(rule: str) -> "Transliterator":
        return Transliterator()

    @staticmethod
    def transliterate(text: str) -> str:
        return anyascii(text)


if find_spec("icu") is None:
    module = ModuleType("icu")
    vars(module)["Transliterator"] = Transliterator
    sys.modules["icu"] = module
