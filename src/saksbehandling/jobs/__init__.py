"""The outbox, its worker, and deadlines."""
