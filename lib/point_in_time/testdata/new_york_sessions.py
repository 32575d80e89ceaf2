"""Golden sessions for new_york_sessions_test.ts, from the package exchange_calendars.

pip install exchange_calendars==4.13.2, then: python new_york_sessions.py
Kept are the weekdays on which New York does not trade, and the sessions that end before four o'clock.
"""
import json
import platform

import exchange_calendars
import pandas as pd

first, last = "2000-01-01", "2026-12-31"
calendar = exchange_calendars.get_calendar("XNYS", start="1999-12-20", end="2027-01-10")
sessions = calendar.sessions_in_range(first, last)
closes = calendar.closes[sessions].dt.tz_convert("America/New_York").dt.strftime("%H:%M")
shut = pd.bdate_range(first, last).difference(sessions)
with open("new_york_sessions.json", "w") as file:
    json.dump(
        {
            "versions": {"python": platform.python_version(), "exchange_calendars": exchange_calendars.__version__},
            "first": first,
            "last": last,
            "shut": [day.date().isoformat() for day in shut],
            "early": {day.date().isoformat(): close for day, close in closes[closes != "16:00"].items()},
        },
        file,
        indent=1,
    )
