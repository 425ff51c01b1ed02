"""The keys of the step Forløb, and what somebody who has read nothing else needs to know there."""

from __future__ import annotations

from .action import Action
from .course.register import KINDS


def _told(id: str, shown: str, help: str) -> Action:
    """Something that is told under F1 and has no key of its own."""
    return Action(id, "course", "", "", shown, shown, help, bar=False)


COURSE_ACTIONS: tuple[Action, ...] = (
    Action(
        "new_event", "course", "n", "new_event", "N", "Nyt",
        "Skriv noget nyt i forløbet: vælg, hvad der er sket. Det, sagen ved i forvejen, er udfyldt.", plain=True,
    ),
    Action(
        "fields", "course", "", "", "Enter", "Åbn",
        "På en opgave: gå derhen, hvor den løses. På noget, der er skrevet: gå til felterne; Esc går tilbage.",
        plain=True,
    ),
    Action(
        "done_today", "course", "d", "done_today", "D", "Gjort i dag",
        "På en opgave, der løses med en dato: skriv dags dato, så er den løst.", plain=True,
    ),
    Action(
        "drop_event", "course", "x,delete", "drop_event", "X", "Fjern",
        "Fjern det, markøren står på. Ctrl+Z henter det tilbage.", plain=True,
    ),
    Action(
        "advis", "course", "a", "advis", "A", "Advis",
        "På en bestilling: skriv den som advis, en fil til leverandørens system. Programmet spørger om mappen.",
        plain=True, bar=False,
    ),
    Action("back", "course", "escape", "back", "Esc", "Listen", "Gå fra felterne til listen.", in_field=True),
    _told(
        "told_tasks", "Skal gøres",
        "Øverst står sagens åbne opgaver: ! er over fristen. Til højre står, hvornår og hvorfor, og hvor reglen står.",
    ),
    _told("told_overview", "Overblik", "Den hjælp, borgeren har nu, tid pr. uge, klippekort, venteliste og priser."),
    _told(
        "told_several", "Flere",
        "I et felt med flere svar vælger et tal eller Mellemrum; pil til siderne flytter. I et felt med ét svar "
        "sletter Delete svaret.",
    ),
    _told(
        "told_start", "Begynd",
        "Ny sag: skriv henvendelsen på trin 1, og aftal samtalen her (N, Aftale). Spørg om samtykke (N, Samtykke). Kom "
        "sagen fra sygehuset, så skriv planen eller udskrivningen. Gå så trin 2 til 7 igennem.",
    ),
    _told(
        "told_order", "Bestil",
        "Når afgørelsen er truffet: N, Bestil hjælp. Vælg leverandør, udlever information, og skriv, hvornår der er "
        "bestilt. A skriver bestillingen som advis. Siden skriver du, hvornår hjælpen begyndte. Startfristen står over "
        "felterne.",
    ),
    _told(
        "told_change", "Skift",
        "Vil borgeren skifte leverandør: N, Skift leverandør. Skriv hvorfor og til hvem; varslet regnes. Når dagen "
        "kommer: afslut den gamle bestilling, lav en ny, og skriv, at der er skiftet.",
    ),
    _told(
        "told_absence", "Fravær",
        "Indlagt eller på ferie: N, Fravær. Hjælpen holder først pause, når sygehuset har bekræftet. Giv leverandøren "
        "besked, og afslut fraværet, når borgeren er hjemme.",
    ),
    _told(
        "told_course_end", "Evaluér",
        "Når et træningsforløb slutter: N, Evaluering af forløb. Skriv niveauer og om målene er nået. Er der brug for "
        "hjælp bagefter, så træf den nye afgørelse under Afgørelse, og skriv dens dato her.",
    ),
    _told(
        "told_complaint", "Klage",
        "N, Klage. Skriv, hvornår den kom; vurder sagen igen inden fristen, og vælg udfald. Uden fuldt medhold sendes "
        "den videre: skriv dato og papirer, og siden, hvad klageinstansen sagde.",
    ),
    _told(
        "told_clips", "Klip",
        "Klippekortets konto står under Overblik. N, Brug af klip, når opsparede klip bruges.",
    ),
    *(_told(f"kind_{kind.path}", "N", f"{kind.name}: {kind.help}") for kind in KINDS),
    _told(
        "told_close", "Afslut",
        "Nederst på listen: Afslut sagen. Programmet viser, hvad der stadig er åbent; du bestemmer. En afsluttet sag "
        "minder ikke om noget mere. F2 går kun tilbage til listen.",
    ),
)  # fmt: skip
