"""Corrections by hand that survive rebuilds: `file` reads them, `resolve` finds what they name, `apply` does
them statement by statement. Every one that does nothing is a problem that is told."""
