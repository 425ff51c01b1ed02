"""The municipality's service over HTTP: what is asked, what the answers mean, and what is told when there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from visitator_tui.usecases.ports import Clock
from visitator_tui.usecases.sync_wire import (
    Batch,
    EpochChanged,
    ForgottenBatch,
    FoundCase,
    Incoming,
    Outgoing,
    Page,
    PushAnswer,
    Pushed,
    Revisions,
    Seen,
    Standing,
)

from . import words

MOST_SKEW: Final = timedelta(minutes=5)
"""How far this machine's clock may be from the service's: tokens are judged by it, and conflicts name times."""

TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
_PROTOCOL: Final = "1"


class HttpServer:
    """The SyncServer at an address. ``token`` gives the token to send, and raises SyncError without one.

    ``renew`` is called once when a token is not taken any more, and raises SyncError when it cannot help.
    """

    def __init__(
        self,
        client: httpx.Client,
        token: Callable[[], str],
        clock: Clock,
        device: Callable[[], str] = lambda: "",
        renew: Callable[[], None] | None = None,
    ) -> None:
        self._client = client
        self._token = token
        self._clock = clock
        self._device = device
        self._renew = renew

    def standing(self, seen: Seen | None = None) -> Standing:
        """Who we are there; raises SyncError when the clocks are too far apart."""
        told = self._asked("GET", "/v1/standing", params=_told(seen))
        try:
            standing = Standing(
                tenant=str(told["tenant"]),
                epoch=str(told["epoch"]),
                seq=int(told["seq"]),
                time=datetime.fromisoformat(str(told["time"])),
                user=str(told["user"]),
                roles=tuple(str(role) for role in told.get("roles", ())),
            )
        except (KeyError, ValueError, TypeError):
            raise words.version() from None
        if abs(standing.time - self._clock()) > MOST_SKEW:
            raise words.clock(standing.time, self._clock())
        return standing

    def push(self, batch: Batch) -> PushAnswer:
        """Send records."""
        end = batch.audit_head
        head = None if end is None else {"seq": end.seq, "mac": end.mac}
        told = self._asked(
            "POST",
            "/v1/push",
            {
                "batch": batch.id,
                "epoch": batch.epoch,
                "records": [_sent(one) for one in batch.records],
                "audit_head": head,
            },
        )
        try:
            results = tuple(_pushed(one) for one in told["results"])
            doubted = bool(told.get("audit_doubt"))
            return PushAnswer(str(told["epoch"]), int(told["seq"]), results, doubted)
        except (KeyError, ValueError, TypeError):
            raise words.version() from None

    def changes(self, since: int, limit: int, epoch: str | None) -> Page:
        """What changed after ``since``."""
        asked: dict[str, Any] = {"since": since, "limit": limit}
        told = self._asked("GET", "/v1/changes", params=asked | ({"epoch": epoch} if epoch else {}))
        try:
            return Page(
                epoch=str(told["epoch"]),
                seq=int(told["seq"]),
                upto=int(told["upto"]),
                more=bool(told["more"]),
                changes=tuple(_incoming(one) for one in told["changes"]),
            )
        except (KeyError, ValueError, TypeError):
            raise words.version() from None

    def revisions(self, epoch: str | None) -> Revisions:
        """What this user may see there."""
        told = self._asked("GET", "/v1/revisions", params={"epoch": epoch} if epoch else {})
        try:
            return {(str(kind), str(id_)): (int(revision), str(at)) for kind, id_, revision, at in told}
        except (ValueError, TypeError):
            raise words.version() from None

    def search(self, text: str, limit: int = 20) -> tuple[FoundCase, ...]:
        """Cases of the municipality that hold the words."""
        told = self._asked("GET", "/v1/cases", params={"search": text, "limit": limit})
        names = ("id", "name", "birth_date", "state", "assigned_to", "changed_at")
        try:
            listed = told["cases"] if isinstance(told, dict) else told
            return tuple(FoundCase(*(str(row[name] or "") for name in names)) for row in listed)
        except (KeyError, TypeError):
            raise words.version() from None

    def follow(self, case_id: str) -> None:
        """Ask for a case to come with the next pull."""
        self._asked("POST", f"/v1/cases/{case_id}/follow")

    def unfollow(self, case_id: str) -> None:
        """Take that back."""
        self._asked("DELETE", f"/v1/cases/{case_id}/follow")

    def content(self, path: str) -> bytes | None:
        """The bytes at an address of the service; None when there is nothing there. Raises SyncError."""
        answer = self._tried("GET", path, None, None)
        if answer.status_code == 404:
            return None
        if answer.status_code >= 300:
            raise _problem(answer, {})
        return answer.content

    def _asked(
        self,
        method: str,
        path: str,
        told: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Any:
        answer = self._tried(method, path, told, params)
        if answer.status_code == 204:
            return None
        try:
            found = answer.json()
        except ValueError:
            raise words.version() from None
        if answer.status_code >= 300:
            raise _problem(answer, found if isinstance(found, dict) else {})
        return found

    def _tried(
        self, method: str, path: str, told: Mapping[str, Any] | None, params: Mapping[str, Any] | None
    ) -> httpx.Response:
        answer = self._answer(method, path, told, params)
        if answer.status_code == 401 and self._renew is not None:
            self._renew()
            answer = self._answer(method, path, told, params)
        return answer

    def _answer(
        self, method: str, path: str, told: Mapping[str, Any] | None, params: Mapping[str, Any] | None
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token()}", "Accept": "application/json"}
        if device := self._device():
            headers["Visitator-Device"] = device
        content = None
        if told is not None:
            headers["Content-Type"] = "application/json"
            # Byte for byte the same for the same batch: the service knows a repeated one by it.
            content = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        try:
            answer = self._client.request(method, path, params=params, content=content, headers=headers)
        except httpx.TransportError as problem:
            raise words.unreachable(problem) from None
        except httpx.HTTPError:
            raise words.portal() from None
        protocol = answer.headers.get("Visitator")
        if protocol is None:
            another = (
                answer.status_code < 500 or answer.status_code == httpx.codes.NETWORK_AUTHENTICATION_REQUIRED
            )
            raise words.portal() if another else words.service(None)
        if protocol != _PROTOCOL:
            raise words.version()
        return answer


def _problem(answer: httpx.Response, told: Mapping[str, Any]) -> Exception:
    code = str(told.get("error", ""))
    if answer.status_code == 409 and code == "epoch":
        return EpochChanged(str(told.get("epoch", "")))
    if answer.status_code == 409 and code == "batch":
        return ForgottenBatch()
    return words.of_answer(answer.status_code, code, _wait(answer))


def _told(seen: Seen | None) -> dict[str, Any] | None:
    """What the service is told of what we have seen; nothing before we have met it."""
    if seen is None or seen.cursor.epoch is None:
        return None
    told: dict[str, Any] = {"epoch": seen.cursor.epoch, "seq": seen.cursor.seq}
    if seen.batch and seen.answered_at:
        told |= {"batch": seen.batch, "answered_at": seen.answered_at.isoformat()}
    return told


def _wait(answer: httpx.Response) -> float | None:
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isdigit() else None


def _sent(one: Outgoing) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "base": one.base,
        "body": one.body,
        "assigned_to": one.assigned_to,
        "case_id": one.case_id,
        "changed_at": one.changed_at,
        "changed_by": one.changed_by,
    }


def _pushed(told: Mapping[str, Any]) -> Pushed:
    verdict = told["status"]
    if verdict not in ("stored", "same", "conflict", "refused"):
        raise ValueError(verdict)
    current = told.get("current")
    return Pushed(
        id=str(told["id"]),
        verdict=verdict,
        revision=int(told["revision"]),
        reason=str(told.get("reason") or ""),
        current=_incoming(current) if current else None,
    )


def _incoming(told: Mapping[str, Any]) -> Incoming:
    body = told.get("body")
    if not (body is None or isinstance(body, dict)):
        raise TypeError
    return Incoming(
        kind=str(told["kind"]),
        id=str(told["id"]),
        revision=int(told.get("revision") or 0),
        seq=int(told["seq"]),
        body=body,
        deleted=bool(told.get("deleted", False)),
        case_id=str(told["case_id"]) if told.get("case_id") else None,
        assigned_to=str(told.get("assigned_to") or ""),
        changed_at=str(told.get("changed_at") or ""),
        changed_by=str(told.get("changed_by") or ""),
        stored_at=str(told.get("stored_at") or ""),
        gone=str(told.get("gone") or ""),
    )
