"""`tracker serve` as processes.

The server and its worker start, are started again, and end together; what is recorded meanwhile
shows at once.
"""

from __future__ import annotations

import os
import signal
import socket

import pytest

from .conftest import Served, get, until
from .strangers import alive, processes_of

pytestmark = pytest.mark.installed


def is_free(port: int) -> bool:
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            again.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def test_all_end_together(served: Served) -> None:
    served.serve()
    assert served.process is not None
    every = processes_of(served.process.pid)
    assert (
        set(served.processes.values()) == set(every) and len(every) == 3 and all(map(alive, every))
    )
    assert served.stop() < 10
    assert until(lambda: not any(map(alive, every)), 5), served.log
    assert not (served.instance / "serving.json").exists()
    assert served.process.returncode == 0


@pytest.mark.parametrize("name", ["supervisor", "server"])
def test_what_is_killed_leaves_nobody_at_the_port(served: Served, name: str) -> None:
    """Of the supervisor all go with it; a server alone is started again, at the same port."""
    served.serve()
    assert served.process is not None
    every, killed = processes_of(served.process.pid), served.processes[name]
    os.kill(killed, signal.SIGKILL)
    if name == "server":
        assert until(lambda: get(f"http://127.0.0.1:{served.port}/")[0] == 200), served.log
        return
    assert until(lambda: not any(map(alive, every)), 5), [pid for pid in every if alive(pid)]
    # the threads of a process may end a moment after it
    assert until(lambda: is_free(served.port), 5)


def test_a_killed_worker_is_started_again(served: Served) -> None:
    address = served.serve()
    for name in ("worker", "server"):
        killed = served.processes[name]
        os.kill(killed, signal.SIGKILL)
        assert until(
            lambda name=name, killed=killed: served.processes.get(name) not in (None, killed)
        ), served.log
        assert until(lambda: get(address + "/")[0] == 200), served.log
    assert "started again" in served.log


def test_what_a_command_records_shows_on_the_next_request(served: Served) -> None:
    address = served.serve()
    assert get(address + "/union/")[0] == 404
    list_ = served.elsewhere / "list.csv"
    list_.write_text(
        "year,number,kind,title,text\n2017,2,New Business Item,A review of research,Spend $31000 "
        "on it.\n"
    )
    done = served.run(
        "import", "items", str(list_), "--body", "union", "--create-conventions", "--json"
    )
    assert done.returncode == 0, done.stderr
    status, page = get(address + "/union/2017/nbi-2")
    assert status == 200 and "A review of research" in page


def test_a_port_that_is_taken_is_named(served: Served) -> None:
    served.serve()
    refused = served.run("serve", "--port", str(served.port))
    assert (
        refused.returncode == 1
        and f"port {served.port}" in refused.stderr
        and len(refused.stderr.splitlines()) == 1
    )
