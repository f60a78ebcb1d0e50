"""Names in the orders and shapes lists have them in."""

import pytest

from karvon.rules.names.parse import parse


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Umarov Islom Fozil o'g'li", ("umarov", "islom", "fozil", "m")),
        ("УМАРОВ ИСЛАМ ФАЗЫЛ УГЛИ", ("umarov", "islam", "fazil", "m")),
        ("Карим қизи", ("", "", "karim", "f")),
        ("Анора Карим қизи Исмоилова", ("ismoilov", "anora", "karim", "f")),
        ("Пак Олег Сергеевич", ("pak", "oleg", "serg", "m")),
        ("Андрей Алексеевич Попов", ("popov", "andrei", "alek", "m")),
        ("Karimova Adolat G'ofurovna", ("karimov", "adolat", "gofur", "f")),
        ("Umarovs Nuriddins Sobir ugli", ("umarov", "nuridin", "sobir", "m")),
        ("ТОШМАТОВ НУРИДДИН ЛАЗИЗОИВЧ", ("tošmatov", "nuridin", "laziz", "m")),
        ("Oripov, Ziyod", ("oripov", "ziod", "", "m")),
        ("Normunds Vītols", ("vitol", "normund", "", "")),
        ("Витолс Нормундс", ("vitol", "normund", "", "")),
        ("Paka Irina", ("pak", "irina", "", "f")),
        ("Irina Ivanova", ("ivanov", "irina", "", "f")),
        ("Ieva Kalniņa", ("kalnin", "ieva", "", "f")),
        ("Ozola Ilze", ("ozol", "ilze", "", "f")),
        ("Eglīte Anna", ("eglitis", "ana", "", "f")),
        ("Jānis Liepa", ("liepa", "yanis", "", "")),
        ("Dombrovskis Valdis", ("dombrovski", "valdis", "", "m")),
        ("Ûldašev Âkub", ("yuldašev", "yakub", "", "m")),
        ("Prof. Dr. Aziz Karimov", ("karimov", "aziz", "", "m")),
        ("Hurmatli Karimova Dildora opa", ("karimov", "dildora", "", "f")),
        ("Каримов Азиз ака", ("karimov", "aziz", "", "m")),
        ("t.f.d., prof. Karimov Aziz", ("karimov", "aziz", "", "m")),
        ("KARIMOV AZIZ SOBIROVICH (director)", ("karimov", "aziz", "sobir", "m")),
        ("Karimov Aziz tel 90 123 45 67", ("karimov", "aziz", "", "m")),
    ],
)
def test_full_names_are_parsed_in_any_order(written: str, parts: tuple[str, str, str, str]) -> None:
    name = parse(written)
    assert (name.surname, name.given, name.father, name.gender) == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Karimov A.", ("karimov", "a", "")),
        ("А. Б. Каримов,", ("karimov", "a", "b")),
        ("Yodgorov Sh.Yo.", ("yodgorov", "š", "y")),
        ("Ibragimovs Dž. A.", ("ibragimov", "j", "a")),
        ("Каримова А.Ў.", ("karimov", "a", "o")),
        ("Karimov AB", ("karimov", "a", "b")),
        ("к.э.н. Каримов А.С.", ("karimov", "a", "s")),
        ("Каримов А.С., к.ф.-м.н.", ("karimov", "a", "s")),
        ("i.f.n. Karimov A.", ("karimov", "a", "")),
        ("D.N. Karimov", ("karimov", "d", "n")),
    ],
)
def test_initials_also_of_two_letters_are_parsed(written: str, parts: tuple[str, str, str]) -> None:
    name = parse(written)
    assert (name.surname, name.given_initial, name.father_initial) == parts


@pytest.mark.parametrize(
    "written",
    ["", "   ", "12345", "-", "\x00\x01", "…", "№ 7", "Нет данных", "(n/a)", "Maʼlumot yoʻq", "nav zināms"],
)
def test_what_is_no_name_has_no_parts(written: str) -> None:
    name = parse(written)
    assert (name.surname, name.given, name.given_initial) == ("", "", "")
