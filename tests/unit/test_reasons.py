"""A refusal's reason is about this citizen: a level, the standard, money or a spouse alone is none."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from visitator_tui.domain.reasons import is_individual, own_words
from visitator_tui.domain.standard import Standard
from visitator_tui.resources import sample_data

NOT_ENOUGH = """
Du er vurderet til niveau 1.
Du ligger på funktionsniveau 2, og hjælpen gives først fra niveau 3.
Dit funktionsniveau i at gøre rent er vurderet til 1, lette begrænsninger, og derfor kan du ikke få rengøring.
Borgeren scorer 2 i Fælles Sprog II og opfylder derfor ikke kriterierne.
Du har kun moderate begrænsninger.
Ydelsen er ikke med i kommunens kvalitetsstandard.
Ikke i standarden.
Det følger af kommunens kvalitetsstandard, at borgere på dit funktionsniveau ikke er omfattet af ordningen.
Kommunens serviceniveau giver ikke mulighed for at bevilge den ansøgte ydelse.
Du er ikke i målgruppen for indkøbsordning.
Du opfylder ikke visitationskriterierne for delydelsen, jf. kvalitetsstandarden for 2017.
Efter servicelovens § 83 skal hjælpen kun gives til personer, som ikke selv kan klare opgaverne.
Ansøgningen afslås med henvisning til lov om social service § 83, stk. 1.
Byrådet har vedtaget, at kommunen ikke længere tilbyder denne hjælp.
Kommunen har desværre ikke råd til at give hjælpen.
På grund af besparelser i kommunens budget kan vi i år ikke tilbyde hjælp til rengøring.
Der er ikke flere penge på budgettet til denne ydelse.
Hjemmeplejen har for tiden ikke medarbejdere nok til at løse opgaven.
Hjælpen er for dyr i forhold til de midler, der er afsat.
Efter en konkret og individuel vurdering af din situation vurderer vi, at du ikke har behov for den ansøgte hjælp.
Vi har foretaget en faglig helhedsvurdering og finder ikke grundlag for at imødekomme din ansøgning.
Vi har lagt vægt på oplysningerne i sagen og på den vedlagte funktionsvurdering.
Se vedlagte funktionsvurdering.
Du kan ikke få rengøring, fordi du ikke modtager personlig pleje.
Du bor sammen med en rask ægtefælle, der kan varetage de praktiske opgaver i hjemmet.
Din ægtefælle kan klare opgaverne.
Der er en ægtefælle i husstanden.
Hjælpen gives normalt ikke til borgere i din situation.
Du vurderes at kunne klare opgaverne selv.
Opgaven hører ikke under det, kommunen hjælper med.
Afslag.
.
"""

ENOUGH = """
Din mand støvsuger og vasker gulv hver uge, og han siger, at det ikke belaster ham.
Du handler selv på nettet hver torsdag og sætter varerne på plads siddende.
Du viste os, at du kan løfte armene over hovedet og selv vaske hår med den nye bruser.
Du cykler til købmanden to gange om ugen og bærer poserne op på anden sal.
Din datter køber ind for dig om lørdagen og vil gerne blive ved med det.
Du er lige begyndt på træning for skulderen, og fysioterapeuten venter, at du kan bade selv om seks uger.
I en ældrebolig ville du stadig være alene om natten, hvor du er faldet fire gange.
Robotstøvsugeren klarer gulvene, og du tørrer selv støv af i brysthøjde.
Du ser dine to døtre flere gange om ugen og går til kortspil i klubben.
Grethe får fri de tre dage, hvor du er på dagcenter, og hun regner med, at det er nok.
Naboen kører dig til lægen, og du har ikke selv brug for følgeskab.
Du fortalte, at du helst vil gå i bad om aftenen uden hjælp, og badebænken gør dig tryg.
Varerne ville blive stående på gulvet, fordi ingen af jer kan løfte kasserne op.
Boligforeningen har sat greb op, og du gik selv ind og ud af badet, da vi besøgte dig.
Du laver varm mad hver dag og har ikke tabt dig siden sommer.
Lægen skriver, at knæet er helet, og du gik to kilometer uden stok i går.
Du får allerede besøg tre gange om dagen, hvor medicinen bliver givet.
Sønnen bor på samme vej, ordner have og tagrender og bor hos dig i vinter.
Du arbejder stadig tre formiddage om ugen i genbrugsbutikken og tager bussen derhen.
Du siger selv, at du sover trygt og ikke har haft brug for nødkaldet i et år.
Vi aftalte, at du prøver en let støvsuger og en gulvmoppe med langt skaft, inden vi ser på det igen.
Du kan nå dine fødder med den lange skosvamp og vasker ryggen med en børste.
Din hånd er ude af gipsen, og du knapper selv skjorten.
Hunden luftes af din nabo, og du møder mange mennesker, når du henter den.
Dine to sønner passer haven på skift, og du klipper selv roserne.
"""

NAMES = ("Rengøring 3", "Indkøbsordning", "Praktisk hjælp og støtte", "At gøre rent", "At bade")


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("reason", lines(NOT_ENOUGH))
def test_general_words_are_no_reason(reason: str) -> None:
    assert not is_individual(reason, NAMES), own_words(reason, NAMES)


@pytest.mark.parametrize("reason", lines(ENOUGH))
def test_what_is_concrete_about_the_citizen_is_a_reason(reason: str) -> None:
    assert is_individual(reason, NAMES), own_words(reason, NAMES)


@pytest.mark.parametrize("general", lines(NOT_ENOUGH)[:20])
@pytest.mark.parametrize("concrete", lines(ENOUGH)[:3])
def test_a_general_sentence_does_not_spoil_a_concrete_one(general: str, concrete: str) -> None:
    assert is_individual(f"{general} {concrete}", NAMES)


def test_two_general_sentences_are_still_no_reason() -> None:
    general = lines(NOT_ENOUGH)
    for first, second in pairwise(general):
        assert not is_individual(f"{first} {second}", NAMES), own_words(f"{first} {second}", NAMES)


def test_saying_one_thing_again_and_again_is_no_reason() -> None:
    assert not is_individual("Ring til datteren. " * 10, NAMES)


def test_the_names_of_help_and_activities_say_nothing_by_themselves() -> None:
    reason = "Rengøring, at gøre rent, at bade, indkøbsordning: niveau 1"
    assert not is_individual(reason, NAMES)
    assert own_words(reason, NAMES) == ()


@pytest.mark.parametrize("file", sorted(sample_data().glob("*.json")), ids=lambda file: file.stem)
def test_the_refusals_of_the_samples_are_individual(file: Path, helsingor: Standard) -> None:
    case = json.loads(file.read_text(encoding="utf-8"))
    names = [one.label for one in helsingor.activity_by_id.values()]
    for item in case.get("decision", {}).get("items", []):
        if item["outcome"] == "refused":
            assert is_individual(item["reason"], names)
