"""A world: the stage, the name server and the canary, and one command that is run in it.

Run as a program, in a space (`space`) or without one, with what to do as JSON on standard input:

    {"folder": "/tmp/x", "words": ["refresh", "articles"], "names": {"a.test": [["93.184.216.34"], ["127.0.0.1"]]}}

It prints as JSON what came of it. In a space the stage is at a public address, and the canary is at every address that
no crawler may connect to; without one the stage is at 127.0.0.2, which the command has to be allowed to ask.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from ipaddress import ip_address
from pathlib import Path

import bodies
import certificates
import framing
import leads
import nameserver
import packed
import pictures
import rules
import secured
import stage
import texts
import ways
import wire

ALL = (bodies, framing, leads, packed, pictures, rules, secured, texts, ways, wire)
"""Where the behaviours are entered."""

PUBLIC = "93.184.216.34"
LOCAL = "127.0.0.2"
PATIENCE = 300
"""Seconds after which a command is taken to hang."""


class World:
    """Everything that a command can meet. ``met`` are the addresses at which the canary was connected to."""

    def __init__(self, folder: Path, *, is_space: bool) -> None:
        names = [behaviour.host for behaviour in stage.BEHAVIOURS.values()]
        self.stage = stage.Stage(certificates.contexts(folder, names))
        self.is_space = is_space
        self.met: list[str] = []

    def open(self) -> None:
        """Listen on everything."""
        if not self.is_space:
            plain, secure = (socket.create_server((LOCAL, 0), backlog=256) for _ in range(2))
            self.stage.port, self.stage.secure_port = (f":{server.getsockname()[1]}" for server in (plain, secure))
            self.stage.listen(plain, is_tls=False)
            self.stage.listen(secure, is_tls=True)
            return
        for port in (80, 443):
            for family, address in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
                server = socket.create_server((address, port), family=family, backlog=256)
                threading.Thread(target=self._watch, args=(server, port == 443), daemon=True).start()

    def _watch(self, server: socket.socket, is_tls: bool) -> None:
        while True:
            connection, _ = server.accept()
            address = connection.getsockname()[0]
            if address == PUBLIC:
                threading.Thread(target=self.stage.meet, args=(connection, is_tls), daemon=True).start()
                continue
            if not ip_address(address.partition("%")[0]).is_global or ":" in address:
                self.met.append(address)
            connection.close()


def run(words: list[str], environment: dict[str, str]) -> dict[str, object]:
    """Run the command; return what it said, its seconds and the most megabytes that it had."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.monotonic()
        process = subprocess.Popen([sys.executable, "-m", "crawler", *words], stdout=out, stderr=err, env=environment)
        killer = threading.Timer(PATIENCE, process.kill)
        killer.start()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        killer.cancel()
        out.seek(0)
        err.seek(0)
        return {
            "status": process.returncode,
            "out": out.read().decode(),
            "err": err.read().decode(),
            "seconds": time.monotonic() - began,
            "cpu": used.ru_utime + used.ru_stime,
            "megabytes": used.ru_maxrss / 1024,
        }


def main() -> None:
    """Do as standard input asks."""
    asked = json.load(sys.stdin)
    folder, is_space = Path(asked["folder"]), bool(asked["space"])
    world = World(folder, is_space=is_space)
    world.stage.targets = asked.get("targets", ())
    world.open()
    if is_space:
        nameserver.NameServer(PUBLIC, asked.get("names", {})).listen()
    trusted = {"SSL_CERT_FILE": str(folder / "authority.pem")}
    os.chdir(folder)
    ports = {"port": world.stage.port, "secure_port": world.stage.secure_port}
    words = [word.format(**ports) for word in asked["words"]]
    _fill(asked.get("records", {}), ports)
    told = run(words, {**os.environ, **trusted, **asked.get("environment", {})})
    told["met"] = world.met
    told["heads"] = world.stage.heads
    told["asked"] = [[*where, times] for where, times in world.stage.asked.items()]
    json.dump(told, sys.stdout)


def _fill(records: dict[str, str], ports: dict[str, str]) -> None:
    """Write the files that need to know on which ports the stage is."""
    for name, text in records.items():
        for key, value in ports.items():
            text = text.replace(f"{{{key}}}", value)
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
