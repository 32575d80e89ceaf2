"""Golden values of load_factors_test.ts: what pandas reads in the files of data/raw/ml4t-data-0.3.1.

Run from the root of the repository: python lib/data/testdata/factors.py > lib/data/testdata/factors.json
Made with pandas 3.1.1, numpy 2.4.6.
"""

import io
import json

import pandas as pd

FOLDER = "data/raw/ml4t-data-0.3.1/"


def read(name):
    with open(FOLDER + name, encoding="latin-1") as file:
        lines = file.read().splitlines()
    head = next(i for i, line in enumerate(lines) if line.startswith(","))
    rows = [line for line in lines[head + 1:] if line[:8].isdigit()]
    table = pd.read_csv(io.StringIO("\n".join([lines[head], *rows])), index_col=0)
    table.columns = table.columns.str.strip()
    return table


three = read("F-F_Research_Data_Factors_daily.csv")
five = read("F-F_Research_Data_5_Factors_2x3_daily.csv")
momentum = read("F-F_Momentum_Factor_daily.csv")
names = {"Mkt-RF": "MKT", "Mom": "MOM"}


def summary(*tables):
    table = pd.concat(tables, axis=1, join="inner").rename(columns=names) / 100
    years = table.loc[20070104:20161230]
    return {
        "days": len(table),
        "first": int(table.index[0]),
        "last": int(table.index[-1]),
        "sums": table.sum().to_dict(),
        "sums_of_2007_to_2016": years.sum().to_dict(),
        "days_of_2007_to_2016": len(years),
    }


print(json.dumps({"three": summary(three), "four": summary(three, momentum), "five": summary(five),
                  "six": summary(five, momentum)}, indent=1))
