"""The results report as its readers get it: in five languages, three forms, and always the same bytes."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree, html
from pypdf import PdfReader
from tests.files.reports.sample import RESULTS, VISITS, english, event, sample_report

from karvon.files.reports.results.report import Form, compose, render
from karvon.files.wording import wording_of
from karvon.rules.programme.text import Text
from karvon.rules.programme.values import Period
from karvon.rules.reporting.content import CountingNotes, ProgrammeHead, ResultsReport
from karvon.rules.wording import LANGUAGES

FORMS: tuple[Form, ...] = ("pdf", "docx", "html")
REPOSITORY = Path(__file__).parents[3]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def rendered(language: str, form: Form) -> bytes:
    """The sample, rendered once for all tests that only read it."""
    return render(sample_report(), language, form)


def pdf_of(written: bytes) -> PdfReader:
    return PdfReader(BytesIO(written))


@cache
def text_of_pdf(written: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf_of(written).pages).split())


def text_of_word(written: bytes) -> str:
    body = docx.Document(BytesIO(written)).element.body
    return " ".join(" ".join(body.itertext()).split())


def text_of_page(written: bytes) -> str:
    page = html.document_fromstring(written.decode())
    return " ".join(" ".join(page.body.itertext()).split())


def text_of(written: bytes, form: Form) -> str:
    return {"pdf": text_of_pdf, "docx": text_of_word, "html": text_of_page}[form](written)


def empty_report() -> ResultsReport:
    return ResultsReport(
        programme=ProgrammeHead("new", english("A new programme"), Period(), date(2026, 1, 31)),
        contracts=(),
        visits=(),
        results=(),
        notes=CountingNotes(lines=0),
    )


def with_long_texts() -> ResultsReport:
    """A title nobody could love, a word without a place to break, and two hundred events."""
    report = sample_report()
    long = english("Reconstruction " * 60 + "x" * 300)
    days = tuple(
        event(f"long-{number}", "heat", date(2018, 10, 10), date(2018, 10, 11), VISITS[1].places[0], (), 8)
        for number in range(200)
    )
    rows = tuple(replace(RESULTS[0], key=f"row-{number}", title=long) for number in range(20))
    return replace(
        report,
        programme=replace(report.programme, title=long, summary=long),
        visits=(replace(VISITS[0], title=long, purpose=long), replace(VISITS[1], events=days)),
        results=(*RESULTS, *rows),
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_with_its_bounds_is_said_in_every_language_and_form(language: str, form: Form) -> None:
    text = text_of(rendered(language, form), form)

    wanted = [
        "154",
        "151–158",
        "96",
        "94–99",
        "121",
        "119–124",
        "63",
        "61–66",
        "232",
        "LV-79",
        "3.2.1.1/16/A/014",
    ]
    assert [figure for figure in wanted if figure not in text] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_participants_learned_and_thought_is_said_event_by_event(language: str, form: Form) -> None:
    text = text_of(rendered(language, form), form).replace("\xad", "")
    comma = "." if language == "en" else ","
    wanted = [f"48{comma}3", f"57{comma}8", f"+9{comma}5", f"−1{comma}4", f"4{comma}0", f"4{comma}6"]
    assert [number for number in wanted if number not in text] == []
    assert wording_of("karvon.files.reports.results", language)("learning.heading") in text


def test_a_programme_without_tests_and_feedback_has_no_chapter_about_them() -> None:
    without = render(replace(sample_report(), learning=()), "en", "html")
    assert "What participants learned" not in text_of(without, "html")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_speaks_its_language(language: str, form: Form) -> None:
    """What the programme wrote and what the report words both stand in it, and no blank is left unfilled."""
    report = sample_report()
    text = text_of(rendered(language, form), form).replace("\xad", "")
    word = wording_of("karvon.files.reports.results", language)

    wanted = [
        report.programme.title.say(language),
        word("subtitle"),
        word("statements.supported"),
        word("statements.not_supported"),
        word("evidence.transcript"),
    ]
    assert [words for words in wanted if words not in text] == []
    assert re.findall(r"[{}]", text) == []


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(form: Form) -> None:
    assert rendered("uz-Cyrl", form) == render(sample_report(), "uz-Cyrl", form)


def test_neither_zone_nor_folder_nor_seed_changes_a_byte(tmp_path: Path) -> None:
    here = [sha256(rendered("lv", form)).hexdigest() for form in FORMS]
    program = (
        "from hashlib import sha256\n"
        "from karvon.files.reports.results.report import render\n"
        "from tests.files.reports.sample import sample_report\n"
        "for form in ('pdf', 'docx', 'html'): print(sha256(render(sample_report(), 'lv', form)).hexdigest())\n"
    )
    surroundings = {
        **os.environ,
        "TZ": "Pacific/Auckland",
        "PYTHONHASHSEED": "7",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "src")]),
    }
    there = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )

    assert there.stdout.split() == here


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_declares_archive_and_accessibility_standards(language: str) -> None:
    reader = pdf_of(rendered(language, "pdf"))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()

    declared = {
        name: re.search(rf"{name}>([^<]*)<", metadata).group(1)  # type: ignore[union-attr]
        for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
    }
    assert declared == {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}


def test_the_pdf_names_itself_its_language_and_its_day() -> None:
    reader = pdf_of(rendered("lv", "pdf"))
    root = reader.trailer["/Root"]

    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (
        "Latvija – Uzbekistāna 2018: ilgtspējīga infrastruktūra reģioniem. Rezultātu pārskats",
        "Tīro tehnoloģiju klasteris CLEANTECH LATVIA",
    )
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == date(2019, 2, 28)
    assert (root["/Lang"][:2], root["/MarkInfo"]["/Marked"]) == ("lv", True)


def test_the_pdf_needs_no_font_of_the_machine() -> None:
    """Every font is embedded and one of those that typst brings along."""
    fonts: set[str] = set()
    for page in pdf_of(rendered("ru", "pdf")).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            fonts.add(font.get_object()["/BaseFont"].split("+")[-1].split("-")[0])

    assert fonts <= {"LibertinusSerif", "DejaVuSansMono"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_report_has_real_headings_repeated_headers_and_described_pictures(language: str) -> None:
    word = docx.Document(BytesIO(rendered(language, "docx")))
    said = wording_of("karvon.files.reports.results", language)
    chapters = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name == "Heading 1"]
    pictures = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    heads = [table.rows[0]._tr.find(f".//{W}tblHeader") is not None for table in word.tables[1:]]

    rooms = (
        "summary",
        "statements",
        "visits",
        "results",
        "learning",
        "advice",
        "proposals",
        "counting",
        "evidence",
    )
    assert chapters == [said(f"{room}.heading") for room in rooms] + [said("evidence.documents_heading")]
    assert len(pictures) == 6
    assert all(pictures)
    assert all(heads)


@pytest.mark.parametrize(
    ("language", "tag"),
    [("lv", "lv-LV"), ("en", "en-GB"), ("ru", "ru-RU"), ("uz", "uz-Latn-UZ"), ("uz-Cyrl", "uz-Cyrl-UZ")],
)
def test_the_word_report_knows_its_language(language: str, tag: str) -> None:
    word = docx.Document(BytesIO(rendered(language, "docx")))

    assert [lang.get(f"{W}val") for lang in word.styles.element.iter(f"{W}lang")] == [tag]
    assert word.core_properties.language == tag


def test_libreoffice_opens_the_word_report(soffice: str, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(rendered("uz", "docx"))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "report.docx"],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=180,
    )
    reader = PdfReader(tmp_path / "report.pdf")
    text = " ".join(page.extract_text() for page in reader.pages)

    assert [figure for figure in ("154", "151–158", "LV-79") if figure not in text] == []
    assert len(reader.pages) < 25


def test_the_page_asks_nothing_of_anybody() -> None:
    """One file: no script, no style attribute, no address to fetch from."""
    written = rendered("en", "html").decode()
    page = html.document_fromstring(written)

    assert (
        page.xpath("//script | //link | //img | //iframe | //@style | //@*[starts-with(name(), 'on')]") == []
    )
    assert [link for link in page.xpath("//@href | //@src") if not link.startswith("#")] == []
    assert re.findall(r"url\(|@import", page.xpath("string(//style)")) == []


def test_the_page_s_contents_lead_to_its_headings() -> None:
    page = html.document_fromstring(rendered("ru", "html").decode())
    ids = page.xpath("//@id")

    assert [link for link in page.xpath("//nav//a/@href") if link[1:] not in ids] == []
    assert len(ids) == len(set(ids))


def test_every_cell_of_a_page_s_tables_has_a_header() -> None:
    page = html.document_fromstring(rendered("lv", "html").decode())

    assert page.xpath("//table[not(caption)] | //th[not(@scope)] | //table[not(thead)]") == []


def test_texts_are_shown_as_written_and_never_run() -> None:
    report = sample_report()
    nasty = english("Tom & Jerry <script>alert(1)</script> #strong[x] $y$ \\ `z` *bold* _it_ @cite // no")
    named = replace(report, programme=replace(report.programme, title=nasty, lead=nasty))

    page = html.document_fromstring(render(named, "en", "html").decode())
    assert page.xpath("//script") == []
    for form in FORMS:
        assert nasty.say("en") in text_of(render(named, "en", form), form).replace("( ", "(")


@pytest.mark.parametrize("form", FORMS)
def test_control_characters_are_left_out(form: Form) -> None:
    report = sample_report()
    odd = replace(report.programme, title=english("Be\x00fore\x0b and\x1f after"))

    assert "Before and after" in text_of(render(replace(report, programme=odd), "en", form), form)


def test_a_text_in_another_language_says_so() -> None:
    page = html.document_fromstring(rendered("ru", "html").decode())

    marked = {"".join(part.itertext()) for part in page.xpath("//body//*[@lang]")}
    assert marked == {
        "Baltic Heat Engineering",
        "Ūdens un vide",
        "CLEANTECH LATVIA",
        "The measure pays for itself within a few years and can start with what is already there.",
    }
    assert set(page.xpath("//body//@lang")) == {"en"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_programme_that_has_only_begun_has_a_report_too(language: str, form: Form) -> None:
    assert "A new programme" in text_of(render(empty_report(), language, form), form)


@pytest.mark.parametrize("form", FORMS)
def test_long_texts_and_tables_of_two_hundred_rows_do_not_break_it(form: Form) -> None:
    text = text_of(render(with_long_texts(), "en", form), form)

    assert text.count("Training on renewing district heating") >= 200


def test_long_tables_say_their_header_on_every_page() -> None:
    pages = [page.extract_text() for page in pdf_of(render(with_long_texts(), "en", "pdf")).pages]
    agenda = [page for page in pages if page.count("Training on renewing district heating") > 5]

    assert len(agenda) > 3
    assert [page for page in agenda if "Paid by" not in page] == []


@pytest.mark.parametrize("many", [3, 4, 7])
def test_many_contracts_are_split_over_several_tables(many: int) -> None:
    report = sample_report()
    contracts = tuple(
        replace(report.contracts[0], key=f"c{number}", number=f"LV-{number}") for number in range(many)
    )
    row = replace(
        RESULTS[0],
        contracts=tuple(replace(RESULTS[0].contracts[0], contract=contract.key) for contract in contracts),
        overlaps=tuple(
            replace(RESULTS[0].overlaps[0], contracts=("c0", contract.key)) for contract in contracts[1:]
        ),
    )
    page = html.document_fromstring(
        render(replace(report, contracts=contracts, results=(row,), breakdowns=()), "en", "html").decode()
    )
    heads = [table.xpath("./thead//th/text()") for table in page.xpath("//main//table")]

    shown = [head for table in heads for head in table if head.startswith("LV-")]
    assert shown == [contract.number for contract in contracts]
    assert max(len(table) for table in heads if "Indicator" in table) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_has_the_same_keys_and_the_same_blanks(language: str) -> None:
    def sentences(entries: object, path: str = "") -> dict[str, set[str]]:
        """Dotted key -> blanks; the forms of a plural are one sentence."""
        if isinstance(entries, str):
            return {path: set(re.findall(r"{(\w+)}", entries))}
        if isinstance(entries, list):
            return {path: {str(len(entries))}}
        assert isinstance(entries, dict)
        if set(entries) <= {"one", "few", "many", "other"}:
            blanks = set().union(*(re.findall(r"{(\w+)}", form) for form in entries.values()))
            return {path: blanks - {"n"}}
        found: dict[str, set[str]] = {}
        for key, value in entries.items():
            found |= sentences(value, f"{path}.{key}")
        return found

    for room in ("karvon.files.reports.results", "karvon.files.drawing"):
        said = sentences(wording_of(room, language).entries)
        english_ones = sentences(wording_of(room, "en").entries)
        assert {key: blanks - {"n"} for key, blanks in said.items()} == {
            key: blanks - {"n"} for key, blanks in english_ones.items()
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_picture_of_the_report_is_without_words(language: str) -> None:
    document = compose(sample_report(), language)
    pictures = [block for block, _ in document.numbered() if type(block).__name__ == "Picture"]

    assert [picture for picture in pictures if not picture.alt] == []
    for picture in pictures:
        drawn = etree.fromstring(picture.svg.encode())
        assert drawn.findtext("{*}desc") == picture.alt


def test_an_empty_text_leaves_no_trace() -> None:
    """A contract without title, period and budget, and a response without words."""
    report = sample_report()
    bare = replace(report.contracts[0], title=Text(), period=Period(), budget=None, acknowledgement=Text())

    page = html.document_fromstring(render(replace(report, contracts=(bare,)), "en", "html").decode())
    row = page.xpath("//header//tbody/tr")[0]

    assert [" ".join(cell.itertext()) for cell in row] == [
        "LV-79",
        "Ministry of Foreign Affairs of the Republic of Latvia",
        "",
        "–",
    ]
