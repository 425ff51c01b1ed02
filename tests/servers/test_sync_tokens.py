"""Whose token it is: a real identity provider in a process of its own issues them, right and wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from idp_client import Idp, running_idp

from visitator_tui.server.keys import PAUSE_SECONDS, ProviderKeys
from visitator_tui.server.principal import LEADER, VISITATOR
from visitator_tui.server.refusal import Refusal
from visitator_tui.server.sign_ins import SignIn
from visitator_tui.server.tokens import TokenVerifier


class Seconds:
    """A clock that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def idp() -> Iterator[Idp]:
    with running_idp() as running:
        yield running


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def verifier(idp: Idp, seconds: Seconds, *sign_ins: SignIn) -> TokenVerifier:
    known = sign_ins or (SignIn("helsingor", idp.issuer, "visitator"),)
    return TokenVerifier(lambda issuer: [one for one in known if one.issuer == issuer], ProviderKeys(seconds))


def test_a_good_token_names_tenant_user_and_roles(idp: Idp, seconds: Seconds) -> None:
    token = idp.token("anna", name="Anna Ask", roles=["visitator", "leader", "something else"])
    who = verifier(idp, seconds).verify(token, "laptop-1")
    assert (who.tenant, who.user, who.name, who.device) == ("helsingor", "anna", "Anna Ask", "laptop-1")
    assert who.roles == {VISITATOR, LEADER}
    assert who.sees_all
    assert who.works_on_cases


@pytest.mark.parametrize(
    ("fault", "code", "why"),
    [
        ("expired", "expired", "expired"),
        ("audience", "unauthenticated", "wrong audience"),
        ("issuer", "unauthenticated", "unknown issuer"),
        ("key", "unauthenticated", "wrong signature"),
        ("kid", "unauthenticated", "unknown key"),
        ("none", "unauthenticated", "algorithm not allowed, or no key id"),
        ("confused", "unauthenticated", "algorithm not allowed, or no key id"),
        ("endless", "unauthenticated", "token does not hold"),
        ("future", "unauthenticated", "token does not hold"),
    ],
)
def test_a_faulty_token_opens_nothing(idp: Idp, seconds: Seconds, fault: str, code: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        verifier(idp, seconds).verify(idp.token("anna", fault=fault))
    assert (refused.value.status, refused.value.code, refused.value.why) == (401, code, why)


@pytest.mark.parametrize(
    "token", ["", "abc", "a.b.c", "æøå.æøå.æøå", "." * 20, "x" * 20_000, "\x00.\x00.\x00"]
)
def test_what_is_no_token_is_refused(idp: Idp, seconds: Seconds, token: str) -> None:
    with pytest.raises(Refusal) as refused:
        verifier(idp, seconds).verify(token)
    assert refused.value.status == 401


def test_somebody_without_a_role_does_not_get_in(idp: Idp, seconds: Seconds) -> None:
    with pytest.raises(Refusal) as refused:
        verifier(idp, seconds).verify(idp.token("guest", roles=[]))
    assert (refused.value.status, refused.value.code) == (403, "no_role")


def test_roles_are_mapped_from_the_municipalitys_own_words(idp: Idp, seconds: Seconds) -> None:
    own = SignIn("herning", idp.issuer, "visitator", roles_claim="groups", roles={"VIS-Ledere": "leader"})
    who = verifier(idp, seconds, own).verify(idp.token("bo", groups=["VIS-Ledere"]))
    assert who.roles == {LEADER}
    with pytest.raises(Refusal):  # our own words mean nothing to a municipality with its own
        verifier(idp, seconds, own).verify(idp.token("bo", groups=["leader"]))


def test_two_tenants_of_one_issuer_are_kept_apart_by_a_claim(idp: Idp, seconds: Seconds) -> None:
    both = [
        SignIn(name, idp.issuer, "visitator", tenant_claim="tid", tenant_value=value)
        for name, value in (("helsingor", "t-1"), ("herning", "t-2"))
    ]
    check = verifier(idp, seconds, *both)
    assert check.verify(idp.token("bo", tid="t-2")).tenant == "herning"
    for claims in ({}, {"tid": "t-3"}, {"tid": ["t-1"]}):
        with pytest.raises(Refusal):
            check.verify(idp.token("bo", **claims))


def test_a_tenants_algorithm_is_not_another_tenants() -> None:
    for weak in ("none", "HS256", "rs256"):
        with pytest.raises(ValueError, match="signature"):
            SignIn("herning", "https://idp.example", "visitator", algorithms=(weak,))


def test_keys_are_fetched_once_and_anew_when_the_provider_changes_its_key(idp: Idp, seconds: Seconds) -> None:
    check = verifier(idp, seconds)
    check.verify(idp.token("anna"))
    before = idp.key_fetches()
    for _ in range(5):
        check.verify(idp.token("anna"))
    assert idp.key_fetches() == before

    idp.rotate()
    token = idp.token("anna")
    seconds.now += PAUSE_SECONDS
    assert check.verify(token).user == "anna"
    assert idp.key_fetches() == before + 1


def test_invented_key_ids_do_not_make_the_service_ask_and_ask(idp: Idp, seconds: Seconds) -> None:
    check = verifier(idp, seconds)
    check.verify(idp.token("anna"))
    before = idp.key_fetches()
    for _ in range(20):
        with pytest.raises(Refusal):
            check.verify(idp.token("anna", fault="kid"))
    assert idp.key_fetches() == before


def test_known_keys_are_used_while_the_provider_is_away_but_not_for_ever(idp: Idp, seconds: Seconds) -> None:
    check = verifier(idp, seconds)
    token = idp.token("anna")
    check.verify(token)
    idp.quiet(True)
    try:
        seconds.now += 12 * 3600
        assert check.verify(token).user == "anna"
        seconds.now += 24 * 3600
        with pytest.raises(Refusal) as refused:
            check.verify(token)
        assert (refused.value.status, refused.value.code) == (503, "sign_in")
    finally:
        idp.quiet(False)
