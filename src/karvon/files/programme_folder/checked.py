"""The checks a folder is held to, for a description that comes from elsewhere."""

from dataclasses import replace

from karvon.files.programme_folder.building import build
from karvon.files.programme_folder.from_toml import records_of_toml
from karvon.files.programme_folder.raw import Findings
from karvon.files.programme_folder.to_toml import toml_of
from karvon.rules.problems import Place, Problem, Refused
from karvon.rules.programme.checking import check_programme
from karvon.rules.programme.description import ProgrammeDescription
from karvon.rules.programme.ordering import in_canonical_order


def check_description(description: ProgrammeDescription) -> ProgrammeDescription:
    """The description as a folder would give it back: in canonical order, every reference and shape checked.

    Raises ``Refused`` with every problem a folder would be refused for, each at ``kind[key].field``; whether the
    files it names are there is not asked.
    """
    findings = Findings()
    built = build(records_of_toml(toml_of(in_canonical_order(description)).encode(), findings), findings)
    found = [_without_file(problem) for problem in findings.problems]
    refused = {problem.where.key for problem in found}
    found += [problem for problem in check_programme(built) if problem.where.key not in refused]
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise Refused(*errors)
    return built


def _without_file(problem: Problem) -> Problem:
    """The record and field alone: nobody wrote the file and line it was read from."""
    return replace(problem, where=Place(key=problem.where.key))
