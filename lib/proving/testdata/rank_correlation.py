"""Golden values for expected_rank_correlation_test.ts: mean of Spearman's correlation of small normal samples, by brute
force: numpy and scipy draw the samples and rank them. Errors are standard errors of the simulated mean.

Run: python rank_correlation.py > rank_correlation.json
"""
import json

import numpy as np
import scipy
from scipy.stats import rankdata

generator = np.random.default_rng(7)
rows = []
for correlation, names in [(0.05, 10), (0.3, 5), (0.6, 4), (-0.4, 20)]:
    draws = 200_000
    x = generator.standard_normal((draws, names))
    y = correlation * x + np.sqrt(1 - correlation**2) * generator.standard_normal((draws, names))
    a, b = rankdata(x, axis=1), rankdata(y, axis=1)
    r = 1 - 6 * ((a - b) ** 2).sum(axis=1) / (names * (names**2 - 1))
    rows.append([correlation, names, float(r.mean()), float(r.std(ddof=1) / np.sqrt(draws))])
print(json.dumps({"made_with": f"numpy {np.__version__}, scipy {scipy.__version__}", "means": rows}, indent=1))
