"""The look of the Word file: named styles, so that whoever edits it changes a style and not a hundred lines."""

from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

FONT: Final = "Times New Roman"
"""On every machine with Word; LibreOffice has Liberation Serif of the same widths for it."""
MONO: Final = "Courier New"
INK: Final = RGBColor(0x14, 0x34, 0x4F)
QUIET: Final = RGBColor(0x5B, 0x66, 0x70)
TONES: Final = {
    "neutral": ("E9EEF3", RGBColor(0x24, 0x39, 0x4B)),
    "good": ("DFF0E6", RGBColor(0x12, 0x51, 0x2F)),
    "warn": ("FBEECB", RGBColor(0x5C, 0x43, 0x00)),
    "bad": ("F8DFDA", RGBColor(0x7A, 0x21, 0x14)),
}
"""Ground and letters of a badge."""
WORD_LANGUAGES: Final = {
    "lv": "lv-LV",
    "en": "en-GB",
    "ru": "ru-RU",
    "uz": "uz-Latn-UZ",
    "uz-Cyrl": "uz-Cyrl-UZ",
}
_NUMBERING: Final = 77


def dress(word: WordDocument, *, language: str) -> None:
    """A4, margins, the document's language, and every style the writer uses."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(24), Mm(20)
    section.top_margin, section.bottom_margin = Mm(24), Mm(22)
    section.different_first_page_header_footer = True
    _speak(word, WORD_LANGUAGES.get(language, language))
    styles = word.styles
    _shape(styles["Normal"], size=11, after=6, line=1.12)
    _shape(styles["Title"], size=27, bold=True, colour=INK, before=64, after=6)
    _shape(styles["Subtitle"], size=15, after=4)
    for name in ("Title", "Subtitle"):
        _forget_template(styles[name])
    headings = ((17.0, 24.0, 10.0), (12.5, 16.0, 6.0), (10.8, 12.0, 4.0))
    for level, (size, before, after) in enumerate(headings, start=1):
        style = styles[f"Heading {level}"]
        _shape(style, size=size, bold=True, colour=INK, before=before, after=after)
        style.paragraph_format.keep_with_next = True
    _shape(styles["Caption"], size=9.2, bold=True, colour=INK, before=10, after=4)
    styles["Caption"].paragraph_format.keep_with_next = True
    _shape(styles["List Bullet"], size=10.5, after=3)
    paragraphs: tuple[tuple[str, float, RGBColor | None, float], ...] = (
        ("Lead", 11.6, None, 8),
        ("Note", 9.8, None, 16),
        ("Small Print", 9, QUIET, 5),
        ("Fact", 9.8, None, 2),
        ("Table Text", 9.5, None, 0),
        ("Front Line", 12, QUIET, 16),
        ("Figure Large", 28, INK, 0),
        ("Contents Heading", 17, INK, 10),
        ("Contents Entry", 10.5, None, 3),
        ("Running Head", 8.6, QUIET, 0),
    )
    for name, size, colour, after in paragraphs:
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _shape(
            style, size=size, colour=colour, after=after, bold=name in ("Figure Large", "Contents Heading")
        )
    muted = styles.add_style("Muted", WD_STYLE_TYPE.CHARACTER)
    muted.font.color.rgb = QUIET
    checksum = styles.add_style("Checksum", WD_STYLE_TYPE.CHARACTER)
    checksum.font.size = Pt(7.5)
    _font(checksum, MONO)
    _number_headings(word)


def _shape(
    style: Any,
    *,
    size: float,
    bold: bool = False,
    colour: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
) -> None:
    _font(style, FONT)
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.italic = False
    style.font.color.rgb = colour
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if line:
        layout.line_spacing = line
    layout.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _forget_template(style: Any) -> None:
    """The template underlines its title and spaces its letters out."""
    for properties, name in ((style.element.pPr, "w:pBdr"), (style.element.rPr, "w:spacing")):
        found = properties.find(qn(name)) if properties is not None else None
        if found is not None:
            properties.remove(found)


def _font(style: Any, name: str) -> None:
    """One font for every script, instead of the template's theme fonts."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)


def _speak(word: WordDocument, language: str) -> None:
    """The language of all text that names no other, for spelling, hyphenation and screen readers."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    said = defaults.find(qn("w:lang"))
    if said is None:
        said = OxmlElement("w:lang")
        defaults.append(said)
    for attribute in list(said.attrib):
        del said.attrib[attribute]
    said.set(qn("w:val"), language)


def _number_headings(word: WordDocument) -> None:
    """Headings 1 and 2 number themselves, as a Word user expects."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="tab"/><w:lvlText w:val="{pattern}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
        for level, (pattern, indent) in enumerate((("%1", 480), ("%1.%2", 600)))
    )
    numbering = word.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_NUMBERING}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    first_number = numbering.find(qn("w:num"))
    if first_number is None:
        numbering.append(abstract)
    else:
        first_number.addprevious(abstract)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{_NUMBERING}"><w:abstractNumId w:val="{_NUMBERING}"/></w:num>'
        )
    )
    for level in (0, 1):
        number = word.styles[f"Heading {level + 1}"].element.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = _NUMBERING
