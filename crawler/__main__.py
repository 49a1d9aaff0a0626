"""``python -m crawler`` is the command ``recrawl``; it hears interrupts before it imports anything that takes time."""

import signal


def main() -> None:
    """Run the command line: what ends a process from outside ends it like Ctrl-C, from its first moment on."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(signum) is signal.SIG_DFL:  # not where nohup has it ignored
            signal.signal(signum, signal.default_int_handler)
    try:
        from crawler.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
