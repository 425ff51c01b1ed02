"""A case from enquiry to decision in which nothing is missing, for the screens to show and tests to spoil."""

from __future__ import annotations

from typing import Any

from visitator_tui.domain.case import Case
from visitator_tui.domain.edit import change, parse_path

LEVELS = {
    "goere_rent": 2, "vaske_toej": 1, "sammenhaeng_i_hverdagen": 0,
    "bade": 1, "vaske_sig": 0, "pleje_kroppen": 0, "klaede_sig_paa": 1, "toiletbesoeg": 0,
    "spise": 0, "drikke": 0, "lave_mad": 2,
    "faerdes_i_bolig": 1, "faerdes_udendoers": 3, "kollektiv_transport": 3, "flytte_sig": 1,
    "indkoeb_af_varer": 3,
    "kontakt_til_familie_og_venner": 1,
    "interesser_og_hobby": 1,
}  # fmt: skip

SAID = {
    "daglig_husfoerelse": "Jeg støver af og vasker op. Støvsugeren er blevet for tung.",
    "personlig_hygiejne": "Jeg klarer badet, når jeg sidder på bænken.",
    "maaltider": "Jeg varmer mad, men kan ikke stå ved komfuret ret længe.",
    "komme_omkring": "Inde går det med rollatoren. Ude tør jeg ikke gå alene.",
    "indkoeb": "Jeg kan skrive en seddel, men ikke få varerne hjem.",
    "familie_og_venner": "Min datter ringer hver dag og kommer om søndagen.",
    "interesser_og_hobby": "Jeg læser og lytter til radio.",
    "oevrige_forhold": "Jeg er ikke bange for at være alene hjemme.",
}

NOT_RELEVANT = {
    "vedligeholdelse_af_bolig": "Boligselskabet står for have og vedligeholdelse.",
    "arbejde_og_uddannelse": "Borgeren er folkepensionist.",
}


def whole_case() -> Case:
    """A decided case with one grant and one refusal, ready for its letter."""
    areas: dict[str, Any] = {
        area: {"relevant": True, "from_citizen": text, "observed": "Som fortalt; gangen er usikker."}
        for area, text in SAID.items()
    }
    areas |= {area: {"relevant": False, "justification": text} for area, text in NOT_RELEVANT.items()}
    activities: dict[str, Any] = {activity: {"level": level} for activity, level in LEVELS.items()}
    activities["indkoeb_af_varer"]["cause"] = "Slidgigt i begge hofter"
    return Case.model_validate(
        {
            "municipality": "helsingor",
            "case_number": "2017-0042",
            "citizen": {
                "name": "Åse Ærø Østergård",
                "birth_date": "1938-05-04",
                "address": {"street": "Blåbærvænget 12, 2. tv.", "postal_code": "3000", "town": "Helsingør"},
                "phone": "49 00 00 00",
                "housing": "lejlighed på anden sal, ingen elevator",
                "household": [{"relation": "ægtefælle", "name": "Bo Østergård", "can_share_tasks": False}],
            },
            "enquiry": {
                "received_on": "2017-03-01",
                "from": "datter",
                "acute": False,
                "text": "Datteren ringer. Moderen er faldet på trappen og tør ikke gå ud.",
                "applied_for": ["indkoebsordning_med_paapladssaetning", "rengøring af hele lejligheden"],
            },
            "own_view": {
                "text": "Jeg vil helst klare mig selv, men varerne kan jeg ikke bære op ad trappen.",
                "matters_most": "At blive boende i lejligheden.",
                "motivation": "At kunne gå til bageren igen.",
            },
            "assessment": {
                "assessed_on": "2017-03-03",
                "consent_to_obtain": True,
                "areas": areas,
                "activities": activities,
                "overall_level": 2,
            },
            "summary": {
                "text": "Borgeren klarer det meste i hjemmet selv. Trapper og bæring er hun ude af stand til.",
                "goal": "fastholde",
            },
            "answers": {
                "kan_ikke_selv_koebe_ind": True,
                "ingen_i_husstanden_kan_koebe_ind": True,
                "kan_faa_bestilt_varer": True,
                "kan_ikke_selv_saette_varer_paa_plads": True,
            },
            "considerations": {
                "rehabilitering_foerst": {
                    "outcome": "ikke_muligt",
                    "reason": "Slidgigten er undersøgt på sygehuset og kan ikke trænes væk.",
                }
            },
            "decision": {
                "decided_on": "2017-03-06",
                "by": {"name": "Vivi Visse", "title": "visitator"},
                "items": [
                    {
                        "delydelse": "indkoebsordning_med_paapladssaetning",
                        "outcome": "granted",
                        "purpose": "At der er dagligvarer i hjemmet.",
                        "aim": "Selv at skrive indkøbssedlen",
                        "reason": "Borgeren kan på grund af slidgigt ikke bære varer op til anden sal.",
                        "extent": {"times": 1, "per": "week", "weekdays_only": True},
                        "start_on": "2017-03-13",
                        "supplier": "Kommunens leverandør",
                    },
                    {
                        "delydelse": "rengoering_3",
                        "outcome": "refused",
                        "answers": "rengøring af hele lejligheden",
                        "reason": "Borgeren tørrer selv støv af og vasker gulv siddende; datteren støvsuger.",
                    },
                ],
            },
        }
    )


def changed(case: Case, **at: Any) -> Case:
    """The case with other values; a double underscore stands for a dot in the path."""
    for where, value in at.items():
        case, _ = change(case, parse_path(where.replace("__", ".")), value)
    return case
