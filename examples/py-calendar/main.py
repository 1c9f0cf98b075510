"""Calendar arithmetic on fixed dates: working days, Easter, month ends, ISO weeks, a printed month."""
import calendar
from datetime import date, datetime, timedelta, timezone


def easter(year):
    """Anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def add_months(start, months):
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def working_days(start, end, holidays):
    day = start
    while day < end:
        if day.weekday() < 5 and day not in holidays:
            yield day
        day += timedelta(days=1)


holidays = {easter(2026) + timedelta(days=offset) for offset in (-2, 1)} | {date(2026, 5, 1)}
print("Easter:", ", ".join(easter(year).isoformat() for year in (2024, 2025, 2026, 2038)))
print("Holidays:", ", ".join(f"{day:%a %d %b}" for day in sorted(holidays)))

april = list(working_days(date(2026, 4, 1), date(2026, 5, 1), holidays))
print(f"Working days in April 2026: {len(april)}, first {april[0]}, last {april[-1]}")

print("Rent due:", [add_months(date(2027, 12, 31), n).isoformat() for n in range(1, 5)])
print("ISO week of 2027-01-01:", "{0.year}-W{0.week:02d}-{0.weekday}".format(date(2027, 1, 1).isocalendar()))
print("Leap years 1896-1910:", [year for year in range(1896, 1911) if calendar.isleap(year)])

launch = datetime(2026, 3, 29, 1, 30, tzinfo=timezone.utc)
tokyo = timezone(timedelta(hours=9), "JST")
print("Launch:", launch.isoformat(), "=", launch.astimezone(tokyo).strftime("%Y-%m-%d %H:%M %Z"))
parsed = datetime.strptime("14/Mar/2026:09:00:01 +0200", "%d/%b/%Y:%H:%M:%S %z")
print("Parsed:", parsed.astimezone(timezone.utc).isoformat(), int(parsed.timestamp()))
gap = launch - parsed
print(f"Gap: {gap.days} days and {gap.seconds // 3600} hours, {gap.total_seconds():.0f} s in all")

print()
print(calendar.TextCalendar(firstweekday=calendar.MONDAY).formatmonth(2028, 2), end="")
