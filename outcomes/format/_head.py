"""What stands at the head of every document: which version it is, and what its figures mean."""

SCHEMA_VERSION = 1

VERSION = "schema_version"
ATTRIBUTION = "attribution_is"
DURATION = "duration_counts"
