"""Golden values of cosineT() and studentQuantile(), by numpy 2 and scipy (scipy.fft.dct, scipy.stats.t).

Run: python cosine_t.py > cosine_t.json
"""
import json
import sys

import numpy as np
import scipy
from scipy import stats
from scipy.fft import dct

rng = np.random.default_rng(7)


def case(values, horizon):
    values = np.asarray(values)
    n = len(values)
    degrees = max(1, min(int(np.floor(0.4 * n ** (2 / 3))), n // (3 * horizon)))
    transforms = dct(values, type=2, norm="ortho")[1 : degrees + 1]
    error = float(np.sqrt(np.mean(transforms**2) / n))
    t = float(values.mean() / error)
    z = float(-np.sign(t) * stats.norm.ppf(stats.t.sf(abs(t), degrees)))
    return dict(values=values.tolist(), horizonDays=horizon, degrees=degrees, standardError=error, t=t, z=z)


rough = [round(float(x), 6) for x in rng.normal(0.1, 1, 80)]
slow = [round(float(x), 6) for x in np.convolve(rng.normal(0.3, 1, 124), np.ones(5) / 5, "valid")]
sure = [round(float(x), 6) for x in rng.normal(2, 1, 60)]
under = [round(float(x), 6) for x in rng.normal(-0.5, 1, 40)]
quantiles = [
    dict(probability=p, degrees=d, quantile=float(stats.t.ppf(p, d)))
    for p in (0.025, 0.5, 0.9, 0.975, 0.9995)
    for d in (1, 4, 10, 58)
]
print(f"numpy {np.__version__}, scipy {scipy.__version__}", file=sys.stderr)
json.dump(
    dict(
        made=f"numpy {np.__version__}, scipy {scipy.__version__}",
        cases=[case(rough, 1), case(slow, 5), case(sure, 1), case(under, 2)],
        quantiles=quantiles,
    ),
    sys.stdout,
)
