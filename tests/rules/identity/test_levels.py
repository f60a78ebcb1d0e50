"""Every word evidence can be told in is known, and each is met on real lines."""

import ast
import inspect
from collections.abc import Iterator
from typing import get_args

import pytest

from karvon.rules.identity import explain as explaining
from karvon.rules.identity import weights
from karvon.rules.identity.explain import explain
from karvon.rules.identity.levels import LEVELS, rarity
from karvon.rules.identity.line import EvidencePart, IdentityLine
from karvon.rules.identity.resolve import take_snapshot
from karvon.rules.names.compare import Nearness

GIVEN_BY_THE_CALLER = {"_initial": ("given_name", "patronymic"), "_contact": ("phone", "email")}
"""Functions that make a part of the field they are given."""


def made(source: str) -> Iterator[tuple[str, str]]:
    """Every (field, level) that is written as a part: a tuple of field, level and weight."""
    for function in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)):
        for node in ast.walk(function):
            if isinstance(node, ast.Tuple) and len(node.elts) == 3 and not _is_word(node.elts[2]):
                yield from (
                    (field, level)
                    for field in _fields(node.elts[0], function.name)
                    for level in _levels(node.elts[1])
                )


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _fields(node: ast.expr, function: str) -> tuple[str, ...]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    return GIVEN_BY_THE_CALLER[function] if isinstance(node, ast.Name) and node.id == "field" else ()


def _levels(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.IfExp):
        return (*_levels(node.body), *_levels(node.orelse))
    if isinstance(node, ast.Constant):
        return (str(node.value),)
    if isinstance(node, ast.Name) and node.id == "near":
        return get_args(Nearness)
    return (ast.unparse(node),)  # no level there is: the test below names it


def test_the_levels_are_those_that_weights_and_explain_make() -> None:
    found = {part for module in (weights, explaining) for part in made(inspect.getsource(module))}
    assert found == {(field, level) for field, levels in LEVELS.items() for level in levels}


def person(name: str, **cells: str) -> dict[str, str]:
    return {"name": name, **cells}


AZIZ = "Karimov Aziz Rustamovich"
MET = [
    ("prior", "any two lines", person(AZIZ), person("Umarov Islom")),
    ("surname", "same", person(AZIZ), person("Каримов Азиз")),
    ("surname", "spelling", person("Yoʻldoshev Aziz"), person("Yuldashev Aziz")),
    ("surname", "slip", person("Tursunov Aziz"), person("Tursumov Aziz")),
    ("surname", "slips", person("Ibrohimov Nuriddin"), person("Ибрагисов Нуриддин")),
    ("surname", "different", person(AZIZ), person("Umarov Aziz Rustamovich")),
    (
        "surname",
        "different, may have married",
        person("Ismoilova Zulfiya Abdullayevna"),
        person("Yusupova Zulfiya Abdullayevna"),
    ),
    ("given_name", "same", person(AZIZ), person("Karimov Aziz")),
    ("given_name", "spelling", person("Umarov Islom"), person("Умаров Ислам")),
    ("given_name", "slip", person("Umarov Jamshid"), person("Umarov Jamshjd")),
    ("given_name", "slips", person("Umarov Abdurahmon"), person("Umarov Abduxahmin")),
    ("given_name", "different", person("Karimov Hasan"), person("Karimov Anvar")),
    ("given_name", "initial agrees", person("Karimov A."), person("Karimov Aziz")),
    ("given_name", "initial may agree", person("Karimov D."), person("Karimov Zh.")),
    ("given_name", "initial differs", person("Karimov A."), person("Karimov Sherzod")),
    ("patronymic", "same", person(AZIZ), person("Каримов Азиз Рустамович")),
    ("patronymic", "spelling", person("Umarov Islom Fozilovich"), person("Умаров Ислам Фазылович")),
    ("patronymic", "slip", person("Umarov Islom Jamshidovich"), person("Umarov Islom Jamshjdovich")),
    ("patronymic", "slips", person("Umarov Islom Abdurahmonovich"), person("Umarov Islom Abduxahminovich")),
    ("patronymic", "different", person("Karimov Aziz Hasanovich"), person("Karimov Aziz Anvarovich")),
    ("patronymic", "initial agrees", person("Karimov A. R."), person(AZIZ)),
    ("patronymic", "initial may agree", person("Karimov A. D."), person("Karimov A. Zh.")),
    ("patronymic", "initial differs", person("Karimov A. S."), person(AZIZ)),
    ("order", "names exchanged", person("Furqat Salim"), person("Salim Furqat")),
    ("gender", "differs", person("Karimov Aziz"), person("Karimova Aziza")),
    ("organisation", "agrees", person(AZIZ, organisation="NEK"), person(AZIZ, organisation="NEK")),
    (
        "organisation",
        "agrees but for spelling",
        person(AZIZ, organisation="Maxsustrans"),
        person(AZIZ, organisation="Makhsustrams"),
    ),
    (
        "organisation",
        "agrees in part",
        person(AZIZ, organisation="Ministry of Water"),
        person(AZIZ, organisation="Ministry of Water Resources"),
    ),
    ("organisation", "differs", person(AZIZ, organisation="NEK"), person(AZIZ, organisation="Zarbuloq")),
    ("position", "agrees", person(AZIZ, position="engineer"), person(AZIZ, position="engineer")),
    ("position", "agrees in part", person(AZIZ, position="chief engineer"), person(AZIZ, position="engineer")),
    ("position", "differs", person(AZIZ, position="engineer"), person(AZIZ, position="accountant")),
    ("region", "agrees", person(AZIZ, region="Toshkent"), person(AZIZ, region="Ташкент")),
    ("region", "differs", person(AZIZ, region="Toshkent"), person(AZIZ, region="Navoiy")),
    ("phone", "same", person(AZIZ, phone="901112233"), person(AZIZ, phone="+998 90 111 22 33")),
    ("phone", "a slip apart", person(AZIZ, phone="901112233"), person(AZIZ, phone="901112238")),
    ("phone", "differs", person(AZIZ, phone="901112233"), person(AZIZ, phone="977778899")),
    ("email", "same", person(AZIZ, email="aziz@mail.uz"), person(AZIZ, email="AZIZ@mail.uz")),
    ("email", "a slip apart", person(AZIZ, email="aziz.k@mail.uz"), person(AZIZ, email="aziz.r@mail.uz")),
    ("email", "differs", person(AZIZ, email="aziz@mail.uz"), person(AZIZ, email="office@nek.uz")),
    ("sheet", "one sheet", person(AZIZ, sheet="S"), person(AZIZ, sheet="S")),
    ("veto", "cannot be one person", person("Karimov Hasan"), person("Karimov Anvar")),
]  # fmt: skip


def parts(one: dict[str, str], other: dict[str, str], *more: dict[str, str]) -> tuple[EvidencePart, ...]:
    lines = [IdentityLine(line=str(n), **cells) for n, cells in enumerate((one, other, *more))]
    return explain(lines[0], lines[1], take_snapshot(lines)).parts


@pytest.mark.parametrize(("field", "level", "one", "other"), MET)
def test_a_level_is_met(field: str, level: str, one: dict[str, str], other: dict[str, str]) -> None:
    assert level in [part.level for part in parts(one, other) if part.field == field]


@pytest.mark.parametrize("field", ["phone", "email"])
def test_a_number_of_a_whole_office_is_shared(field: str) -> None:
    office = {"phone": "712345678", "email": "office@nek.uz"}[field]
    names = ("Karimov Aziz", "Umarov Islom", "Tursunova Dilbar", "Saidov Zokir")
    said = parts(*(person(name, **{field: office}) for name in names))
    assert [part.level for part in said if part.field == field] == ["same, shared"]


def test_another_name_of_an_organisation_is_learned() -> None:
    people = [
        person(f"Karimov {given} Rustamovich", organisation=organisation)
        for given in ("Aziz", "Anvar", "Sherzod", "Zokir", "Ulugʻbek")
        for organisation in ("Suvtaminot", "Vodokanal")
    ]
    said = parts(*people)
    assert [p.level for p in said if p.field == "organisation"] == ["known to be another name of it"]


def test_every_level_but_three_that_need_more_lines_is_met_above() -> None:
    wanted = {(field, level) for field, levels in LEVELS.items() for level in levels}
    assert wanted - {(field, level) for field, level, _, _ in MET} == {
        ("phone", "same, shared"),
        ("email", "same, shared"),
        ("organisation", "known to be another name of it"),
    }


@pytest.mark.parametrize(
    ("field", "level", "weight", "said"),
    [
        ("surname", "same", 330, "common"),
        ("surname", "same", 600, "common"),
        ("surname", "same", 601, ""),
        ("surname", "spelling", 900, "rare"),
        ("organisation", "agrees", 899, ""),
        ("surname", "slip", 1100, ""),
        ("surname", "different", -800, ""),
        ("given_name", "initial agrees", 200, ""),
        ("phone", "same", 1200, ""),
        ("position", "agrees", 0, "common"),
        ("position", "agrees in part", 0, ""),
    ],
)
def test_an_agreement_is_common_or_rare_by_its_share(field: str, level: str, weight: int, said: str) -> None:
    assert rarity(EvidencePart(field, level, weight)) == said
