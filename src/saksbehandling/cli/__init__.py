"""The command line, `saksbehandling <command>`."""
