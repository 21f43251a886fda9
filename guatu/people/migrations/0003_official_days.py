"""The official table as chinesecalendar holds it: weekdays off and weekend days worked, and the complete years.

Rows that are there already stay: a migration that is run again, or after a seeding by hand, adds nothing twice.
"""

from chinese_calendar.constants import holidays, workdays
from django.db import migrations

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def enter(apps, schema_editor):
    """Every year that has no row yet, with its days."""
    years, days = apps.get_model("people", "CalendarYear"), apps.get_model("people", "CalendarDay")
    off = {day: (False, str(name)) for day, name in holidays.items() if day.weekday() < 5}
    made_up = {day: (True, str(name)) for day, name in workdays.items() if day.weekday() >= 5}
    listed = {**off, **made_up}
    known = set(years.objects.values_list("year", flat=True))
    held = set(days.objects.filter(region=None).values_list("day", flat=True))
    missing = sorted({day.year for day in listed} - known)
    years.objects.bulk_create([years(year=year, source="product") for year in missing])
    days.objects.bulk_create(
        [
            days(day=day, works=works, name=NAMES.get(name, name))
            for day, (works, name) in sorted(listed.items())
            if day.year in missing and day not in held
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0002_work_calendar")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
