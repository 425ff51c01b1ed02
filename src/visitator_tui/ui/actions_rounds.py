"""The keys of what visitators do beside the cases: preventive home visits, and the year's quality."""

from __future__ import annotations

from .action import Action

ROUNDS_ACTIONS: tuple[Action, ...] = (
    Action("preventive", "list", "f", "preventive", "F", "Forebyggende besøg",
           "Vis, hvem der skal have tilbud om forebyggende hjemmebesøg.", plain=True, bar=False),
    Action("quality", "list", "k", "quality", "K", "Kvalitet",
           "Vis årets tal, og træk stikprøver til tilsyn.", plain=True, bar=False),
    Action("day_preventive", "day", "f", "preventive", "F", "Forebyggende besøg",
           "Vis, hvem der skal have tilbud om forebyggende hjemmebesøg.", plain=True, bar=False),
    Action("day_quality", "day", "k", "quality", "K", "Kvalitet",
           "Vis årets tal, og træk stikprøver til tilsyn.", plain=True, bar=False),
    Action("visit", "preventive", "enter", "visit", "Enter", "Besøg", "Skriv om besøget hos borgeren."),
    Action("not_home", "preventive", "i", "offer('not_home')", "I", "Ikke hjemme",
           "Borgeren var ikke hjemme; der er et nyt tilbud året efter."),
    Action("declined", "preventive", "u", "offer('declined')", "U", "Ønsker ikke",
           "Borgeren ønskede ikke besøg denne gang."),
    Action("bring_in", "preventive", "h", "bring_in", "H", "Hent",
           "Hent registret over borgere fra en fil (CSV); besøg, der er skrevet, bliver stående."),
    Action("everybody", "preventive", "a", "everybody", "A", "Alle",
           "Skift mellem dem, der skal have et tilbud nu, og alle i registret."),
    Action("back_to_cases", "preventive", "f2,escape", "back", "F2", "Tilbage", "Gå tilbage, hvor du kom fra."),
    Action("visit_missing", "talk", "f3", "missing", "F3", "Mangler", "Vis, hvad der mangler om besøget."),
    Action("visit_case", "talk", "f4", "make_case", "F4", "Opret sag",
           "Opret en sag af det, borgeren søger om."),
    Action("visit_save", "talk", "ctrl+s", "save_now", "Ctrl+S", "Gem",
           "Gem nu. Alt gemmes også af sig selv, mens du skriver.", bar=False),
    Action("visit_back", "talk", "f2,escape", "back", "F2", "Listen", "Gem, og gå tilbage til listen (også Esc)."),
    Action("quality_back", "quality", "f2,escape", "back", "F2", "Tilbage", "Gå tilbage, hvor du kom fra."),
    Action("year_before", "quality", "left", "year(-1)", "Pil til siden", "År", "Vis året før eller efter.", bar=False),
    Action("year_after", "quality", "right", "year(1)", "Pil til højre", "Næste år", "Vis næste år.", bar=False),
    Action("draw_home", "quality", "t", "draw('home')", "T", "5 % hjemme",
           "Træk en stikprøve af hver leverandørs borgere til årets anmeldte tilsyn."),
    Action("draw_nursing", "quality", "p", "draw('nursing_home')", "P", "10 % plejehjem",
           "Træk en stikprøve af borgerne på plejehjem til årets uanmeldte tilsyn."),
    Action("samples", "quality", "s", "samples", "S", "Stikprøver", "Vis de stikprøver, der er trukket."),
    Action("quality_pdf", "quality", "d", "pdf", "D", "Skriv PDF", "Skriv årets tal som PDF."),
)  # fmt: skip
