"""Writes privacy.json: figures of differential privacy by other means than Gaitway's.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install dp-accounting==0.6.0 mpmath scipy
    /tmp/venv/bin/python libs/core/src/testing/vectors/make-privacy.py

- tails: normal tails with 50 digits (mpmath).
- renyi: the Rényi divergence of one sampled release, the integral of its definition with 40 digits (mpmath).
- gaussian: delta of the Gaussian mechanism, by its definition with 50 digits (mpmath).
- oneSampled: delta of one sampled release in both directions, by its definition with 50 digits (mpmath).
- compositions: epsilon of dp-accounting's distributions of privacy losses, with a spacing of 1e-4.
- clopperPearson: quantiles of the beta distribution (scipy).
- oneRun: the theorem for (epsilon, delta) of Steinke, Nasr and Jagielski 2023 (arXiv 2305.08846), with scipy's binomial distribution and a
  root finder.
"""

import json
import math
import os

import dp_accounting
from dp_accounting import dp_event
from dp_accounting.pld import pld_privacy_accountant
from mpmath import erfc, exp, inf, log, mp, mpf, quad, sqrt
from scipy import optimize, stats

mp.dps = 50


def upper(z):
    return erfc(mpf(z) / sqrt(mpf(2))) / 2


def renyi(q, sigma, order):
    q, sigma, order = mpf(q), mpf(sigma), mpf(order)
    density = lambda x: exp(-x * x / (2 * sigma**2)) / (sigma * sqrt(2 * mp.pi))
    ratio = lambda x: 1 - q + q * exp((2 * x - 1) / (2 * sigma**2))
    middle = sigma**2 * log(1 / q - 1) + mpf(1) / 2
    points = sorted({-40 * sigma, mpf(0), mpf(1), middle, order, order + 40 * sigma, -10 * sigma, order + 10 * sigma})
    with mp.workdps(40):
        moment = quad(lambda x: density(x) * ratio(x) ** order, points)
    return log(moment) / (order - 1)


def gaussian_delta(sigma, epsilon):
    sigma, epsilon = mpf(sigma), mpf(epsilon)
    half = 1 / (2 * sigma)
    return upper(epsilon * sigma - half) - exp(epsilon) * upper(epsilon * sigma + half)


def sampled_deltas(q, sigma, epsilon):
    q, sigma, epsilon = mpf(q), mpf(sigma), mpf(epsilon)
    x = sigma**2 * log((exp(epsilon) - 1 + q) / q) + mpf(1) / 2
    removal = (1 - q) * upper(x / sigma) + q * upper((x - 1) / sigma) - exp(epsilon) * upper(x / sigma)
    odds = (exp(-epsilon) - 1 + q) / q
    if odds <= 0:
        return removal, mpf(0)
    y = sigma**2 * log(odds) + mpf(1) / 2
    mixture = (1 - q) * upper(-y / sigma) + q * upper((1 - y) / sigma)
    return removal, upper(-y / sigma) - exp(epsilon) * mixture


def composition_epsilon(events, delta):
    neighbours = dp_accounting.NeighboringRelation.ADD_OR_REMOVE_ONE
    accountant = pld_privacy_accountant.PLDAccountant(neighbours, 1e-4)
    for rate, sigma, count in events:
        accountant.compose(dp_event.PoissonSampledDpEvent(rate, dp_event.GaussianDpEvent(sigma)), count)
    return accountant.get_epsilon(delta)


def clopper_pearson(successes, trials, confidence):
    doubt = (1 - confidence) / 2
    lower = 0.0 if successes == 0 else stats.beta.ppf(doubt, successes, trials - successes + 1)
    higher = 1.0 if successes == trials else stats.beta.isf(doubt, successes + 1, trials - successes)
    return float(lower), float(higher)


def one_run(m, r, v, delta, confidence):
    def chance(epsilon):
        p = 1 / (1 + math.exp(-epsilon))
        below = [float(stats.binom.cdf(v - 1, r, p) - stats.binom.cdf(v - 1 - i, r, p)) / i for i in range(1, v + 1)]
        return float(stats.binom.sf(v - 1, r, p)) + 2 * m * delta * max(below)

    doubt = 1 - confidence
    return 0.0 if chance(0) > doubt else optimize.brentq(lambda e: chance(e) - doubt, 0, 20, xtol=1e-12)


tails = [-6, -1, -0.1, 0, 0.3, 0.7071, 0.7072, 1, 3, 8.4, 8.5, 12, 37]
orders = [
    (0.01, 2.5, 1.5), (0.01, 2.5, 2.5), (0.04, 1.5, 3.9), (0.01, 0.7, 4.4), (0.01, 0.35, 1.6), (0.5, 1, 1.1),
    (0.9, 0.5, 2.7), (0.001, 1, 13.5), (0.2, 10, 1.1), (0.01, 1, 8), (0.5, 2, 32),
]
deltas = [(1, 1), (math.sqrt(2), 2.25), (0.7, 10), (5, 0.01), (100, 0.2), (0.3, 0), (2, 15)]
singles = [(0.01, 0.7, 0.5), (0.01, 0.7, 0.005), (0.2, 0.5, 1), (0.5, 2, 0.1), (0.9, 1, 1.5), (0.001, 3, 0.001)]
compositions = [
    ([(0.04, 1.5, 2249)], 1e-5), ([(0.01, 0.7, 120)], 1e-5), ([(0.01, 0.35, 120)], 1e-5), ([(0.0064, 1, 782)], 1e-6),
    ([(0.001, 0.8, 1000)], 1e-6), ([(0.05, 3, 1000)], 1e-6), ([(0.05, 2, 20000)], 1e-6), ([(0.5, 2, 40)], 1e-6),
    ([(0.9, 3, 40)], 1e-8), ([(0.1, 2, 50), (0.02, 0.9, 30), (1, 4, 3)], 1e-6),
]
intervals = [(37, 50, 0.95), (0, 20, 0.95), (20, 20, 0.95), (1, 1000, 0.9), (990, 1000, 0.99), (4000, 10000, 0.95)]
runs = [
    (1000, 100, 100, 0, 0.95), (1000, 500, 420, 0, 0.95), (1000, 500, 420, 1e-5, 0.95), (500, 500, 300, 1e-6, 0.99),
    (1000, 500, 250, 1e-5, 0.95),
]
figures = {
    'tails': [{'z': z, 'tail': float(upper(z))} for z in tails],
    'renyi': [
        {'rate': q, 'noiseMultiplier': s, 'order': a, 'divergence': float(renyi(q, s, a))} for q, s, a in orders
    ],
    'gaussian': [{'noiseMultiplier': s, 'epsilon': e, 'delta': float(gaussian_delta(s, e))} for s, e in deltas],
    'oneSampled': [
        {'rate': q, 'noiseMultiplier': s, 'epsilon': e, 'delta': float(max(sampled_deltas(q, s, e)))}
        for q, s, e in singles
    ],
    'compositions': [
        {'events': events, 'delta': delta, 'epsilon': float(composition_epsilon(events, delta))}
        for events, delta in compositions
    ],
    'clopperPearson': [
        {'successes': k, 'trials': n, 'confidence': c, 'interval': clopper_pearson(k, n, c)} for k, n, c in intervals
    ],
    'oneRun': [
        {'canaries': m, 'guesses': r, 'correct': v, 'delta': d, 'confidence': c, 'epsilon': one_run(m, r, v, d, c)}
        for m, r, v, d, c in runs
    ],
}
with open(os.path.join(os.path.dirname(__file__), 'privacy.json'), 'w') as file:
    json.dump(figures, file, indent=2)
    file.write('\n')
