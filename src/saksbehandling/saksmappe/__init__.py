"""Archive cases, journalposter, documents and their immutable versions, saksframlegg."""
