"""One organisation, one key; places and positions alike."""

import pytest

from karvon.rules.names.organisation import organisation_key, parse_organisation
from karvon.rules.names.place import place_of
from karvon.rules.names.position import position_key


@pytest.mark.parametrize(
    "written",
    ["Махсустранс", "Maxsustrans", "Makhsustrans", "Mahsustrans", "Махсустранc", "“Махсустранс” ДУК", "SUE Maxsustrans",
     "ГУП «Махсустранс» Фергана", "ООО Махсус транс", "Makhsustrans, Tashkent city"],
)  # fmt: skip
def test_makhsustrans_has_one_key(written: str) -> None:
    assert organisation_key(written) == organisation_key("Махсустранс")


@pytest.mark.parametrize(("one", "two"), [("LLU", "LU"), ("Ekodoma", "ZAAO"), ("Махсустранс", "Сувокова")])
def test_two_organisations_keep_two_keys(one: str, two: str) -> None:
    assert organisation_key(one) != organisation_key(two)


@pytest.mark.parametrize(
    "written", ["12-maktab", "Школа №12", "12-maktab, Toshkent", "Maktab № 012", "school 12."]
)
def test_a_school_is_told_from_others_by_its_number(written: str) -> None:
    assert organisation_key(written) == "#12 +school"


@pytest.mark.parametrize("written", ["NEK 2017", "NEK, 71-203-11-22", "NEK 12.10.2018", "NEK 12/3"])
def test_years_telephones_and_dates_are_no_part_of_a_name(written: str) -> None:
    assert organisation_key(written) == organisation_key("NEK")


@pytest.mark.parametrize(
    "written",
    ["Fergana", "Fergāna", "Fargʻona", "Farg'ona viloyati", "Фергана", "Фарғона", "Ферганская область"],
)
def test_fergana_is_one_place(written: str) -> None:
    assert place_of(written) == "fergana"


@pytest.mark.parametrize("written", ["Margilāna", "Margʻilon", "Маргилан", "Марғилон шаҳри", "Margilan city"])
def test_a_town_the_catalogue_does_not_have_is_one_place(written: str) -> None:
    assert place_of(written) == place_of("Margilana")


@pytest.mark.parametrize(
    ("one", "two"), [("Marhamat", "Margʻilon"), ("Urgut", "Urganch"), ("Denov", "Boysun")]
)
def test_two_towns_are_two_places(one: str, two: str) -> None:
    assert place_of(one) != place_of(two)


@pytest.mark.parametrize(
    "written",
    ["bosh mutaxassis", "бош мутахассис", "гл. специалист", "chief specialist", "galvenais speciālists"],
)
def test_a_chief_specialist_is_one_in_every_language(written: str) -> None:
    assert position_key(written) == position_key("главный специалист")


ORGANISATIONS = [
    "Adliya vazirligi | Адлия вазирлиги | Министерство юстиции | Ministry of Justice | Tieslietu ministrija",
    "Sogʻliqni saqlash vazirligi | Соғлиқни сақлаш вазирлиги | Министерство здравоохранения | Ministry of Health",
    "Xalq ta'limi vazirligi | Халқ таълими вазирлиги | Мин. народного образования | Ministry of Public Education",
    "Oliy taʼlim vazirligi | Олий таълим вазирлиги | Министерство высшего образования | Ministry of Higher Education",
    "Maktabgacha taʼlim vazirligi | Министерство дошкольного образования | Ministry of Preschool Education",
    "Ichki ishlar vazirligi | Ички ишлар вазирлиги | Министерство внутренних дел | Ministry of Internal Affairs",
    "Tashqi ishlar vazirligi | Ташқи ишлар вазирлиги | Министерство иностранных дел | Ministry of Foreign Affairs",
    "Madaniyat vazirligi | Маданият вазирлиги | Министерство культуры | Kultūras ministrija",
    "Iqtisodiyot vazirligi | Иқтисодиёт вазирлиги | Министерство экономики | Ekonomikas ministrija",
    "Qishloq xo'jaligi vazirligi | Министерство сельского хозяйства | Ministry of Agriculture | Zemkopības ministrija",
    "Suv xoʻjaligi vazirligi | Сув хўжалиги вазирлиги | Министерство водного хозяйства | Ministry of Water Management",
    "Bandlik vazirligi | Бандлик вазирлиги | Министерство занятости | Ministry of Employment",
    "Qurilish vazirligi | Қурилиш вазирлиги | Министерство строительства | Ministry of Construction",
    "Statistika qo'mitasi | Статистика қўмитаси | Комитет по статистике | Statistics Committee",
    "Soliq qoʻmitasi | Солиқ қўмитаси | Налоговый комитет | Tax Committee",
    "Bojxona qoʻmitasi | Божхона қўмитаси | Таможенный комитет | Customs Committee",
    "Toshkent tibbiyot akademiyasi | Ташкентская медицинская академия | Tashkent Medical Academy",
    "Qashqadaryo suv inspeksiyasi | Кашкадарьинская водная инспекция | Kashkadarya Water Inspectorate",
    "Urganch davlat universiteti | Урганч давлат университети | Ургенчский государственный университет",
]


@pytest.mark.parametrize("names", ORGANISATIONS)
def test_a_translated_organisation_has_one_key_and_one_place(names: str) -> None:
    read = [parse_organisation(name.strip()) for name in names.split("|")]
    assert {(one.key, one.place) for one in read} == {(read[0].key, read[0].place)}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Xalqaro markaz", "Xalq markazi"),
        ("Институт труда", "Институт лаборатории"),
        ("Labor Center", "Laboratory Center"),
    ],
)
def test_a_word_that_begins_like_another_means_its_own(one: str, two: str) -> None:
    assert organisation_key(one) != organisation_key(two)


@pytest.mark.parametrize(
    ("mixed", "plain"),
    [
        ("ГУП Qashqadaryo suv taʼminoti", "Qashqadaryo suv taʼminoti"),
        ("ГУП Buxoro issiqlik", "Бухоро иссиқлик"),
        ("UzAuto Motors АО", "UzAuto Motors"),
        ("АКБ Agrobank", "Agrobank ATB"),
        ("MChJ Нукус сув", "Nukus suv"),
    ],
)
def test_a_legal_form_in_the_other_script_changes_nothing(mixed: str, plain: str) -> None:
    one, other = parse_organisation(mixed), parse_organisation(plain)
    assert (one.key, one.place) == (other.key, other.place)


def test_no_two_of_these_organisations_share_key_and_place() -> None:
    read = [parse_organisation(names.split("|")[0]) for names in ORGANISATIONS]
    assert len({(one.key, one.place) for one in read}) == len(ORGANISATIONS)


POSITIONS = [
    "bo'lim boshlig'i | бўлим бошлиғи | начальник отдела | head of department | nodaļas vadītājs | nodaļas vadītāja",
    "dotsent | доцент | associate professor | docents | docente",
    "professor | профессор | profesors | profesore",
    "shifokor | шифокор | врач | doctor | ārsts | ārste",
    "talaba | талаба | студент | студентка | student | students | studente",
    "jurnalist | журналист | журналистка | journalist | žurnāliste",
    "inspektor | инспектор | inspector | inspektors | inspektore",
    "metodist | методист | methodologist | metodiķe",
    "oʻqituvchi | преподаватель | lecturer | pasniedzējs | pasniedzēja | lektors | lektore",
    "yurist | юрист | lawyer | jurists | juriste",
    "iqtisodchi | экономист | economist | ekonomists | ekonomiste",
    "tarjimon | таржимон | переводчик | переводчица | interpreter | tulks | tulce",
    "loyiha rahbari | руководитель проекта | head of project | projekta vadītājs | projektu vadītāja",
    "direktor oʻrinbosari | заместитель директора | deputy director | direktora vietnieks | direktora vietniece",
    "tadqiqotchi | researcher | pētnieks | pētniece",
    "rektor | ректор | rector | rektors",
]


@pytest.mark.parametrize("names", POSITIONS)
def test_a_position_has_one_key_in_every_language_for_men_and_women(names: str) -> None:
    keys = [position_key(name.strip()) for name in names.split("|")]
    assert set(keys) == {keys[0]}


def test_no_two_of_these_positions_share_a_key() -> None:
    assert len({position_key(names.split("|")[0]) for names in POSITIONS}) == len(POSITIONS)
