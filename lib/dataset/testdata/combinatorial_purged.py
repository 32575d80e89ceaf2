"""Splits and paths of skfolio's CombinatorialPurgedCV, for the tests of combinatorialPurged.

Run in the root of the repository with skfolio installed: python lib/dataset/testdata/combinatorial_purged.py
"""

import json
import sys

import numpy
import skfolio
from skfolio.model_selection import CombinatorialPurgedCV

cases = []
for days, groups, test_groups, horizon, embargo in [
    (60, 6, 2, 1, 0),
    (65, 6, 2, 3, 2),
    (103, 10, 2, 4, 1),
    (50, 5, 3, 2, 3),
    (90, 4, 2, 6, 10),
]:
    splitter = CombinatorialPurgedCV(
        n_folds=groups, n_test_folds=test_groups, purged_size=horizon - 1, embargo_size=embargo
    )
    trained, tested = [], []
    for train, tests in splitter.split(numpy.zeros((days, 1))):
        trained.append(train.tolist())
        tested.append([[int(part[0]), int(part[-1]) + 1] for part in tests])
    cases.append(
        {
            "days": days,
            "groups": groups,
            "testGroups": test_groups,
            "horizonDays": horizon,
            "embargoDays": embargo,
            "paths": splitter.n_test_paths,
            "splits_by_path": splitter.recombined_paths.T.tolist(),
            "trained": trained,
            "tested": tested,
        }
    )

versions = {"python": sys.version.split()[0], "numpy": numpy.__version__, "skfolio": skfolio.__version__}
with open("lib/dataset/testdata/combinatorial_purged.json", "w") as file:
    json.dump({"versions": versions, "cases": cases}, file)
    file.write("\n")
