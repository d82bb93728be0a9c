"""`python -m tracker.worker`: apart, so that the processes which it starts do not load it again."""

from __future__ import annotations

import signal
import sys

from . import main

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    sys.exit(main(sys.argv[1:]))
