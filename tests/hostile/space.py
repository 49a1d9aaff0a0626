"""A space: network namespaces in which every address there is belongs to this machine, and none leads anywhere else.

Whatever a crawler in it connects to, it meets the servers of the test; so an address that must not be connected to can
be a real one. Where a machine gives no namespaces, there is none.
"""

import functools
import subprocess
from pathlib import Path

_SETUP = """
set -e
ip link set lo up
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo
mount --bind "$0" /etc/resolv.conf
exec "$@"
"""


def words(resolver: Path) -> list[str]:
    """Return the words that run a command in a space of its own, whose name server is told by a file."""
    return ["unshare", "--map-root-user", "--net", "--mount", "sh", "-c", _SETUP, str(resolver)]


@functools.cache
def is_there(resolver: Path) -> bool:
    """Tell whether this machine gives such a space."""
    try:
        return subprocess.run([*words(resolver), "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
