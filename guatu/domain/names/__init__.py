"""Project names: taken apart, held against each other, and found among many by what they share."""

from guatu.domain.names.index import NameIndex
from guatu.domain.names.likeness import DOUBT, Told, alike, band
from guatu.domain.names.parts import NameParts, name_parts

__all__ = ["DOUBT", "NameIndex", "NameParts", "Told", "alike", "band", "name_parts"]
