"""A graph at a remote SPARQL endpoint: takes a Turtle file, brings one named graph there up to date.

What is there is read first, and only the difference is sent, in batches: by SPARQL 1.1 Update, or by the
Graph Store Protocol. So a run that was cut short goes on where it stopped, and one after a small change is
short. Credentials, and whatever an address does not tell, come from the environment.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from factloom.graph.rdf_read import parse_file
from factloom.ontology.errors import FactloomError, UsageError
from factloom.ontology.namespaces import BASE

if TYPE_CHECKING:
    import rdflib
    import requests

# Triples of one request.
BATCH = 2000
# Seconds to connect, and to wait for a batch; tries of a request that met a busy or absent server.
TIMES = (10, 300)
TRIES = 6
GRAPH = BASE + "graph"
_BUSY = (429, 502, 503, 504)
# Last segments of Graph Store Protocol addresses: Oxigraph, Fuseki, RDF4J and GraphDB, Virtuoso.
_GRAPH_STORES = ("store", "data", "service", "sparql-graph-crud", "sparql-graph-crud-auth")

Progress = Callable[[int, int], None]


class EndpointError(FactloomError):
    """An endpoint that can't be reached, refuses, or makes no sense: the user mends the address."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to write to, how (`protocol` update or store), where to read from, and the graph's name."""

    write: str
    protocol: str
    read: str
    graph: str


@dataclass(frozen=True, slots=True)
class Published:
    """How many triples were sent, taken away, and are there now."""

    added: int
    removed: int
    total: int


def is_address(store: str) -> bool:
    """Whether a store is named by an address rather than by a name of the registry."""
    return "://" in store


def endpoint(address: str, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """What an address and the environment say.

    FACTLOOM_STORE_GRAPH names the graph (by default `GRAPH`), FACTLOOM_STORE_QUERY the address of queries
    where it can't be told from that of updates. Raises `UsageError` for what is no https address, or http
    beyond this machine, or holds credentials.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise UsageError(f"{address!r} is no https address of an endpoint")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise UsageError(f"{address} is not encrypted: use https, or http on this machine alone")
    if parts.username or parts.password:
        raise UsageError(
            "an address holds no credentials; put them into FACTLOOM_STORE_USER and FACTLOOM_STORE_PASSWORD, "
            "or FACTLOOM_STORE_TOKEN"
        )
    graph = environment.get("FACTLOOM_STORE_GRAPH", GRAPH)
    try:
        ox.NamedNode(graph)
    except ValueError:
        raise UsageError(f"FACTLOOM_STORE_GRAPH {graph!r} is no absolute IRI") from None
    last = parts.path.rstrip("/").rpartition("/")[2]
    if last in _GRAPH_STORES:
        return Endpoint(address, "store", address, graph)
    return Endpoint(
        address, "update", environment.get("FACTLOOM_STORE_QUERY") or _query_address(address), graph
    )


def _query_address(update: str) -> str:
    """Where queries go, by the habits of stores: /update beside /query, /statements below the repository."""
    parts = urlsplit(update)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    path = {"update": f"{folder}/query", "statements": folder}.get(last, parts.path)
    return urlunsplit(parts._replace(path=path, fragment=""))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def publish(path: Path, place: Endpoint, *, on_progress: Progress | None = None) -> Published:
    """Make the named graph at the endpoint what the Turtle file is.

    Running it again after a failure sends what is still missing. `on_progress` is told triples done and in
    all. Raises `EndpointError` when the endpoint can't be reached after some tries, or refuses.
    """
    wanted = {_line(quad) for quad in parse_file(path)}
    with Client(place) as client:
        there = client.lines()
        missing, surplus = sorted(wanted - there), sorted(there - wanted)
        writer = _WRITERS[place.protocol]
        writer(client, missing, surplus, sorted(wanted), on_progress or (lambda done, total: None))
    return Published(len(missing), len(surplus), len(wanted))


def _line(quad: ox.Quad | ox.Triple) -> str:
    return str(quad.triple if isinstance(quad, ox.Quad) else quad)


class Client:
    """A connection to an endpoint that tries again while it is busy; a context manager."""

    def __init__(self, place: Endpoint, environment: Mapping[str, str] = os.environ) -> None:
        self.place = place
        self._session = _session(place, environment)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def lines(self) -> set[str]:
        """The triples of the named graph, as lines of N-Triples without their ends."""
        accept = {"Accept": "application/n-triples, text/turtle;q=0.5"}
        if self.place.protocol == "store":
            answer = self._ask("GET", self.place.read, params={"graph": self.place.graph}, headers=accept)
            if answer.status_code == 404:
                return set()
        else:
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{self.place.graph}> {{ ?s ?p ?o }} }}"
            answer = self._ask("POST", self.place.read, data={"query": query}, headers=accept)
        _check(answer, self.place.read)
        return set(map(_line, _parsed(answer, self.place.read)))

    def update(self, text: str) -> None:
        """Run an update."""
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        _check(self._ask("POST", self.place.write, data=text.encode(), headers=headers), self.place.write)

    def send(self, method: str, lines: Sequence[str]) -> None:
        """Add (POST) lines to the named graph, or make them all of it (PUT)."""
        body = "".join(f"{line} .\n" for line in lines).encode()
        headers = {"Content-Type": "application/n-triples"}
        query = {"graph": self.place.graph}
        answer = self._ask(method, self.place.write, params=query, data=body, headers=headers)
        _check(answer, self.place.write)

    def _ask(self, method: str, address: str, **more: Any) -> requests.Response:
        import requests

        try:
            # Another host must not be told the credentials, so nobody is followed.
            return self._session.request(method, address, timeout=TIMES, allow_redirects=False, **more)
        except requests.RequestException as error:
            raise EndpointError(f"{address} can't be reached: {_reason(error)}") from None


def _session(place: Endpoint, environment: Mapping[str, str]) -> requests.Session:
    import requests
    from requests.adapters import HTTPAdapter
    from requests.auth import HTTPBasicAuth, HTTPDigestAuth
    from urllib3.util import Retry

    session = requests.Session()
    session.trust_env = False  # No credentials of other programs (~/.netrc).
    session.verify = environment.get("REQUESTS_CA_BUNDLE") or True
    user, token = environment.get("FACTLOOM_STORE_USER"), environment.get("FACTLOOM_STORE_TOKEN")
    if token:
        session.headers["Authorization"] = f"Bearer {token}"
    elif user:
        # Virtuoso's guarded addresses, which end so, want a digest.
        login = HTTPDigestAuth if urlsplit(place.write).path.endswith("-auth") else HTTPBasicAuth
        session.auth = login(user, environment.get("FACTLOOM_STORE_PASSWORD", ""))
    # Every request here says what shall be, so saying it twice does no harm.
    again = Retry(
        TRIES, backoff_factor=0.5, status_forcelist=_BUSY, allowed_methods=None, raise_on_status=False
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=again))
    return session


def _check(answer: requests.Response, address: str) -> None:
    if answer.ok and not answer.is_redirect:
        return
    said = " ".join(answer.text[:200].split())
    hint = {
        401: "; give FACTLOOM_STORE_USER and FACTLOOM_STORE_PASSWORD, or FACTLOOM_STORE_TOKEN",
        403: "; these credentials may not write here",
        404: "; is this the address of its updates? FACTLOOM_STORE_QUERY names that of its queries",
    }.get(answer.status_code, "")
    raise EndpointError(f"{address} answered {answer.status_code} {answer.reason}: {said}{hint}")


def _parsed(answer: requests.Response, address: str) -> Iterator[ox.Quad]:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    # What calls itself plain text is N-Triples of old.
    form = ox.RdfFormat.from_media_type(kind) if kind != "text/plain" else ox.RdfFormat.N_TRIPLES
    if form is None:
        raise EndpointError(
            f"{address} answered {kind or 'something'}, which is no RDF; is it the right address?"
        )
    try:
        yield from ox.parse(answer.content, format=form)
    except SyntaxError as error:
        raise EndpointError(f"{address} answered what is no {kind}: {error}") from None


def _reason(error: Exception) -> str:
    """The innermost cause in a line."""
    text = str(getattr(error.args[0], "reason", error) if error.args else error)
    return " ".join(text.split()).rpartition(">: ")[2]


Writer = Callable[["Client", Sequence[str], Sequence[str], Sequence[str], Progress], None]


def _by_update(
    client: Client, missing: Sequence[str], surplus: Sequence[str], _: Sequence[str], told: Progress
) -> None:
    total, done = len(missing) + len(surplus), 0
    # Away first: a store that writes a value in another way would take the new one away with the old.
    for form, lines in (("DELETE DATA", surplus), ("INSERT DATA", missing)):
        for batch in _batches(lines):
            triples = " .\n".join(batch)
            client.update(f"{form} {{ GRAPH <{client.place.graph}> {{\n{triples} .\n}} }}")
            done += len(batch)
            told(done, total)


def _by_graph_store(
    client: Client,
    missing: Sequence[str],
    surplus: Sequence[str],
    wanted: Sequence[str],
    told: Progress,
) -> None:
    """The protocol has no way to take single triples away: then the whole graph is put in one request."""
    if surplus:
        client.send("PUT", wanted)
        told(len(wanted), len(wanted))
        return
    for number, batch in enumerate(_batches(missing)):
        client.send("POST", batch)
        told(number * BATCH + len(batch), len(missing))


def _batches(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), BATCH):
        yield lines[start : start + BATCH]


_WRITERS: dict[str, Writer] = {"update": _by_update, "store": _by_graph_store}


def open_remote(path: Path, address: str) -> rdflib.Graph:
    """Publish a Turtle file at an endpoint of SPARQL Update, and open the named graph there with rdflib.

    Raises as `publish`, and `UsageError` for a Graph Store Protocol address, which takes no queries.
    """
    from rdflib import Graph
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    place = endpoint(address)
    if place.protocol != "update":
        raise UsageError(f"{address} takes no queries; name the address of its updates")
    publish(path, place)
    store = SPARQLUpdateStore(place.read, place.write, auth=_basic(os.environ), autocommit=True)
    return Graph(store, identifier=place.graph, bind_namespaces="none")


def _basic(environment: Mapping[str, str]) -> tuple[str, str] | None:
    user = environment.get("FACTLOOM_STORE_USER")
    return (user, environment.get("FACTLOOM_STORE_PASSWORD", "")) if user else None
