"""How things look: figures and dates as text, marks as SVG, what every page's frame needs. No rules, no queries."""
