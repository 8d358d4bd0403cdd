"""The tests are a package, so that `tests.graph` is never taken for the room `graph`."""
