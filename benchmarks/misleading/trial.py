"""A trial: all ways, met in one check by the command as users run it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from misleading import living, missing, moves, odd, troubles, walls  # noqa: F401 - each adds its ways
from misleading.ways import FRONT, MISSING, OPEN, PATH, WAYS, Truth
from misleading.web import Hosts, running

UNREACHABLE = {
    "no-such-name.example": (MISSING, {"dns-failure"}, "dead"),
    "name-service-in-trouble.example": (OPEN, {"dns-trouble"}, "unsure"),
    "name-service-hangs.example": (OPEN, {"dns-trouble"}, "unsure"),
    "refused.example": (OPEN, {"connection-refused"}, "unsure"),
}
"""Hosts that never answer: what is true of their links, what may be seen, and what follows."""

OTHERS = ("www.hugedomains.com",)
"""Hosts that are no way by themselves, but where one leads."""

NAMES = """
import json, os, socket, time

names, look_up = json.loads(os.environ["NAMES"]), socket.getaddrinfo


def getaddrinfo(host, *arguments, **options):
    found = names.get(host.decode() if isinstance(host, bytes) else host, host)
    if found == "hang":
        time.sleep(60)
    if isinstance(found, int):
        raise socket.gaierror(found, "as the trial has it")
    return look_up(found, *arguments, **{**options, "flags": socket.AI_NUMERICHOST})


socket.getaddrinfo = getaddrinfo
"""
"""A `sitecustomize` that knows some names, and asks no name service."""


@dataclass(frozen=True)
class Found:
    """What a check said of one host's link, and how many requests its host has seen for it."""

    truth: Truth
    states: frozenset[str]
    right: str
    state: str
    verdict: str
    reason: str
    requests: int

    @property
    def is_right(self) -> bool:
        """Whether that is what can be said of it at one look."""
        return self.state in self.states and self.verdict == self.right


def check(folder: Path, command: tuple[str, ...] = (sys.executable, "-m", "crawler")) -> dict[str, Found]:
    """Check every way, and return what was found, by host. ``folder`` is for what that needs."""
    with running() as hosts, socket.create_server(("127.0.0.1", 0)) as closed:
        urls = _urls(hosts)
        urls[f"http://refused.example:{closed.getsockname()[1]}{PATH}"] = "refused.example"
        closed.close()
        (folder / "urls.txt").write_text("\n".join(urls), encoding="utf-8")
        (folder / "recrawl.yml").write_text("timeout: 4\n")
        (folder / "sitecustomize.py").write_text(NAMES)
        options = ("--urls", "urls.txt", "--config", "recrawl.yml", "--format", "tsv", "--strikes", "1")
        network = ("--allow-private", "127.0.0.0/8", "--delay", "0", "--concurrency", "200")
        done = subprocess.run(
            [*command, "check", *options, *network],
            capture_output=True, cwd=folder, env=_environment(folder), timeout=120, check=False,
        )  # fmt: skip
        rows = (line.split("\t") for line in done.stdout.decode().splitlines())
        found = {urls[url]: _found(urls[url], hosts, state, verdict, why) for state, verdict, url, _, why in rows}
    if untold := set(urls.values()) - set(found):
        raise RuntimeError(f"nothing was said of {sorted(untold)}: {done.stderr.decode()}")
    return found


def _urls(hosts: Hosts) -> dict[str, str]:
    urls = {f"http://{host}/": host for host in UNREACHABLE if host != "refused.example"}
    for name in OTHERS:
        hosts.add(name, lambda call: call.say(200, FRONT))
    for host, way in WAYS.items():
        hosts.add(host, way.answer, way.path.partition("#")[0], robots=way.robots)
        urls[f"http://{host}:{hosts.port}{way.path}"] = host
    return urls


def _environment(folder: Path) -> Mapping[str, str]:
    known: dict[str, str | int] = dict.fromkeys((*WAYS, *OTHERS, "127.0.0.1", "refused.example"), "127.0.0.1")
    known |= {"name-service-in-trouble.example": socket.EAI_AGAIN, "name-service-hangs.example": "hang"}
    house = str(Path(__file__).parent.parent.parent)
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"PYTHONPATH": os.pathsep.join((str(folder), house)), "NAMES": json.dumps(known)}


def _found(host: str, hosts: Hosts, state: str, verdict: str, reason: str) -> Found:
    if host in UNREACHABLE:
        truth, states, right = UNREACHABLE[host]
        return Found(truth, frozenset(states), right, state, verdict, reason, 0)
    way, asked = WAYS[host], len(hosts.pages(host))
    return Found(way.truth, way.states, way.verdict, state, verdict, reason, asked)
