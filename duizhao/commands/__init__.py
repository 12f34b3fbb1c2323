"""One module a command; each holds its `command`, imported when it is asked for."""
