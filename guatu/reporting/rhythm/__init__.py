"""Rules of reporting as people meet them: in words, who is late, what was said by phone, what it all costs a unit."""
