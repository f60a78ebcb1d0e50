"""Answers that participants of one seminar typed into a survey: marks and a few words, nobody's name. All invented."""

import csv
import io

NAME = "2018-11-22-fargona-fikrlar.csv"
_HEADINGS = (
    "Vaqt belgisi",
    "Seminar siz uchun qanchalik foydali boʻldi? (1-5)",
    "Oʻz ishingizga qanchalik mos? (1-5)",
    "Trenerlarni baholang (1-5)",
    "Tashkil etilishini baholang (1-5)",
    "Nimani qoʻllaysiz?",
    "Nima yetishmadi?",
)
_MARKS = (
    "5545",
    "4444",
    "5553",
    "4354",
    "5544",
    "3453",
    "5555",
    "4445",
    "5454",
    "4 43",
    "5554",
    "4543",
    "5445",
    "34 4",
)
_APPLY = {
    1: "Tomchilatib sugʻorishni sinab koʻraman",
    4: "Tuproq tahlili",
    8: "Xaritada ekin maydonlarini belgilash",
}
_MISSED = {2: "Dalada koʻproq amaliyot", 6: "Oʻzbek tilidagi tarqatma material", 11: "Vaqt kam edi"}


def answers() -> bytes:
    """The survey's export, in UTF-8 with commas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for place, marks in enumerate(_MARKS):
        given = [mark.strip() for mark in marks]
        at = f"22.11.2018 16:{30 + place}"
        writer.writerow([at, *given, _APPLY.get(place, ""), _MISSED.get(place, "")])
    return text.getvalue().encode()
