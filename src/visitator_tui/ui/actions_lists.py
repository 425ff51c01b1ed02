"""The keys of the lists: Min dag, cases, letters to print."""

from __future__ import annotations

from .action import Action

LIST_ACTIONS: tuple[Action, ...] = (
    Action(
        "open",
        "day",
        "enter",
        "open_task",
        "Enter",
        "Åbn",
        "Åbn sagen dér, hvor opgaven klares, eller se beskeden helt.",
        plain=True,
    ),
    Action("cases", "day", "f2", "cases", "F2", "Sager", "Gå til listen over alle sager; F2 går tilbage."),
    Action("new", "day", "n", "new_case", "N", "Ny sag", "Opret en ny sag.", plain=True),
    Action(
        "find",
        "day",
        "s",
        "find",
        "S",
        "Søg",
        "Vis kun opgaver, hvor ordene står i navn, opgave eller kilde. Esc viser alle igen.",
        plain=True,
    ),
    Action(
        "print_queue",
        "day",
        "t",
        "print_queue",
        "T",
        "Til print",
        "Vis breve, der venter på at blive printet.",
        plain=True,
    ),
    Action("new", "list", "n", "new_case", "N", "Ny sag", "Opret en ny sag.", plain=True),
    Action("open", "list", "enter", "open_case", "Enter", "Åbn", "Åbn den markerede sag.", plain=True),
    Action(
        "find", "list", "s", "find", "S", "Søg", "Søg i sagerne. Pil ned går tilbage til listen.", plain=True
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
        bar=False,
    ),
    Action("my_day", "list", "f2", "my_day", "F2", "Min dag", "Gå tilbage til Min dag."),
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
