"""Templates: docx/ is edited in a word processor, web/ is Jinja2."""
