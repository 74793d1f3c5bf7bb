"""The line between laptop and province counts each byte once, and takes the time that it should."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.benchmarks.sync.line import AT_ONCE, Count, Line, Link, Pipe, Reader, line_to

REQUEST = b"POST /sync HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\n\x00body\r\n"
QUESTION = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"
BAD = Link(round_trip=0.6, rate=30_000, openings=2)


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_heads_and_bodies_are_counted_however_the_bytes_are_cut(step: int) -> None:
    count = Count()
    reader = Reader(count)
    stream = REQUEST + QUESTION + REQUEST
    for start in range(0, len(stream), step):
        reader.read(stream[start : start + step])
    assert count == Count(3, len(stream) - 14, 14)


def test_a_body_of_untold_length_is_not_counted_wrongly_but_refused() -> None:
    with pytest.raises(ValueError, match="not told"):
        Reader(Count()).read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")


def test_bytes_come_out_after_their_length_and_half_a_round_trip() -> None:
    pipe = Pipe(BAD)
    assert pipe.out_at(10, 3_000) == pytest.approx(10 + 0.1 + 0.3)


def test_bytes_wait_for_those_before_them_and_for_nothing_else() -> None:
    pipe = Pipe(BAD)
    pipe.out_at(10, 30_000)
    assert pipe.out_at(10.5, 3_000) == pytest.approx(11 + 0.1 + 0.3)
    assert pipe.out_at(20, 3_000) == pytest.approx(20 + 0.1 + 0.3)


def test_what_has_no_length_and_no_distance_is_there_at_once() -> None:
    assert Pipe(AT_ONCE).out_at(10, 10**9) == 10


@contextmanager
def answering(answers: list[bytes]) -> Iterator[str]:
    """A server of one connection that gives the next answer to each request; its address."""

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            for answer in answers:
                connection.recv(65536)
                connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def asked(line: Line, *requests: bytes) -> bytes:
    """What comes back until the server is done."""
    place = line.address.removeprefix("http://").split(":")
    found = b""
    with socket.create_connection((place[0], int(place[1])), timeout=10) as connection:
        for request in requests:
            connection.sendall(request)
            found += connection.recv(65536)
        while more := connection.recv(65536):
            found += more
    return found


def test_everything_arrives_and_every_byte_of_it_is_counted() -> None:
    with answering([ANSWER, ANSWER]) as address, line_to(address) as line:
        assert asked(line, REQUEST, QUESTION) == ANSWER * 2
        passed = line.traffic()
    assert passed.requests == 2
    assert (passed.bodies_up, passed.bodies_down) == (7, 4)
    assert passed.size == len(REQUEST + QUESTION + ANSWER * 2)
    assert passed.since(passed).size == 0


def test_a_long_answer_over_a_narrow_line_arrives_whole_and_in_order() -> None:
    body = bytes(range(256)) * 40
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(body), body)
    narrow = Link(round_trip=0.01, rate=1_000_000, openings=1)
    with answering([answer]) as address, line_to(address, narrow) as line:
        assert asked(line, QUESTION) == answer
        assert line.traffic().bodies_down == len(body)
