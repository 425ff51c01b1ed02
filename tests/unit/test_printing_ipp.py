"""IPP as CUPS speaks it: what is written can be read, nonsense is refused, and the way there is this machine's."""

from __future__ import annotations

import http.server
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitator_tui.printing.cups import CupsPrinter
from visitator_tui.printing.cups_words import job_status, printer_state
from visitator_tui.printing.ipp import Group, IppError, Operation, Tag, decode, encode
from visitator_tui.printing.ipp_http import Server, find_server
from visitator_tui.usecases.ports import JobState, PrinterError

NAMES = st.text("abcdefghij-", min_size=1, max_size=30)


@given(
    st.dictionaries(
        NAMES, st.integers(-(2**31), 2**31 - 1) | st.booleans() | st.text(max_size=200), max_size=8
    )
)
def test_what_is_written_can_be_read(given_values: dict[str, int | str]) -> None:
    attributes = [
        (
            Tag.BOOLEAN if isinstance(value, bool) else Tag.INTEGER if isinstance(value, int) else Tag.NAME,
            name,
            value,
        )
        for name, value in given_values.items()
    ]
    (group,) = decode(encode(Operation.CREATE_JOB, 7, attributes)).of(Group.OPERATION)
    expected = {name: (value,) for name, value in given_values.items()}
    assert group == {"attributes-charset": ("utf-8",), "attributes-natural-language": ("en",)} | expected


def test_the_bytes_are_those_of_the_standard() -> None:
    message = encode(
        Operation.SEND_DOCUMENT,
        258,
        [(Tag.KEYWORD, "requested-attributes", ("job-id", "sides"))],
        job=[(Tag.INTEGER, "copies", 2)],
    )
    head = b"\x02\x00\x00\x06\x00\x00\x01\x02\x01\x47\x00\x12attributes-charset\x00\x05utf-8"
    assert message.startswith(head + b"\x48\x00\x1battributes-natural-language\x00\x02en")
    assert message.endswith(
        b"\x44\x00\x14requested-attributes\x00\x06job-id\x44\x00\x00\x00\x05sides"
        b"\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x02\x03"
    )


def test_values_we_do_not_ask_for_are_passed_over() -> None:
    member = b"\x4a\x00\x00\x00\x01x\x21\x00\x00\x00\x04\x00\x00\x00\x09"
    collection = b"\x34\x00\x05media\x00\x00" + member + b"\x37\x00\x00\x00\x00"
    nothing = b"\x13\x00\x04none\x00\x00"
    with_language = b"\x36\x00\x04name\x00\x09\x00\x02da\x00\x03\xc3\xa6x"
    answer = decode(b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + collection + nothing + with_language + b"\x03")
    assert answer.of(Group.PRINTER) == [{"name": ("æx",)}]


@given(st.binary(max_size=200))
def test_nonsense_is_refused_or_read_and_never_ends_otherwise(data: bytes) -> None:
    for message in (data, b"\x02\x00\x00\x00\x00\x00\x00\x01" + data):
        try:
            decode(message)
        except IppError:
            continue


@given(st.integers(0, 80))
def test_a_message_that_is_cut_is_refused(length: int) -> None:
    whole = encode(Operation.CREATE_JOB, 1, [(Tag.NAME, "job-name", "Brev")])
    with pytest.raises(IppError):
        decode(whole[: min(length, len(whole) - 1)])


@pytest.mark.parametrize(
    ("state", "accepting", "reasons", "says"),
    [
        (3, True, ["none"], "klar"),
        (4, True, [], "printer"),
        (5, True, ["paused"], "sat på pause"),
        (5, True, ["offline-report"], "slukket eller sat på pause; slukket eller uden forbindelse"),
        (3, True, ["media-empty-error", "media-needed"], "klar; mangler papir"),
        (4, True, ["media-jam-error", "door-open-report"], "printer; har papirstop; har en åben låge"),
        (3, False, ["none"], "tager ikke imod udskrifter"),
        (3, True, ["cups-insecure-filter-warning", "com.maker-something"], "klar"),
        (99, True, [], "ukendt tilstand"),
    ],
)
def test_a_printers_state_is_danish(state: int, accepting: bool, reasons: list[str], says: str) -> None:
    assert printer_state(state, accepting, reasons) == says


@pytest.mark.parametrize(
    ("state", "reasons", "becomes", "says"),
    [
        (3, ["none"], JobState.UNDER_WAY, "Venter på sin tur"),
        (3, ["job-incoming"], JobState.INCOMPLETE, "ikke fået hele brevet"),
        (4, ["job-incoming"], JobState.INCOMPLETE, "ikke fået hele brevet"),
        (3, ["printer-stopped"], JobState.UNDER_WAY, "slukket eller sat på pause"),
        (4, ["cups-held-for-authentication"], JobState.UNDER_WAY, "logger på"),
        (4, [], JobState.UNDER_WAY, "på hold"),
        (5, ["job-printing"], JobState.UNDER_WAY, "Printer nu"),
        (6, [], JobState.UNDER_WAY, "standset midt i"),
        (7, ["job-canceled-by-user"], JobState.CANCELLED, "annulleret"),
        (8, ["aborted-by-system", "job-incoming"], JobState.FAILED, "opgav"),
        (9, ["job-completed-successfully"], JobState.PRINTED, "printet"),
    ],
)
def test_a_jobs_state_is_danish(state: int, reasons: list[str], becomes: JobState, says: str) -> None:
    status = job_status(state, reasons)
    assert status.state is becomes
    assert says in status.text


@pytest.mark.parametrize(
    ("named", "server"),
    [
        ("/tmp/own.sock", Server(path="/tmp/own.sock")),
        ("localhost", Server(host="localhost", port=631)),
        ("127.0.0.1:8631", Server(host="127.0.0.1", port=8631)),
        ("localhost:8631/version=1.1", Server(host="localhost", port=8631)),
        ("[::1]:8631", Server(host="::1", port=8631)),
        ("[::1]", Server(host="::1", port=631)),
    ],
)
def test_the_server_is_found_as_cups_own_programs_find_it(named: str, server: Server) -> None:
    assert find_server({"CUPS_SERVER": named}) == server


@pytest.mark.parametrize("named", ["print.kommune.example", "10.0.0.7:631", "localhost.evil.example"])
def test_letters_do_not_travel_to_another_machine_in_clear_text(named: str) -> None:
    with pytest.raises(PrinterError, match="ukrypteret over nettet"):
        find_server({"CUPS_SERVER": named})


def printer_on(server: Server, timeout: float = 5) -> CupsPrinter:
    return CupsPrinter(lambda: server, "anna", {}, Path("/nowhere"), timeout)


def test_without_cups_the_message_says_so(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    for server in (Server(host="127.0.0.1", port=free), Server(path=str(tmp_path / "none"))):
        with pytest.raises(PrinterError, match="kører ikke på denne maskine"):
            printer_on(server).printers()


def test_a_server_that_is_silent_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        server = Server(host="127.0.0.1", port=int(silent.getsockname()[1]))
        with pytest.raises(PrinterError, match=r"svarer ikke\. Vent lidt"):
            printer_on(server, timeout=0.2).printers()


@contextmanager
def answering(status: int, content: bytes) -> Iterator[Server]:
    """A server that always says the same."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            return

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield Server(host="127.0.0.1", port=server.server_port)
        finally:
            server.shutdown()
            thread.join()


def ipp_status(status: int) -> bytes:
    return struct.pack(">BBHI", 2, 0, status, 1) + b"\x01\x03"


@pytest.mark.parametrize(
    ("http_status", "content", "says"),
    [
        (200, b"<html>", "ikke kan forstås"),
        (200, b"", "ikke kan forstås"),
        (401, b"", "ikke ret til"),
        (403, b"", "ikke ret til"),
        (500, b"", "HTTP 500"),
        (200, ipp_status(0x0403), "ikke ret til"),
        (200, ipp_status(0x0506), "tager ikke imod"),
        (200, ipp_status(0x0503), "IPP-kode 0x0503"),
    ],
)
def test_a_refusal_is_told_in_danish(http_status: int, content: bytes, says: str) -> None:
    with answering(http_status, content) as server, pytest.raises(PrinterError, match=says):
        printer_on(server).printers()
