# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Expands calendar files with an independent reader, for the tests to compare.

Usage: expand_calendar.py ZONE FIRST_YEAR LAST_YEAR FILE...

Prints one JSON object: per file the events that begin in those years, each as [begin, end] in seconds since 1970. Dates and
times without a zone are meant in ZONE. Cancelled events are left out.
"""

import datetime
import json
import sys
import zoneinfo

import icalendar
import recurring_ical_events


def instant(value, zone):
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(value.year, value.month, value.day)
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return int(value.timestamp())


def expand(path, zone, first, last):
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    begin = datetime.datetime(first, 1, 1, tzinfo=zone)
    end = datetime.datetime(last + 1, 1, 1, tzinfo=zone)
    events = []
    for event in recurring_ical_events.of(calendar).between(begin, end):
        if event.get("STATUS") == "CANCELLED":
            continue
        start = event["DTSTART"].dt
        stop = event["DTEND"].dt if "DTEND" in event else start + datetime.timedelta(days=1)
        if begin.timestamp() <= instant(start, zone) < end.timestamp():
            events.append([instant(start, zone), instant(stop, zone)])
    return sorted(events)


def main():
    zone = zoneinfo.ZoneInfo(sys.argv[1])
    first, last = int(sys.argv[2]), int(sys.argv[3])
    json.dump({path: expand(path, zone, first, last) for path in sys.argv[4:]}, sys.stdout)


if __name__ == "__main__":
    main()
