import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from crawler.errors import StateError
from crawler.state.lock import Lock

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

HOLDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.state.lock import Lock
lock = Lock(Path(sys.argv[1]), datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lock"


def test_a_second_process_is_told_who_holds_the_lock_and_gets_it_when_that_is_killed(path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StateError) as caught:
            Lock(path, NOW)
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    assert str(caught.value) == (
        f"{path.parent}: the state is in use, held by pid {holder.pid} on {socket.gethostname()} since "
        "2026-01-02 03:04:05 UTC; wait for that run to end, or name another --state"
    )
    Lock(path, NOW).release()


def test_a_lock_is_given_up_and_taken_again(path):
    Lock(path, NOW).release()
    lock = Lock(path, NOW)
    with pytest.raises(StateError, match=f"pid {os.getpid()} "):
        Lock(path, NOW)
    lock.release()


def test_what_an_earlier_holder_said_is_gone(path):
    path.write_text("x" * 1000)
    lock = Lock(path, NOW)
    with pytest.raises(StateError, match=f"pid {os.getpid()} "):
        Lock(path, NOW)
    lock.release()


def test_a_lock_file_that_says_nothing_is_held_all_the_same(path):
    lock = Lock(path, NOW)
    path.write_text("{")
    with pytest.raises(StateError, match="held by another run"):
        Lock(path, NOW)
    lock.release()


def test_a_link_in_the_place_of_the_lock_is_not_followed(path):
    precious = path.with_name("precious")
    precious.write_text("keep me")
    path.symlink_to(precious)
    with pytest.raises(StateError, match="cannot be opened"):
        Lock(path, NOW)
    assert precious.read_text() == "keep me"
