"""What everybody sees: public pages, search page, error pages."""
