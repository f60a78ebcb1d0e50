"""A text is said in the reader's language, or in the nearest there is."""

from karvon.rules.programme.text import Text

BOTH = Text.of({"lv": "Rīga", "en": "Riga", "uz": "Riga"})


def test_a_text_is_said_in_the_language_asked_for() -> None:
    assert (BOTH.say("lv"), BOTH.language_said("lv")) == ("Rīga", "lv")


def test_words_that_are_equal_in_two_languages_keep_their_own_language() -> None:
    assert (BOTH.say("uz"), BOTH.language_said("uz")) == ("Riga", "uz")


def test_a_missing_script_is_said_in_its_sibling_then_in_english_then_in_the_first() -> None:
    assert BOTH.language_said("uz-Cyrl") == "uz"
    assert BOTH.language_said("ru") == "en"
    assert Text.of({"lv": "Rīga"}).language_said("ru") == "lv"


def test_no_text_says_nothing_in_no_language() -> None:
    assert (Text().say("lv"), Text().language_said("lv"), bool(Text())) == ("", "", False)
