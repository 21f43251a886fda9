"""Plans: nodes, links, baselines, back-planning and targets. The done amounts are always handed in."""
