"""Pages of other systems' sheets."""
