"""What every package stands on and no business noun belongs to: writing, trail, clock, pages, tables, sheets, paper."""
