"""Back-planning (倒排工期): nodes worked back from deadlines over work calendars (docs/algorithms/back_planning.md)."""
