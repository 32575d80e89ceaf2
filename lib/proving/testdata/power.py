"""Golden values for expected_power_test.ts: how often a Student's t with an error of its own exceeds its critical value
while the same mean over its true error exceeds 1.96, by brute force with numpy and scipy.

Run: python power.py > power.json
"""
import json

import numpy as np
import scipy
from scipy.stats import chi2, norm, t

generator = np.random.default_rng(11)
rows = []
for rank_ic, names, days, trials in [(0.03, 10, 250, 1), (0.05, 20, 400, 1), (0.05, 20, 400, 21), (0.0, 50, 750, 1)]:
    degrees = int(0.4 * days ** (2 / 3))
    gamma = np.euler_gamma
    expected = 0 if trials == 1 else (1 - gamma) * norm.ppf(1 - 1 / trials) + gamma * norm.ppf(1 - 1 / (trials * np.e))
    needed = max(1.96, expected + norm.ppf(0.95), norm.isf(0.05 / (trials * (trials + 1))))
    critical = t.ppf(norm.cdf(needed), degrees)
    distance = rank_ic * np.sqrt(days * (names - 1))
    z = distance + generator.standard_normal(2_000_000)
    error = np.sqrt(chi2.rvs(degrees, size=z.size, random_state=generator) / degrees)
    rows.append([rank_ic, names, days, trials, float(np.mean((z > norm.ppf(0.975)) & (z > critical * error)))])
print(json.dumps({"made_with": f"numpy {np.__version__}, scipy {scipy.__version__}", "power": rows}, indent=1))
