"""Document and case processing for Norwegian municipal politics."""
