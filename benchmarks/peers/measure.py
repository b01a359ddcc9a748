"""How fast a step is."""

import time


def windows_per_second(step, windows, seconds):
    """Runs `step`, which takes `windows` windows, once unmeasured and then for at least `seconds`."""
    step()
    runs, start = 0, time.perf_counter()
    while True:
        step()
        runs += 1
        elapsed = time.perf_counter() - start
        if elapsed >= seconds:
            return runs * windows / elapsed
