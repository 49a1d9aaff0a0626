"""``python -m crawler`` is the command ``recrawl``; it hears interrupts before it imports anything that takes time."""

import os
import signal
import sys

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_INTERRUPTED = 130
_PATIENCE = 1.0
"""Seconds after which an interrupt that was lost on its way (Python drops what is raised in some places) counts."""


def main() -> None:
    """Run the command line; a signal ends it in an orderly way, a second one at once."""
    _listen(_leave)
    try:
        from crawler.cli import status

        code = status()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    _end(code)


def _listen(handler: "signal._HANDLER") -> None:
    for signum in STOPPING:
        if signal.getsignal(signum) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(signum, handler)


def _leave(_signum: int, _frame: object) -> None:
    _listen(_leave_at_once)
    signal.signal(signal.SIGALRM, _leave_at_once)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    os.write(2, b"recrawl: interrupted\n")
    # Not KeyboardInterrupt: where that passes through code that is built from text, as dataclasses are, Python kills
    # itself at its end, whoever has caught it.
    raise SystemExit(_INTERRUPTED)


def _leave_at_once(_signum: int, _frame: object) -> None:
    os._exit(_INTERRUPTED)


def _end(code: int) -> None:
    """Leave without taking the interpreter apart: a signal that comes meanwhile would be met by nobody."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.write(2, f"recrawl: the output cannot be written: {error.strerror}\n".encode())
        code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
