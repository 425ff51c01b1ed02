"""The way through a case from the enquiry to its end, as F1 tells it: in the order it is done, with the keys."""

from __future__ import annotations

from .action import Action


def _told(number: int, help: str) -> Action:
    return Action(f"way_{number}", "way", "", "", str(number), str(number), help, bar=False)


_STATIONS = (
    "Ny sag: N i Min dag eller på sagslisten. Alt gemmes af sig selv; F2 går tilbage, og sagen går videre. F9"
    " og F8 går til næste og forrige trin, F4 vælger et af de otte.",
    "Henvendelse (trin 1): hvem borgeren er, hvornår henvendelsen kom, om det er akut, og hvad der er søgt "
    "om.",
    "Aftale og samtykke (F4, 8: Forløb): N, Aftale: hvornår I mødes. N, Samtykke: hvem du må spørge. Dagen "
    "står i Min dag; når I har talt sammen, trykker du D på opgaven under »Skal gøres«.",
    "Samtalen: egen vurdering (trin 2), de ti områder med niveauer (trin 3), samlet vurdering og mål (trin "
    "4).",
    "Forslag (trin 5): svar J eller N på kriterierne. V tager en delydelse med til afgørelsen.",
    "Afgørelse (trin 6): B bevilger, D bevilger en del, A giver afslag; hvert punkt får sin begrundelse. Alt,"
    " der er søgt om, skal have et svar. F3 viser, hvad der mangler, og Enter går derhen.",
    "Brev (trin 7): P skriver brevet, og så er afgørelsen truffet. Den ændres ikke mere. L printer brevet, E "
    "gemmer det til Digital Post.",
    "Bestilling (trin 8): Enter på »Bestil hjælpen«. Skriv leverandør, hvornår borgeren fik information, og "
    "hvornår der er bestilt; A skriver bestillingen som advis. Når hjælpen er begyndt: D på »Hjælpen skal "
    "være begyndt«.",
    "Undervejs (trin 8): N skriver fravær, skift af leverandør, meldinger og klager. Min dag minder om det, "
    "der skal gøres; Enter åbner sagen dér, hvor det gøres.",
    "Opfølgning (trin 8): Enter på »Revurdér« eller »Evaluér«. Skal hjælpen ændres eller stoppe: N på trin 6 "
    "begynder en ny afgørelse, Æ ændrer, O stopper, og P på trin 7 træffer den.",
    "Slut: nederst på trin 8 står »Afslut sagen«. Enter viser, hvad der stadig er åbent; skriv datoen og "
    "hvorfor. Så minder sagen ikke om mere, og alt i den kan stadig læses.",
)

WAY_ACTIONS: tuple[Action, ...] = tuple(_told(number, help) for number, help in enumerate(_STATIONS, 1))
