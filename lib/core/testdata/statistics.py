"""Golden values for statistics_test.ts, rank_test.ts and rolling_test.ts: pip install numpy scipy pandas; python statistics.py"""
import json
import math
import os

import numpy
import pandas
import scipy.stats

x = numpy.array([math.sin(day * day / 7) + day % 5 for day in range(40)])
y = numpy.array([math.cos(day / 3) + 0.3 * x[day] for day in range(40)])
ties = numpy.array([float(day * 7 % 10) for day in range(25)])
series = pandas.Series(x)
golden = {
    "tool": "numpy %s, scipy %s, pandas %s" % (numpy.__version__, scipy.__version__, pandas.__version__),
    "pearson": scipy.stats.pearsonr(x, y).statistic,
    "spearman": scipy.stats.spearmanr(ties, x[:25]).statistic,
    "midRanks": scipy.stats.rankdata(ties).tolist(),
    "standardDeviation": float(x.std(ddof=1)),
    "quantiles": {str(p): float(numpy.quantile(x, p)) for p in (0, 0.05, 0.31, 0.5, 0.975, 1)},
    "rollingStandardDeviation": series.rolling(7).std()[6:].tolist(),
    "rollingMean": series.rolling(7).mean()[6:].tolist(),
    "rollingMinimum": series.rolling(7).min()[6:].tolist(),
    "rollingMaximum": series.rolling(7).max()[6:].tolist(),
    "rollingSlope": (series.rolling(9).cov(pandas.Series(y)) / pandas.Series(y).rolling(9).var())[8:].tolist(),
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.json"), "w") as file:
    json.dump(golden, file)
