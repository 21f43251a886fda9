"""Plans as files of other programs: a `PlanFile` in, bytes out. Nothing here touches the database."""
