"""A whole visit in a real terminal, by the keyboard alone: from the first start to the letter's PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import TMUX, Terminal, in_terminal, laptop

PDFTOTEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(
    TMUX is None or PDFTOTEXT is None or os.name != "posix", reason="takes tmux and pdftotext"
)

APP = (sys.executable, "-m", "visitator_tui")
PASSPHRASE = "blå heste på række"
BEFORE = "stod der før"
# As from a shell's prompt: what stood in the terminal is to stand there afterwards.
STARTED = ("sh", "-c", f'echo "{BEFORE}"; "$@"; echo "endte med $?"', "sh", *APP)

NAME = "Åse Ærø Østergård"
ENQUIRY = {
    "Navn": NAME,
    "Fødselsdato": "04-05-1938",
    "CPR-nummer": "",
    "Vej og nummer": "Blåbærvænget 12, 2. tv.",
    "Postnummer": "3000",
    "By": "Helsingør",
    "Telefon": "49 00 00 00",
    "Bolig": "lejlighed uden elevator",
}
CALL = "Datteren ringer. Moderen er faldet på trappen."
APPLIED_FOR = "indkøb"
OWN_VIEW = ("Jeg kan ikke bære varerne op ad trappen.", "At blive boende.", "At gå til bageren igen.")
NOT_RELEVANT = "Borgeren har ikke oplyst andre forhold."
SUMMARY = "Borgeren klarer det meste selv, men ikke trapper og bæring."
REASON = "Slidgigt i begge hofter gør, at varerne ikke kan bæres op på anden sal."
CONSIDERED = "Slidgigten er undersøgt på sygehuset og kan ikke trænes væk."
"""Each in words of its own, so that one found afterwards tells where it came from."""


def overwrite(terminal: Terminal, text: str) -> None:
    """Put a text in place of what stands in a one-line field."""
    terminal.press("End", "C-u")
    terminal.type(text)


def first_start(terminal: Terminal) -> None:
    terminal.wait_for("Adgangssætning igen")
    for line in (PASSPHRASE, PASSPHRASE, "Vivi Visse"):
        terminal.type(line)
        terminal.press("Enter")
    terminal.wait_for("Tryk N")


def enquiry(terminal: Terminal) -> None:
    terminal.type("n")
    terminal.wait_for("Fødselsdato")
    for text in ENQUIRY.values():
        terminal.type(text)
        terminal.press("Enter")
    terminal.press("Tab")  # the municipality is known
    terminal.type("2017-0042")
    terminal.press("Enter")
    overwrite(terminal, "01-03-2017")
    terminal.press("Enter")
    terminal.type("datter")
    terminal.press("Enter")
    terminal.type("n")  # not urgent
    terminal.press("Enter")
    terminal.type(CALL)
    terminal.press("Tab")
    terminal.type(APPLIED_FOR)
    terminal.wait_for("Henvendelse √", NAME)


def own_view(terminal: Terminal) -> None:
    terminal.press("F9")
    terminal.wait_for("egne ord")
    for number, text in enumerate(OWN_VIEW):
        if number:
            terminal.press("Tab")
        terminal.type(text)
    terminal.wait_for("Egen", OWN_VIEW[-1])


def daily_life(terminal: Terminal) -> None:
    terminal.press("F9")
    terminal.wait_for("At gøre rent")
    for levels in ("210", "10010", "002", "1331", "00", "3", "1", "1"):  # a key an activity
        terminal.type(levels)
        terminal.press("Enter")
    terminal.wait_for("Har arbejde", "Hverdagsliv 2")
    terminal.type("n")
    terminal.press("Enter")
    terminal.wait_for("Ingen niveauer. B: beskriv.")
    terminal.type("i")
    terminal.type(NOT_RELEVANT)
    terminal.press("NPage")
    terminal.wait_for("Vurderet den", "Hverdagsliv √")
    overwrite(terminal, "03-03-2017")
    terminal.press("Enter")
    terminal.type("j")
    terminal.wait_for("03-03-2017", "(x) Ja")


def summary(terminal: Terminal) -> None:
    terminal.press("F9")
    terminal.wait_for("Samlet vurdering:")
    terminal.type(SUMMARY)
    terminal.press("Tab")
    terminal.type("f")
    terminal.wait_for(SUMMARY, "(x) Fastholde")


def suggestions(terminal: Terminal) -> None:
    terminal.press("F9")
    terminal.wait_for("Niveauet passer")
    terminal.type("s")
    terminal.wait_for("Søg i ")
    terminal.type("indkøbsordning")
    terminal.press("Enter")
    terminal.wait_for("Indkøbsordning: Niveauet passer")
    terminal.type("jjjj")
    terminal.wait_for("Indkøbsordning: Passer")
    terminal.type("v")
    terminal.wait_for("[x] Indkøbsordning")


def decision(terminal: Terminal) -> None:
    terminal.press("F9")
    terminal.wait_for("? Indkøbsordning")
    terminal.press("End")
    terminal.type("b")  # what she applied for is granted, as the delydelse that was chosen
    terminal.wait_for("B Indkøbsordning", "(x) Bevilling", "Svarer på ansøgningen: indkøb")
    terminal.type(REASON)
    terminal.press(*["Tab"] * 6)  # purpose, aim, goal, times and per stand as proposed
    terminal.type("45")
    terminal.press("Tab", "Tab", "Tab")
    terminal.type("13-03-2017")
    terminal.wait_for("13-03-2017")
    terminal.press("Escape", "Home", "Enter")
    terminal.wait_for("Afgjort af", "Vivi Visse")
    overwrite(terminal, "06-03-2017")
    terminal.press("Enter")
    overwrite(terminal, "Vivi Visitator")
    terminal.wait_for("06-03-2017", "Vivi Visitator")
    terminal.press("Escape", "End")
    terminal.wait_for("(x) Bevilling")
    terminal.press("Up")
    terminal.wait_for("Hvad vurderingen bygger på")
    terminal.press("Enter")
    terminal.type("1")
    terminal.press("Tab")
    terminal.type(CONSIDERED)
    terminal.wait_for("√ Rehabilitering først", "Afgørelse √")


def letter(terminal: Terminal) -> None:
    terminal.press("F9")
    terminal.wait_for("P træffer afgørelsen")
    terminal.type("p")
    terminal.wait_for("Afgørelsen er truffet. Brevet ligger i sagen")


def text_of(pdf: Path) -> str:
    """The text of a PDF as another program reads it, in one line."""
    read = subprocess.run(
        [PDFTOTEXT or "", "-enc", "UTF-8", str(pdf), "-"], check=True, capture_output=True, encoding="utf-8"
    )
    return " ".join(read.stdout.split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_whole_visit_by_the_keyboard_leaves_a_letter_and_nothing_else(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with in_terminal(STARTED, laptop(tmp_path), size) as terminal:
        first_start(terminal)
        for step in (enquiry, own_view, daily_life, summary, suggestions, decision, letter):
            step(terminal)
            assert NAME in terminal.screen()
        terminal.press("F10")
        terminal.wait_for("endte med 0")
        left = terminal.scrollback()

    assert left.split("\n")[0] == BEFORE
    telling = [
        *ENQUIRY.values(),
        CALL,
        *OWN_VIEW,
        NOT_RELEVANT,
        SUMMARY,
        REASON,
        CONSIDERED,
        "Indkøbsordning",
    ]
    assert [text for text in telling if text and text in left] == []

    (pdf,) = tmp_path.rglob("*.pdf")
    assert not any(word.lower() in pdf.name.lower() for word in NAME.split())
    read = text_of(pdf)
    for told in (NAME, "13. marts 2017", "45 minutter", REASON, "Vivi Visitator"):
        assert told in read
    for guidance in ("Sådan kan du klage", "4 uger fra den dag, du har fået brevet", "Ankestyrelsen"):
        assert guidance in read
