"""Running the application: binds an address, tells it, serves until it is stopped."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from factloom.graph.confined import Limits
from factloom.graph.server.app import Settings, application
from factloom.graph.server.guard import LOOPBACK
from factloom.graph.server.pool import Pool
from factloom.ontology.errors import UsageError

# Shorter ones can be guessed.
SHORTEST_TOKEN = 16
# Connections at once; beyond it a client is told to come again.
MOST_CONNECTIONS = 1000


def serve(
    source: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    settings: Settings | None = None,
    limits: Limits | None = None,
    on_ready: Callable[[str, int], None] | None = None,
) -> None:
    """Serve the graph in `source`, a folder of a build or a Turtle file, until it is interrupted.

    `on_ready` is given the address and the number of triples when requests are answered. Raises `UsageError`
    where there is no graph, the address can't be bound, or it is beyond this machine and there is no token;
    `InputError` for a file that is no RDF.
    """
    settings, limits = settings or Settings(), limits or Limits(seconds=10, megabytes=512)
    if not hasattr(os, "fork"):
        raise UsageError("serve needs a system with fork: Linux, macOS, or Windows' subsystem for Linux")
    _check(host, settings)
    bound = _bind(host, port)
    try:
        asyncio.run(_serve(source, bound, settings, limits, on_ready))
    except KeyboardInterrupt:
        return  # Ctrl-C is how it is stopped.
    finally:
        bound.close()


def _check(host: str, settings: Settings) -> None:
    token = settings.token
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise UsageError(f"a token has at least {SHORTEST_TOKEN} characters")
    if token is None and not _is_loopback(host):
        raise UsageError(f"{host} is open to other machines: give a --token, or leave --host out")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in LOOPBACK


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        reason = error.strerror or str(error)
        raise UsageError(
            f"cannot listen on {host} port {port}: {reason}; another --port may be free"
        ) from None
    return bound


async def _serve(
    source: Path,
    bound: socket.socket,
    settings: Settings,
    limits: Limits,
    on_ready: Callable[[str, int], None] | None,
) -> None:
    pool = Pool(source, limits)
    try:
        triples = await pool.start()
        config = uvicorn.Config(
            application(pool, settings),
            http="h11",
            ws="none",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MOST_CONNECTIONS,
            backlog=MOST_CONNECTIONS,
            timeout_graceful_shutdown=2,
        )
        if on_ready is not None:
            bound.listen(MOST_CONNECTIONS)  # From now on requests wait rather than fail.
            on_ready(_address(bound), triples)
        await uvicorn.Server(config).serve(sockets=[bound])
    finally:
        await pool.close()


def _address(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
