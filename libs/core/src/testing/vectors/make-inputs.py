"""Makes inputs.json: derived channels, normalisation and augmentation steps worked out with NumPy in float64.

Run with any Python that has NumPy: python3 make-inputs.py > inputs.json
"""

import json

import numpy as np

rate, length = 25.0, 16
t = np.arange(length)
# A made-up window in g, [time, axis], rounded so that single precision holds it.
window = np.stack(
    [0.3 * np.sin(0.9 * t) + 0.1, 0.8 + 0.4 * np.cos(1.7 * t), -0.5 + 0.05 * t - 0.2 * np.sin(2.3 * t)], axis=1
)
window = np.float32(window).astype(np.float64)


def low_passed(values):
    share = 1 - np.exp(-2 * np.pi * 0.3 / rate)
    forwards, level = [], values.mean()
    for value in values:
        level = level + share * (value - level)
        forwards.append(level)
    backwards = []
    for value in reversed(forwards):
        level = level + share * (value - level)
        backwards.append(level)
    return np.array(backwards[::-1])


up = window.mean(axis=0) / np.linalg.norm(window.mean(axis=0))
magnitude = np.linalg.norm(window, axis=1)
vertical = window @ up
horizontal = np.linalg.norm(window - np.outer(vertical, up), axis=1)
gravity = np.stack([low_passed(window[:, axis]) for axis in range(3)], axis=1)
inputs = np.concatenate(
    [
        window / 0.65,
        ((magnitude - 1) / 0.35)[:, None],
        ((vertical - 1) / 0.35)[:, None],
        ((horizontal - 0.25) / 0.3)[:, None],
        gravity / 0.65,
        (window - gravity) / 0.3,
    ],
    axis=1,
)


def stretched(values, factor):
    """Time about the middle, ends mirrored: np.pad's `reflect` leaves out the end itself, and np.interp is linear."""
    middle, pad = (length - 1) / 2, length - 1
    padded = np.pad(values, ((pad, pad), (0, 0)), mode="reflect")
    places = middle + (t - middle) / factor + pad
    return np.stack([np.interp(places, np.arange(len(padded)), padded[:, axis]) for axis in range(3)], axis=1)


print(
    json.dumps(
        {
            "about": "made by make-inputs.py with NumPy in float64",
            "rateHz": rate,
            "window": window.ravel().tolist(),
            "inputs": inputs.ravel().round(7).tolist(),
            "stretch": [
                {"factor": f, "values": stretched(window, f).ravel().round(7).tolist()} for f in (0.8, 1.0, 1.25)
            ],
        }
    )
)
