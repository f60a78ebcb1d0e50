"""The organisation's own Word file: its fields filled, what nobody knows named, nothing kept that runs."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from tests.files.reports.sample import sample_report

from karvon.files.reports.results.fields import fields_of, table_names, tables_of
from karvon.files.writers.template import Template, fill, open_template, unknown_fields
from karvon.rules.problems import Refused
from karvon.rules.wording import LANGUAGES


def written(*paragraphs: str, more: Callable[[object], None] | None = None) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if more:
        more(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opened(data: bytes) -> Template:
    return open_template(data, name="ours.docx")


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def refused(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        opened(data)
    (problem,) = caught.value.problems
    return problem.code


def changed(data: bytes, *, without: str = "", **parts: bytes) -> bytes:
    """The same package with further parts or other ones; ``__`` in a name stands for ``/``."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        new = {name.replace("__", "/"): content for name, content in parts.items()}
        for name in source.namelist():
            if name != without and name not in new:
                target.writestr(name, source.read(name))
        for name, content in new.items():
            target.writestr(name, content)
    return out.getvalue()


def test_a_field_is_filled_wherever_it_stands_and_keeps_its_look() -> None:
    def more(document: object) -> None:
        paragraph = document.add_paragraph("Trained: ")  # type: ignore[attr-defined]
        for piece in ("{{fig", "ure.trained", ".best }", "} people"):
            paragraph.add_run(piece).bold = True
        document.sections[0].header.paragraphs[0].text = "{{ programme.title }}"  # type: ignore[attr-defined]
        document.add_table(1, 1).cell(0, 0).text = "{{contract.number}}!"  # type: ignore[attr-defined]

    given = written("{{programme.title}} and {{programme.title}}", "{no field}", more=more)
    done = fill(
        opened(given),
        {"programme.title": "Riga <b> & Tashkent", "figure.trained.best": "154", "contract.number": "LV-79"},
        {},
    )
    document = Document(io.BytesIO(done))
    assert texts(done)[:3] == [
        "Riga <b> & Tashkent and Riga <b> & Tashkent",
        "{no field}",
        "Trained: 154 people",
    ]
    assert [run.bold for run in document.paragraphs[2].runs if run.text] == [None, True, True]
    assert document.sections[0].header.paragraphs[0].text == "Riga <b> & Tashkent"
    assert document.tables[0].cell(0, 0).text == "LV-79!"


def test_a_table_field_becomes_the_reports_own_table() -> None:
    report = sample_report()
    tables = tables_of(report, "en")
    done = fill(opened(written("Before", "{{table.statements}}", "After")), {}, tables)
    document = Document(io.BytesIO(done))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        column.head for column in tables["table.statements"].columns
    ]
    assert len(table.rows) == len(report.statements) + 1
    assert [text for text in texts(done) if text] == ["Before", "After"]


def test_a_value_that_is_not_known_is_a_dash() -> None:
    assert texts(fill(opened(written("{{figure.x.best}}", "{{table.visits}}")), {}, {})) == ["–", "–"]


def test_the_same_values_give_the_same_bytes() -> None:
    template = opened(written("{{programme.title}}"))
    assert fill(template, {"programme.title": "P"}, {}) == fill(template, {"programme.title": "P"}, {})


def test_what_nobody_knows_is_named_with_its_place_and_the_nearest_field() -> None:
    known = [*fields_of(sample_report(), "en"), *table_names()]
    template = opened(
        written("Fine {{programme.title}}", "{{programme.titel}}", "see {{table.visits}} here", "{{zzz}}")
    )
    assert [
        (problem.code, str(problem.where), problem.facts["field"], problem.facts["paragraph"])
        for problem in unknown_fields(template, known)
    ] == [
        ("template.unknown_field", "ours.docx", "programme.titel", 2),
        ("template.table_in_text", "ours.docx", "table.visits", 3),
        ("template.no_such_field", "ours.docx", "zzz", 4),
    ]
    assert unknown_fields(template, known)[0].facts["near"] == "programme.title"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_name_of_its_own_and_most_have_a_value(language: str) -> None:
    fields = fields_of(sample_report(), language)
    assert [
        name for name in fields if not name.replace(".", "").replace("_", "").replace("-", "").isalnum()
    ] == []
    assert sum(bool(value) for value in fields.values()) > len(fields) / 2
    assert set(tables_of(sample_report(), language)) == set(table_names())
    whole = " ".join(f"{{{{{name}}}}}" for name in fields)
    filled = texts(fill(opened(written(whole)), fields, {}))[0]
    assert "{{" not in filled


EXTERNAL = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://example.org/x" '
    b'TargetMode="External"/></Relationships>'
)


def test_nothing_is_kept_that_runs_or_is_fetched() -> None:
    plain = written("{{programme.title}}")
    assert (
        refused(changed(plain, word__vbaProject_bin=b"x", **{"word/vbaProject.bin": b"x"})) == "template.runs"
    )
    assert refused(changed(plain, **{"word/embeddings/o.xlsx": b"x"})) == "template.runs"
    assert refused(changed(plain, **{"word/activeX/a.xml": b"x"})) == "template.runs"
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert refused(changed(plain, **{"[Content_Types].xml": macro})) == "template.runs"
    for kind in (b"image", b"attachedTemplate", b"oleObject", b"frame"):
        rels = {"word/_rels/settings.xml.rels": EXTERNAL % kind}
        assert (kind, refused(changed(plain, **rels))) in ((kind, "template.fetches"),)
    assert opened(changed(plain, **{"word/_rels/x.xml.rels": EXTERNAL % b"hyperlink"})).used


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90\x00", b"PK\x03\x04broken", b"%PDF-1.7", b"<html></html>", b"\xd0\xcf\x11\xe0"]
)
def test_what_is_no_word_file_is_refused_whatever_it_is_called(data: bytes) -> None:
    assert refused(data) == "template.not_word"


def test_a_file_too_large_or_packed_too_tightly_is_refused() -> None:
    assert refused(b"x" * (10 * 1024 * 1024 + 1)) == "template.too_big"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * (65 * 1024 * 1024))
    assert refused(bomb.getvalue()) == "template.too_big"


def test_a_document_that_declares_entities_is_refused() -> None:
    plain = written("x")
    lol = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'
    assert refused(changed(plain, **{"word/document.xml": lol})) == "template.not_word"
    assert refused(changed(plain, without="word/document.xml")) == "template.not_word"
    assert refused(changed(plain, **{"word/document.xml": b"<w:open"})) == "template.not_word"


def test_a_text_box_is_filled_once() -> None:
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    box = parse_xml(
        f'<w:p xmlns:w="{w}"><w:r><w:t>Out {{{{a}}}}</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r>'
        f"<w:t>In {{{{b}}}}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    given = written("x", more=lambda document: document.paragraphs[0]._p.addnext(box))  # type: ignore[attr-defined]
    done = fill(opened(given), {"a": "1", "b": "2"}, {})
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        body = archive.read("word/document.xml").decode()
    assert (body.count("Out 1"), body.count("In 2"), "{{" in body) == (1, 1, False)


@given(
    st.lists(st.text(st.sampled_from("ab{} .<&"), max_size=6), min_size=1, max_size=6), st.text(max_size=8)
)
def test_pieces_of_any_cut_are_filled_as_their_text_would_be(pieces: list[str], value: str) -> None:
    def more(document: object) -> None:
        paragraph = document.add_paragraph()  # type: ignore[attr-defined]
        for piece in ["{{", *pieces, "a}}"]:
            paragraph.add_run(piece)

    template = opened(written(more=more))
    fields = dict.fromkeys((used.field for used in template.used), "V")
    done = texts(fill(template, fields, {}))[-1]
    assert done.count("V") == len(template.used)
