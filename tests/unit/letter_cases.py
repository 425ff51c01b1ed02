"""An invented municipality's standard and decisions under it, for the tests of letters."""

from __future__ import annotations

from typing import Any

from visitator_tui.domain.case import Case
from visitator_tui.domain.standard import Standard
from visitator_tui.usecases.ports import Letterhead

LEVELS = [
    (0, "Ingen/ubetydelige begrænsninger", "Du klarer aktiviteten selv."),
    (1, "Lette begrænsninger", "Du klarer aktiviteten selv, men med besvær eller langsomt."),
    (2, "Moderate begrænsninger", "Du deltager i aktiviteten, men har brug for nogen hjælp."),
    (3, "Svære begrænsninger", "Du kan gøre en mindre del selv og har brug for hjælp til det meste."),
    (4, "Totale begrænsninger", "Du kan ikke udføre aktiviteten og har brug for hjælp til det hele."),
]
GOALS = [
    ("udrede", "Udrede", "Vi finder ud af, hvad du kan blive bedre til."),
    ("udvikle", "Udvikle", "Du genvinder færdigheder eller lærer nye."),
    ("fastholde", "Fastholde", "Du bliver ved med at kunne det, du kan i dag."),
    ("lindre_understoette", "Lindre/Understøtte", "Du bevarer livskvalitet og værdighed."),
]
AREAS: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("daglig_husfoerelse", "Daglig husførelse", [
        ("goere_rent", "At gøre rent"), ("vaske_toej", "At vaske tøj"),
        ("sammenhaeng_i_hverdagen", "At sikre sammenhæng i hverdagen"),
    ]),
    ("personlig_hygiejne", "Personlig hygiejne", [
        ("bade", "At bade"), ("vaske_sig", "At vaske sig"), ("pleje_kroppen", "At pleje kroppen"),
        ("klaede_sig_paa", "At klæde sig af og på"), ("toiletbesoeg", "At gå på toilettet"),
    ]),
    ("maaltider", "Måltider", [
        ("spise", "At spise"), ("drikke", "At drikke"), ("lave_mad", "At lave mad"),
    ]),
    ("komme_omkring", "At komme omkring", [
        ("faerdes_i_bolig", "At færdes i boligen"), ("faerdes_udendoers", "At færdes udendørs"),
        ("kollektiv_transport", "At bruge kollektiv transport"), ("flytte_sig", "At flytte sig"),
    ]),
    ("vedligeholdelse_af_bolig", "Vedligeholdelse af bolig", [
        ("vedligeholde_bolig_og_have", "At vedligeholde bolig og have"),
        ("vedligeholde_have", "At vedligeholde have"),
    ]),
    ("indkoeb", "Indkøb", [("indkoeb_af_varer", "At sikre indkøb af hverdagens varer")]),
    ("familie_og_venner", "Familie og venner", [
        ("kontakt_til_familie_og_venner", "At holde kontakt til familie og venner"),
    ]),
    ("interesser_og_hobby", "Interesser og hobby", [("interesser_og_hobby", "At dyrke interesser")]),
    ("arbejde_og_uddannelse", "Arbejde og uddannelse", [("har_arbejde", "Har arbejde")]),
    ("oevrige_forhold", "Øvrige forhold", []),
]  # fmt: skip

LONG = "Hverdagsrehabiliteringsforløb med supplerende indkøbsordning og rengøringsvejledning"

MANY = [(f"lang_ydelse_{number}", f"{LONG}, delydelse nr. {number}") for number in range(1, 26)]


def _item(item_id: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": item_id, "name": name, "page": 70, **more}


def _range(activity: str, low: int, high: int = 4) -> dict[str, Any]:
    return {"when": {"activity": activity, "min": low, "max": high}, "page": 70}


def _by_name(activity: str, level: int) -> dict[str, Any]:
    return {**_range(activity, level, level), "indicative": True, "origin": "name"}


def standard(**changes: Any) -> Standard:
    """The standard of the invented Lindholm Kommune."""
    document: dict[str, Any] = {
        "format": "visitator-catalogue/1",
        "id": "lindholm-2024",
        "municipality": "lindholm",
        "municipality_name": "Lindholm Kommune",
        "unit": "Visitationen",
        "title": "Hjælp til ældre og voksne i Lindholm",
        "valid_from": "2024-01-01",
        "source": {"file": "lindholm.pdf", "locator": "none"},
        "levels": [{"level": n, "name": name, "meaning": meaning} for n, name, meaning in LEVELS],
        "goals": [{"id": i, "name": name, "meaning": meaning} for i, name, meaning in GOALS],
        "areas": [
            {
                "id": area,
                "name": name,
                "activities": [
                    {"id": a, "label": label, "graded": a != "har_arbejde"} for a, label in activities
                ],
            }
            for area, name, activities in AREAS
        ],
        "delivery_reliability": [{"text": "Hjælpen kommer højst en halv time før eller efter aftalt tid"}],
        "supplier_choice": [
            {"text": "Du kan vælge mellem kommunens hjemmepleje og de private leverandører på vores liste"},
            {"text": "Praktisk hjælp kan du flytte til en anden leverandør med 14 dages varsel"},
        ],
        "citizen_duties": [{"text": "Meld afbud i god tid, hvis du ikke er hjemme"}],
        "complaint_routes": [
            {
                "id": "ankestyrelsen",
                "name": "klage efter serviceloven",
                "body": "Ankestyrelsen",
                "deadline": {"amount": 4, "unit": "weeks"},
                "text": [
                    "Du kan klage over afgørelsen om {items}. Klag mundtligt eller skriftligt til {unit} "
                    "i {municipality} {contact}",
                    "Vi vurderer sagen igen inden for 4 uger. Får du ikke medhold i det hele, sender vi "
                    "klagen videre til Ankestyrelsen",
                ],
                "origin": "law",
            },
            {
                "id": "visitationsenheden",
                "name": "klage over rehabilitering",
                "body": "Visitationsenheden",
                "deadline": {"amount": 4, "unit": "weeks"},
                "text": ["Skriv eller ring til {unit}, hvis du er uenig om {items}"],
                "origin": "standard",
            },
            {
                "id": "ingen",
                "name": "klippekort",
                "body": "Ingen",
                "text": ["Bed {unit} om at vurdere {items} igen, hvis der er kommet nye oplysninger"],
                "origin": "standard",
                "shuts_out_appeal": True,
            },
            {
                "id": "patientklager",
                "name": "klage efter sundhedsloven",
                "body": "Styrelsen for Patientklager",
                "deadline": {"amount": 24, "unit": "months"},
                "text": [
                    "Klag over {items} til Styrelsen for Patientklager. Fristen er 2 år fra den dag, du "
                    "blev klar over det, du vil klage over"
                ],
                "origin": "law",
            },
        ],
        "considerations": [
            {
                "id": "rehabilitering_foerst",
                "name": "Rehabilitering før anden hjælp",
                "question": "Kan et forløb efter § 83 a gøre behovet mindre?",
                "before": [{"act": "serviceloven", "paragraph": "83"}],
                "outcomes": [
                    {"id": "ikke_relevant", "label": "Et forløb vil ikke gøre dit behov for hjælp mindre"},
                    {"id": "gennemfoert", "label": "Du har gennemført et forløb"},
                    {"id": "tilbydes", "label": "Du får tilbudt et forløb", "allows_help": False},
                ],
            }
        ],
        "criteria": [{"id": "kan_ikke_selv_bestille", "question": "Kan ikke selv bestille varer"}],
        "ydelser": [
            {
                "id": "personlig_hjaelp",
                "name": "Personlig hjælp og pleje",
                "help_kind": "personal_care",
                "law": [{"act": "serviceloven", "paragraph": "83", "stk": "1", "nr": "1"}],
                "complaint_routes": ["ankestyrelsen"],
                "delydelser": [_item("bad_2", "Bad 2", level_rule=_range("bade", 2))],
            },
            {
                "id": "praktisk_hjaelp",
                "name": "Praktisk hjælp",
                "help_kind": "practical",
                "law": [{"act": "serviceloven", "paragraph": "83", "stk": "1", "nr": "2"}],
                "complaint_routes": ["ankestyrelsen"],
                "delivery_reliability": [
                    {"text": "Aflyser vi et besøg, får du tilbudt et nyt inden for 5 hverdage"}
                ],
                "citizen_duties": [{"text": "Tag del i opgaverne, så meget du kan"}],
                "delydelser": [
                    _item("rengoering_3", "Rengøring 3", level_rule=_by_name("goere_rent", 3)),
                    _item(
                        "indkoebsordning",
                        "Indkøbsordning",
                        level_rule=_range("indkoeb_af_varer", 2),
                        criteria=["kan_ikke_selv_bestille"],
                    ),
                    *(_item(item_id, name, described=False) for item_id, name in MANY),
                ],
            },
            {
                "id": "rehabilitering",
                "name": "Hverdagsrehabilitering",
                "law": [{"act": "serviceloven", "paragraph": "83 a"}],
                "complaint_routes": ["visitationsenheden"],
                "delydelser": [_item("rehab_a", "Rehabilitering A")],
            },
            {
                "id": "klippekort",
                "name": "Klippekort",
                "law": [{"act": "serviceloven", "paragraph": "79"}],
                "complaint_routes": ["ingen"],
                "delydelser": [_item("klippekort_1", "Klippekort")],
            },
            {
                "id": "traening",
                "name": "Genoptræning",
                "law": [{"act": "sundhedsloven", "paragraph": "140"}],
                "complaint_routes": ["patientklager"],
                "delydelser": [_item("genoptraening", "Genoptræning efter sygehusophold")],
            },
        ],
    }
    return Standard.model_validate({**document, **changes})


def letterhead(**changes: Any) -> Letterhead:
    """The letterhead of Lindholm Kommune."""
    parts: dict[str, Any] = {
        "municipality": "Lindholm Kommune",
        "unit": "Visitationen",
        "address": ("Torvegade 4", "9990 Lindholm"),
        "phone": "99 99 10 10",
        "hours": "Mandag-fredag kl. 9-13",
        "email": "visitationen@lindholm.example",
    }
    return Letterhead(**{**parts, **changes})


def granted(item_id: str, **changes: Any) -> dict[str, Any]:
    """An item that is granted, with everything a grant must hold."""
    return {
        "delydelse": item_id,
        "outcome": "granted",
        "purpose": "At du kan blive boende i dit hjem og kende dagens gang",
        "aim": "Du kan selv tage strømper på med en strømpepåtager inden sommer",
        "goal": "fastholde",
        "reason": "Du kan ikke løfte højre arm over skulderen efter dit fald og bliver svimmel, når du bukker dig",
        "extent": {"times": 1, "per": "week", "minutes": 45, "time_of_day": ["day"]},
        "start_on": "2024-05-20",
        "review_on": "2024-11-20",
        "supplier": "Hjemmeplejen, Lindholm Kommune",
        **changes,
    }


def refused(item_id: str, **changes: Any) -> dict[str, Any]:
    """An item that is refused with an individual reason."""
    return {
        "delydelse": item_id,
        "outcome": "refused",
        "reason": (
            "Du bestiller selv varer på din telefon hver fredag, og købmanden bærer poserne helt ind i "
            "køkkenet. Din nabo Karen hjælper dig med at sætte de tunge varer på plads"
        ),
        **changes,
    }


def partly(item_id: str, **changes: Any) -> dict[str, Any]:
    """An item of which the citizen gets a part."""
    return granted(
        item_id,
        outcome="partly",
        **{
            "refused_part": "Hjælp til at vaske vinduer og gøre rent i kælderen",
            "reason": (
                "Du kan ikke støvsuge, fordi du bliver svimmel, når du bukker dig. Vinduerne pudser din nevø "
                "hver anden måned, og kælderen har du ikke brugt, siden du solgte cyklen"
            ),
            **changes,
        },
    )


def changed(item_id: str, **changes: Any) -> dict[str, Any]:
    """An item of which the citizen gets less from now on."""
    return granted(
        item_id,
        outcome="changed",
        **{
            "former_extent": {"times": 2, "per": "week", "minutes": 45, "time_of_day": ["day"]},
            "changed_because": "Skulderen er blevet stærkere, og du når nu selv både fødder og ryg med svampen",
            "reason": "Du bader selv om søndagen på badebænken og har ikke været svimmel siden marts",
            **changes,
        },
    )


def stopped(item_id: str, **changes: Any) -> dict[str, Any]:
    """An item that the citizen no longer gets."""
    return {
        "delydelse": item_id,
        "outcome": "stopped",
        "former_extent": {"times": 1, "per": "two_weeks", "minutes": 60, "time_of_day": ["day"]},
        "changed_because": "Du fik gipsen af den 2. april og har trænet hånden i fem uger",
        "reason": "Du støvsuger og vasker gulv igen og viste os, hvordan du tager ét rum ad gangen",
        "ends_on": "2024-06-02",
        **changes,
    }


def _assessment() -> dict[str, Any]:
    scores = {
        "goere_rent": (3, "Svimmel, når hun bukker sig"),
        "vaske_toej": (1, ""),
        "sammenhaeng_i_hverdagen": (0, ""),
        "bade": (3, "Kan ikke løfte højre arm over skulderen"),
        "vaske_sig": (2, "Når ikke fødder og ryg"),
        "pleje_kroppen": (1, ""),
        "klaede_sig_paa": (2, "Strømper, bukser og knapper er svære"),
        "toiletbesoeg": (0, ""),
        "spise": (0, ""),
        "drikke": (0, ""),
        "lave_mad": (2, "Kan ikke løfte gryder"),
        "faerdes_i_bolig": (1, "Går sikkert med rollator"),
        "faerdes_udendoers": (3, "Tør ikke gå alene efter faldet"),
        "kollektiv_transport": (4, ""),
        "flytte_sig": (1, ""),
        "indkoeb_af_varer": (1, ""),
        "kontakt_til_familie_og_venner": (0, ""),
        "interesser_og_hobby": (2, "Savner at komme til sang i sognegården"),
    }
    activities: dict[str, Any] = {
        activity: {"level": level, "cause": cause} for activity, (level, cause) in scores.items()
    }
    activities["goere_rent"]["note"] = "Støver selv af i brysthøjde"
    areas: dict[str, Any] = {
        area: {"relevant": True, "from_citizen": "Jeg vil gerne gøre så meget som muligt selv"}
        for area, _, _ in AREAS
    }
    areas["daglig_husfoerelse"] |= {
        "resources": "Planlægger selv dagen og ved, hvad der skal gøres",
        "from_others": "Datteren fortæller, at badeværelset er sværest",
        "observed": "Går støt med rollator og støtter sig til bordet",
    }
    for area, why in (
        ("vedligeholdelse_af_bolig", "Du bor i en lejlighed uden have, og viceværten står for resten"),
        ("arbejde_og_uddannelse", "Du er folkepensionist"),
    ):
        areas[area] = {"relevant": False, "justification": why}
    return {
        "assessed_on": "2024-05-06",
        "consent_to_obtain": True,
        "areas": areas,
        "activities": activities,
        "overall_level": 2,
    }


def case(*items: dict[str, Any], **changes: Any) -> Case:
    """A whole case with these items decided; ``changes`` replace parts of the document."""
    document: dict[str, Any] = {
        "format": "visitator-case/1",
        "municipality": "lindholm",
        "case_number": "27.36.00-G01-1234-24",
        "citizen": {
            "name": "Åse Ærø Østergård",
            "birth_date": "1938-05-04",
            "cpr": "040538-1230",
            "address": {"street": "Blåbærvænget 12, 2. tv.", "postal_code": "9990", "town": "Lindholm"},
            "household": [{"relation": "din mand", "name": "Bo Østergård", "can_share_tasks": False}],
        },
        "enquiry": {
            "received_on": "2024-05-01",
            "from": "borger",
            "acute": False,
            "text": "Ringer efter et fald i badet",
            "applied_for": [one.get("answers") or one["delydelse"] for one in items],
        },
        "own_view": {
            "text": "Jeg er blevet utryg i badet, siden jeg faldt, og jeg kan ikke længere støvsuge",
            "matters_most": "At komme i bad uden at være bange",
            "motivation": "Jeg vil gerne øve mig i at gå ud igen",
        },
        "assessment": _assessment(),
        "summary": {
            "text": (
                "Efter faldet i april har du fået svært ved at bade og gøre rent. Du klarer måltider og "
                "aftaler selv og har god støtte af din datter"
            ),
            "goal": "fastholde",
        },
        "answers": {"kan_ikke_selv_bestille": True},
        "considerations": {
            "rehabilitering_foerst": {
                "outcome": "gennemfoert",
                "reason": "Du trænede i seks uger i marts, og skulderen er ikke blevet bedre",
            }
        },
        "decision": {**_decision(), "items": list(items)},
    }
    of_decision = {key: changes.pop(key) for key in ("hearing", "corrects") if key in changes}
    document |= changes
    document["decision"] |= of_decision
    return Case.model_validate(document)


def _decision() -> dict[str, Any]:
    return {
        "decided_on": "2024-05-13",
        "by": {"name": "Bodil Søe Kjær", "title": "visitator"},
        "enclose_assessment": False,
        "hearing": {"needed": False, "reason": "Din datter fortalte det, mens du sad ved siden af"},
    }


REPLACES: dict[str, Any] = {
    "corrects": {"id": "brev-1", "decided_on": "2024-05-08", "why": "Du har sendt os nye oplysninger"}
}
HEARD: dict[str, Any] = {
    "hearing": {
        "needed": True,
        "held_on": "2024-05-07",
        "answer_by": "2024-05-21",
        "answer": "Det er rigtigt nok",
    }
}


FREE_TEXT = "en lydbog om havens fugle"


def assessed_again() -> Case:
    """A change of help after a course at whose beginning the levels were others."""
    goals = [{"activity": one, "before": 4} for one in ("bade", "goere_rent", "vaske_sig")]
    document = case(changed("bad_2")).model_dump(mode="json", by_alias=True)
    document["course"]["evaluations"] = [{"goals": goals}]
    return Case.model_validate(document)


def cases() -> dict[str, Case]:
    """One decision of every kind."""
    enclosing = case(granted("bad_2"))
    decision = enclosing.decision.model_copy(update={"enclose_assessment": True})
    many = [granted("bad_2"), refused("indkoebsordning"), granted("genoptraening")]
    many.append(granted("rehab_a", ends_on="2024-07-01"))
    many += [granted(item_id) if number % 3 else refused(item_id) for number, (item_id, _) in enumerate(MANY)]
    many.append(granted("klippekort_1"))
    return {
        "alt bevilget": case(granted("bad_2"), granted("rengoering_3")),
        "bevilget med bilag": enclosing.model_copy(update={"decision": decision}),
        "alt afslået": case(refused("indkoebsordning"), refused("rengoering_3", reason=(
            "Du støvsuger selv hver lørdag med din nye robotstøvsuger og vasker gulvene siddende på rollatoren"
        ))),
        "delvis": case(granted("bad_2"), granted("rengoering_3"), refused("indkoebsordning")),
        "fri tekst afslået": case(refused(FREE_TEXT, law="serviceloven § 83", reason=(
            "Biblioteket låner dig gratis lydbøger, og du har selv en afspiller, som du bruger hver aften"
        ))),
        "uden for kriterierne": case(granted("indkoebsordning", professional_reason=(
            "Du er lige blevet udskrevet og må ikke bære noget i otte uger, selv om du kan bestille varer"
        )), answers={"kan_ikke_selv_bestille": False}),
        "flere love": case(granted("bad_2"), granted("genoptraening"), granted("klippekort_1"), refused("rehab_a")),
        "delvis bevilget": case(partly("rengoering_3")),
        "ændret": case(changed("bad_2"), granted("rengoering_3")),
        "ophør": case(stopped("rengoering_3", citizen_said="Jeg vil gerne selv"), **HEARD),
        "vurderet igen": assessed_again(),
        "ny afgørelse": case(granted("bad_2", facts="Du faldt igen den 9. maj"), **REPLACES),
        "tredive punkter": case(*many),
    }  # fmt: skip
