"""Golden values for wilson_interval_test.ts: Wilson's score interval as statsmodels has it.

Run: python wilson.py > wilson.json   (statsmodels and its version are written into the file)
"""
import json

import statsmodels
from statsmodels.stats.proportion import proportion_confint

cases = [(0, 1), (1, 1), (0, 200), (3, 200), (10, 200), (200, 200), (57, 1000), (950, 1000)]
print(json.dumps({
    "made_with": f"statsmodels {statsmodels.__version__}",
    "intervals": [
        [found, n, level, *map(float, proportion_confint(found, n, alpha=1 - level, method="wilson"))]
        for found, n in cases
        for level in (0.9, 0.95)
    ],
}, indent=1))
