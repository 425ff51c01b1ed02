"""The keys of sync: how it stands, what two people filled in two ways, and whose a case is."""

from __future__ import annotations

from .action import Action

SYNC_ACTIONS: tuple[Action, ...] = (
    Action("sync", "day", "y", "sync", "Y", "Synk",
           "Vis, hvad der er sendt til kommunen og hvad der venter; log ind, og hent en sag.", plain=True),
    Action("sync", "list", "y", "sync", "Y", "Synk",
           "Vis, hvad der er sendt til kommunen og hvad der venter; log ind, og hent en sag.", plain=True, bar=False),
    Action("hand_over", "list", "o", "hand_over", "O", "Overdrag",
           "Giv den markerede sag til en kollega; det sker ved næste synkronisering.", plain=True, bar=False),
    Action("delete_case", "list", "x,delete", "delete_case", "X", "Slet sag",
           "Slet en sag, der er oprettet ved en fejl, og som intet er afgjort i.", plain=True, bar=False),
    Action("conflicts", "case", "ctrl+r", "conflicts", "Ctrl+R", "Konflikter",
           "Vis felter, som en kollega har udfyldt anderledes end du, og vælg.", bar=False),
    Action("sync_open", "sync", "enter", "open_row", "Enter", "Åbn", "Åbn sagen, eller vælg i dens konflikter."),
    Action("sync_now", "sync", "s", "sync_now", "S", "Synk nu",
           "Send og hent med det samme; ellers sker det af sig selv hvert femte minut."),
    Action("sync_conflicts", "sync", "k", "conflicts", "K", "Konflikter",
           "Vælg i de felter, som to har udfyldt på hver sin måde."),
    Action("sync_fetch", "sync", "h", "fetch", "H", "Hent",
           "Søg efter en sag hos kommunen, og hent den til denne maskine."),
    Action("sync_sign_in", "sync", "l", "sign_in", "L", "Log ind",
           "Log ind på kommunens tjeneste, i en browser eller med en engangskode.", bar=False),
    Action("sync_back", "sync", "f2,escape", "back", "F2", "Tilbage", "Gå tilbage."),
    Action("mine", "conflicts", "m", "settle('mine')", "M", "Min", "Behold min udgave af feltet."),
    Action("theirs", "conflicts", "d", "settle('theirs')", "D", "Deres", "Tag kollegaens udgave af feltet."),
    Action("before", "conflicts", "g", "base", "G", "Grundlag",
           "Vis, hvad der stod, før I begge ændrede det; en gang til skjuler det."),
    Action("next_conflict", "conflicts", "n", "turn(1)", "N", "Næste", "Gå til næste felt uden at vælge."),
    Action("previous_conflict", "conflicts", "f", "turn(-1)", "F", "Forrige", "Gå til forrige felt.", bar=False),
    Action("conflicts_back", "conflicts", "f2,escape", "back", "F2", "Tilbage",
           "Gå tilbage; det, du ikke valgte, venter."),
)  # fmt: skip
