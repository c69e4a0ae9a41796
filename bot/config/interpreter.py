"""How the one interpreter is shared by the event loop and the threads that work out answers."""

from __future__ import annotations

import gc
import sys

# Seconds after which a thread that computes lets another one go on that waits. Python's own 5 ms are what each
# heartbeat, button and typed letter would wait for while a question is answered; to change threads takes some 10 µs.
TURN = 0.0005
# How many objects more than before make Python look for garbage among the newest, after how often that it looks among
# those that were left over, and after how often that among all. To look through 5,000 stops all threads for some 3 ms.
GARBAGE = (1_000, 1, 50)


def share_the_interpreter() -> None:
    """To be called once, when the articles are open and before anything is served.

    What was made until now stays, so garbage is never looked for among it again: that would stop all threads for as
    long as there are articles.
    """
    sys.setswitchinterval(TURN)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE)
