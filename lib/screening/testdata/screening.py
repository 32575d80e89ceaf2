"""Golden values for the tests of screening: clusters by scipy, rank correlations and stability by pandas.

pip install numpy==2.4.6 pandas==3.1.1 scipy==1.17.1, then: python screening.py > screening.json
"""
import json

import numpy as np
import pandas as pd
import scipy
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform
from scipy.stats import spearmanr

random = np.random.default_rng(3)
names, days, columns = 14, 40, 7
common = random.standard_normal((days, names, 2))
mix = random.standard_normal((2, columns))
values = np.round(common @ mix + 0.6 * random.standard_normal((days, names, columns)), 4)
values[:, :, 1] = np.round(-values[:, :, 0] + 0.1 * random.standard_normal((days, names)), 4)
every = [spearmanr(values[day]).statistic for day in range(0, days, 5)]
matrix = np.mean(every, axis=0)
clusters = {}
for least in (0.3, 0.5, 0.7, 0.9):
    tree = linkage(squareform(1 - np.abs(matrix), checks=False), method="average")
    labels = fcluster(tree, 1 - least, criterion="distance")
    groups = [np.flatnonzero(labels == label).tolist() for label in set(labels)]
    clusters[str(least)] = sorted(groups)
stability = np.mean([spearmanr(values[day, :, 2], values[day - 1, :, 2]).statistic for day in range(1, days)])
print(
    json.dumps(
        {
            "made_with": {tool.__name__: tool.__version__ for tool in (np, pd, scipy)},
            "values": values.tolist(),
            "matrix": matrix.ravel().tolist(),
            "clusters": clusters,
            "stability": float(stability),
        }
    )
)
