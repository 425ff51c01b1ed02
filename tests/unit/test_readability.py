"""LIX as Björnsson reckons it, and the sentences that raise it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letter_cases import cases, letterhead, standard
from letter_kit import PRESS

from visitator_tui.domain.letter_facts import LETTER_KINDS
from visitator_tui.domain.readability import label, readability, sentences

PLAIN = "Du får hjælp til bad. Vi kommer to gange om ugen. Ring til os, hvis du vil vide mere."
HEAVY = (
    "Afgørelsen forudsætter rehabiliteringsforløb efter kvalitetsstandardens visitationskriterier, "
    "medmindre funktionsvurderingen dokumenterer varige begrænsninger"
)


def test_lix_is_words_per_sentence_and_the_share_of_long_words() -> None:
    # 10 words in 2 sentences, 1 of them of more than six letters.
    assert readability("Du kan få besøg i morgen. Hjemmehjælperen ringer til dig.").value == 5 + 10
    # 8 words in 1 sentence, 2 long: 8 + 25.
    assert readability("Vi har vurderet, at du kan bade selvstændigt").value == 33


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kom kl. 9. Ring først.", 2),
        ("Det gælder fra den 8. marts 2017. Så ser vi.", 2),
        ("Det er efter § 83, stk. 1, nr. 2, og det står ved magt.", 1),
        ("Du får: Hjælp til bad.", 2),
        ("Du får: hjælp til bad.", 1),
        ("Første linje\nAnden linje\n\n", 2),
        ("Hvad nu? Ring! »Ja,« sagde du.", 3),
        ("", 0),
        ("– · –", 0),
    ],
)
def test_abbreviations_and_dates_end_no_sentence_and_lines_do(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_the_heaviest_sentence_is_named_first_and_plain_ones_not_at_all() -> None:
    found = readability(f"{PLAIN} {HEAVY}. {PLAIN}")
    assert [one.text for one in found.heavy_sentences] == [f"{HEAVY}."]
    assert found.heavy_sentences[0].lix > 60
    assert readability(PLAIN).heavy_sentences == ()
    assert readability(PLAIN).value < 25


def test_no_more_heavy_sentences_than_asked_for() -> None:
    assert len(readability("\n".join([HEAVY] * 9)).heavy_sentences) == 5
    assert len(readability("\n".join([HEAVY] * 9), most=2).heavy_sentences) == 2


@pytest.mark.parametrize(
    ("value", "says"),
    [(24.9, "meget let"), (25, "let"), (35, "middel"), (44.9, "middel"), (45, "svær"), (55, "meget svær")],
)
def test_the_scale(value: float, says: str) -> None:
    assert label(value) == says


def test_a_text_without_words_has_no_figure() -> None:
    assert (readability("").value, readability("…").label) == (0, "meget let")


@given(st.text(alphabet="abcdefghijklmnop ÆØÅ.:!?\n", max_size=300))
def test_no_text_breaks_it_and_no_word_is_lost(text: str) -> None:
    assert readability(text).value >= 0
    assert sum(one.words for one in sentences(text)) == len(re.findall("[a-pÆØÅ]+", text))


@pytest.mark.parametrize("kind", ["alt bevilget", "alt afslået", "delvis", "ophør"])
def test_our_own_letters_are_easy_to_read(kind: str) -> None:
    found = PRESS.readability(cases()[kind], standard(), letterhead())
    assert 20 < found.value < 35, found


def test_every_kind_has_a_figure() -> None:
    from letter_others import ready

    for kind in LETTER_KINDS:
        one, facts = ready(kind, cases()["delvis"])
        assert PRESS.readability(one, standard(), letterhead(), kind, facts).value < 40
