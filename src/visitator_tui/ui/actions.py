"""Every key of the app in one place: what it does, where, and the words for it.

Only keys that every terminal passes on and a Danish keyboard has without AltGr are used (a test
holds this table against the forbidden list). Letters and digits work when no text field has focus.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Context = Literal[
    "app", "form", "list", "case", "areas", "suggestions", "decision", "letter", "search", "queue"
]

CONTEXT_NAMES: dict[Context, str] = {
    "app": "Overalt",
    "form": "I et felt",
    "list": "Sagslisten",
    "case": "I en sag",
    "areas": "Hverdagsliv",
    "suggestions": "Forslag",
    "decision": "Afgørelse",
    "letter": "Brev",
    "queue": "Breve til print",
    "search": "Søg i standarden",
}


@dataclass(frozen=True)
class Action:
    """One thing a key does. ``label`` is for the key bar (short), ``help`` for F1 (a sentence).

    ``plain`` keys act only outside fields, ``in_field`` keys only in them. Without ``keys`` the action is
    told of here and done elsewhere (Enter in a list).
    """

    id: str
    context: Context
    keys: str
    action: str
    shown: str
    label: str
    help: str
    plain: bool = False
    bar: bool = True
    in_field: bool = False


ACTIONS: tuple[Action, ...] = (
    Action(
        "help", "app", "f1", "help", "F1", "Hjælp", "Vis, hvad du kan gøre her. Skriv for at søge i hjælpen."
    ),
    Action(
        "leave", "app", "f10,ctrl+q", "leave", "F10", "Afslut", "Gem alt og luk programmet (også Ctrl+Q)."
    ),
    Action(
        "theme",
        "app",
        "ctrl+t",
        "next_theme",
        "Ctrl+T",
        "Farver",
        "Skift mellem mørk, lys og høj kontrast.",
        bar=False,
    ),
    Action(
        "next_field",
        "form",
        "tab",
        "next_field",
        "Tab",
        "Næste felt",
        "Gå til næste felt; i felter på én linje også Enter og Pil ned.",
        in_field=True,
    ),
    Action(
        "previous_field",
        "form",
        "shift+tab",
        "previous_field",
        "Shift+Tab",
        "Forrige felt",
        "Gå til forrige felt; i felter på én linje også Pil op.",
        bar=False,
    ),
    Action(
        "pick",
        "form",
        "",
        "",
        "1-9",
        "Vælg",
        "Vælg blandt svarene i et felt: nummer, forbogstav eller Pil til siderne.",
        bar=False,
    ),
    Action("new", "list", "n", "new_case", "N", "Ny sag", "Opret en ny sag.", plain=True),
    Action("open", "list", "enter", "open_case", "Enter", "Åbn", "Åbn den markerede sag.", plain=True),
    Action(
        "find", "list", "s", "find", "S", "Søg", "Søg i sagerne. Pil ned går tilbage til listen.", plain=True
    ),
    Action("cases", "case", "f2", "cases", "F2", "Sager", "Gem og gå til listen over sager."),
    Action(
        "missing",
        "case",
        "f3",
        "missing",
        "F3",
        "Mangler",
        "Vis, hvad der mangler før afgørelsen; Enter går derhen.",
    ),
    Action("steps", "case", "f4", "steps", "F4", "Trin", "Vælg et af de syv trin.", bar=False),
    Action("previous_step", "case", "f8", "step(-1)", "F8", "Forrige", "Gå til forrige trin."),
    Action("next_step", "case", "f9", "step(1)", "F9", "Næste", "Gå til næste trin."),
    Action(
        "phrases",
        "case",
        "f5",
        "phrases",
        "F5",
        "Fraser",
        "I et tekstfelt: sæt en gemt frase ind, eller gem feltets tekst.",
        bar=False,
    ),
    Action(
        "save",
        "case",
        "ctrl+s",
        "save_now",
        "Ctrl+S",
        "Gem",
        "Gem nu. Alt gemmes også af sig selv, mens du skriver.",
        bar=False,
    ),
    Action(
        "undo",
        "case",
        "ctrl+z",
        "undo",
        "Ctrl+Z",
        "Fortryd",
        "Fortryd seneste ændring (i et felt: det senest skrevne).",
        bar=False,
    ),
    Action(
        "score",
        "areas",
        "0,1,2,3,4",
        "score",
        "0-4",
        "Niveau",
        "Giv aktiviteten et funktionsniveau; markøren går videre.",
        plain=True,
    ),
    Action(
        "row_up",
        "areas",
        "up",
        "row(-1)",
        "Pil op",
        "Forrige aktivitet",
        "Gå til forrige aktivitet.",
        bar=False,
    ),
    Action(
        "row_down",
        "areas",
        "down",
        "row(1)",
        "Pil ned",
        "Næste aktivitet",
        "Gå til næste aktivitet.",
        bar=False,
    ),
    Action(
        "area_next",
        "areas",
        "pagedown",
        "area(1)",
        "PgDn",
        "Område",
        "Gå til næste område; PgUp går tilbage.",
    ),
    Action(
        "area_previous",
        "areas",
        "pageup",
        "area(-1)",
        "PgUp",
        "Forrige område",
        "Gå til forrige område.",
        bar=False,
    ),
    Action(
        "irrelevant",
        "areas",
        "i",
        "relevant(False)",
        "I",
        "Ikke relevant",
        "Området er ikke relevant: skriv hvorfor.",
        plain=True,
    ),
    Action(
        "relevant",
        "areas",
        "r",
        "relevant(True)",
        "R",
        "Relevant",
        "Området er relevant alligevel.",
        plain=True,
        bar=False,
    ),
    Action(
        "describe",
        "areas",
        "b",
        "describe",
        "B",
        "Beskriv",
        "Skriv om området; Esc går tilbage til niveauerne.",
        plain=True,
    ),
    Action(
        "back", "areas", "escape", "back", "Esc", "Niveauer", "Gå fra felterne til niveauerne.", in_field=True
    ),
    Action(
        "unscore",
        "areas",
        "x,delete",
        "unscore",
        "X",
        "Slet",
        "Slet aktivitetens niveau.",
        plain=True,
        bar=False,
    ),
    Action(
        "work_yes",
        "areas",
        "j",
        "answer(True)",
        "J",
        "Ja",
        "Ja til en aktivitet uden niveauer (har arbejde).",
        plain=True,
        bar=False,
    ),
    Action(
        "work_no",
        "areas",
        "n",
        "answer(False)",
        "N",
        "Nej",
        "Nej til en aktivitet uden niveauer (har arbejde).",
        plain=True,
        bar=False,
    ),
    Action(
        "criterion_yes", "suggestions", "j", "criterion(True)", "J", "Ja", "Kriteriet er opfyldt.", plain=True
    ),
    Action(
        "criterion_no",
        "suggestions",
        "n",
        "criterion(False)",
        "N",
        "Nej",
        "Kriteriet er ikke opfyldt.",
        plain=True,
    ),
    Action(
        "criterion_clear",
        "suggestions",
        "u",
        "criterion(None)",
        "U",
        "Uafklaret",
        "Spurgt, men endnu ikke afklaret.",
        plain=True,
    ),
    Action(
        "enter",
        "suggestions",
        "",
        "",
        "Enter",
        "Åbn",
        "Åbn eller luk en gruppe, eller gå til kriterierne; Esc går tilbage.",
    ),
    Action(
        "back",
        "suggestions",
        "escape",
        "back",
        "Esc",
        "Listen",
        "Gå fra kriterierne til listen.",
        bar=False,
    ),
    Action(
        "choose",
        "suggestions",
        "v",
        "choose",
        "V",
        "Vælg",
        "Tag delydelsen med til afgørelsen, eller tag den ud igen.",
        plain=True,
    ),
    Action(
        "search",
        "suggestions",
        "s",
        "search",
        "S",
        "Søg",
        "Søg en delydelse på navn, ord eller paragraf.",
        plain=True,
    ),
    Action(
        "card", "suggestions", "k", "card", "K", "Kort", "Vis delydelsens fulde kort med sidetal.", plain=True
    ),
    Action(
        "fields", "decision", "", "", "Enter", "Felter", "Gå til punktets felter; Esc går tilbage til listen."
    ),
    Action(
        "back", "decision", "escape", "back", "Esc", "Listen", "Gå fra felterne til listen.", in_field=True
    ),
    Action("grant", "decision", "b", "outcome('granted')", "B", "Bevilg", "Bevilg punktet.", plain=True),
    Action(
        "refuse", "decision", "a", "outcome('refused')", "A", "Afslag", "Giv afslag på punktet.", plain=True
    ),
    Action("add", "decision", "t", "add", "T", "Tilføj", "Tilføj en delydelse fra standarden.", plain=True),
    Action("drop", "decision", "x,delete", "drop", "X", "Fjern", "Fjern punktet fra afgørelsen.", plain=True),
    Action(
        "pdf", "letter", "p", "pdf", "P", "Skriv PDF", "Skriv brevet som PDF og gem det i sagen.", plain=True
    ),
    Action(
        "queue_letter",
        "letter",
        "l",
        "queue",
        "L",
        "Læg til print",
        "Læg det seneste brev i køen til print.",
        plain=True,
    ),
    Action(
        "reviews",
        "list",
        "r",
        "reviews",
        "R",
        "Ny standard",
        "Vis sager, der skal vurderes igen, fordi standarden er ændret.",
        plain=True,
    ),
    Action(
        "print_queue",
        "list",
        "t",
        "print_queue",
        "T",
        "Til print",
        "Vis breve, der venter på at blive printet.",
        plain=True,
    ),
    Action("print_all", "queue", "p", "print_all", "P", "Print", "Print alle breve, der venter."),
    Action("printer", "queue", "v", "printer", "V", "Printer", "Vælg printer."),
    Action("sides", "queue", "2", "sides", "2", "Sider", "Skift mellem én og to sider på arket."),
    Action("copies", "queue", "k", "copies", "K", "Kopier", "Ét eksemplar mere (fra ét til fem og forfra)."),
    Action(
        "came_out", "queue", "j", "came_out(True)", "J", "Kom ud", "Brevet kom ud af printeren.", bar=False
    ),
    Action(
        "lost",
        "queue",
        "n",
        "came_out(False)",
        "N",
        "Kom ikke",
        "Brevet kom ikke ud; det venter igen.",
        bar=False,
    ),
    Action("retry", "queue", "f", "retry", "F", "Prøv igen", "Lad et fejlet brev vente igen."),
    Action(
        "remove",
        "queue",
        "x,delete",
        "remove",
        "X",
        "Tag ud",
        "Tag brevet ud af køen, eller stop det på printeren.",
    ),
)


def of(context: Context) -> tuple[Action, ...]:
    """The actions of a context, in the order of the help."""
    return tuple(action for action in ACTIONS if action.context == context)


def bindings(context: Context) -> list[Binding]:
    """The bindings of a context.

    They have priority: a key that moves the focus must act before the next key is handed out, or fast
    typing lands in the wrong field.
    """
    made = []
    for one in of(context):
        if not one.keys:
            continue
        if one.id == "score":
            made += [
                Binding(key, f"score({key})", one.label, id=f"{context}.{one.id}.{key}", priority=True)
                for key in one.keys.split(",")
            ]
        else:
            made.append(Binding(one.keys, one.action, one.label, id=f"{context}.{one.id}", priority=True))
    return made


def bar(*contexts: Context, in_field: bool = False) -> str:
    """The key bar's text for some contexts, outside or in a field."""
    return "  ".join(
        f"{one.shown} {one.label}"
        for context in contexts
        for one in of(context)
        if one.bar and not (one.plain if in_field else one.in_field)
    )
