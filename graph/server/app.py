"""The web application: which address shows what. Takes a pool and settings, gives an ASGI application.

`/` the page, `/documents`, `/document`, `/statement` for readers, `/query` the SPARQL editor, `/sparql` the
endpoint, `/shelf` the named queries. Everything the pages load comes from here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from factloom.graph.server import documents
from factloom.graph.server.front_page import make_page, page_beside, served
from factloom.graph.server.guard import COOKIE, POLICY, Guard
from factloom.graph.server.pool import BusyError, Pool
from factloom.graph.server.protocol import Endpoint, RefusedError, body_of, fields
from factloom.graph.shelf import shelf
from factloom.graph.vendored import packages, packed
from factloom.ontology.errors import FactloomError

HERE = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript"}
# The one style sheet that the editor makes (for columns whose width can be drawn), named by its hash.
_EDITOR_POLICY = POLICY.replace(
    "style-src 'self'", "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """`rows`: the most an answer has. `names`: host names besides localhost. `token`: or None."""

    rows: int = 100_000
    names: Sequence[str] = ()
    token: str | None = None


def application(pool: Pool, settings: Settings) -> ASGIApp:
    """The whole application, guarded. It starts the pool when it is started, and closes it at the end."""
    site = _Site(pool, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await pool.close()
            site.close()

    handlers = {FactloomError: _failed, RefusedError: _refused, HTTPException: _http_error}
    inner = Starlette(routes=list(site.routes()), lifespan=lifespan, exception_handlers=handlers)
    site.guard = Guard(inner, names=settings.names, token=settings.token)
    return site.guard


async def _failed(_: Request, error: Exception) -> Response:
    busy = isinstance(error, BusyError)
    missing = isinstance(error, documents.NotThereError)
    return PlainTextResponse(f"{error}\n", 503 if busy else 404 if missing else 400)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return PlainTextResponse(f"{error}\n", error.status)


async def _http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


class _Site:
    """The pages, with what they share: the pool, the templates, the texts and the page beside the graph."""

    guard: Guard

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self._pool = pool
        self._settings = settings
        self._templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        self._folder = TemporaryDirectory(prefix="factloom-page-")
        self._made: tuple[int, Path] | None = None

    def close(self) -> None:
        self._folder.cleanup()

    def routes(self) -> Iterable[BaseRoute]:
        yield Route("/", self.front)
        yield Route("/sparql", Endpoint(self._pool, rows=self._settings.rows), methods=["GET", "POST"])
        yield Route("/query", self.query)
        yield Route("/documents", self.documents)
        yield Route("/document", self.document)
        yield Route("/statement", self.statement)
        yield Route("/shelf", self.shelf)
        yield Route("/shelf/{name}", self.named)
        yield Route("/static/{name}", self.static)
        yield Route("/vendored/{path:path}", self.vendored)
        if self._settings.token is not None:
            yield Route("/login", self.login, methods=["GET", "POST"])

    def _html(self, template: str, **values: Any) -> Response:
        return HTMLResponse(self._templates.get_template(template).render(values))

    async def front(self, _: Request) -> Response:
        page = await self._page()
        shown = served(page.read_text(encoding="utf-8")) if page is not None else None
        if shown is None:
            return RedirectResponse("/query", 303)
        html, policy = shown
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def _page(self) -> Path | None:
        graph = self._pool.source
        beside = page_beside(graph)
        if beside.is_file():
            return beside
        stamp = graph.stat().st_mtime_ns
        if self._made is None or self._made[0] != stamp:
            target = Path(self._folder.name) / "graph.html"
            if not await make_page(graph, target):
                return None
            self._made = stamp, target
        return self._made[1]

    async def query(self, _: Request) -> Response:
        page = self._html("query.html", here="query", shelf=list(shelf().values()))
        page.headers["Content-Security-Policy"] = _EDITOR_POLICY
        return page

    async def documents(self, _: Request) -> Response:
        return self._html("documents.html", here="documents", rows=await documents.documents(self._pool))

    async def document(self, request: Request) -> Response:
        iri = request.query_params.get("iri", "")
        texts = documents.texts_in(page_beside(self._pool.source))
        row, pieces, whole = await documents.document(self._pool, iri, texts)
        return self._html("document.html", here="documents", row=row, pieces=pieces, whole=whole)

    async def statement(self, request: Request) -> Response:
        iri = request.query_params.get("iri", "")
        row, quotes = await documents.statement(self._pool, iri)
        return self._html("statement.html", iri=iri, row=row, quotes=quotes)

    async def shelf(self, _: Request) -> Response:
        rows = [
            {
                "name": query.name,
                "about": query.about,
                "parameters": [
                    {"name": p.name, "kind": p.kind, "default": p.default, "about": p.about}
                    for p in query.parameters
                ],
            }
            for query in shelf().values()
        ]
        return JSONResponse(rows)

    async def named(self, request: Request) -> Response:
        """The SPARQL of a named query with its parameters in place."""
        values = {name: value for name, value in fields(request.scope["query_string"]) if value}
        asked = {"name": request.path_params["name"], "values": values}
        async with self._pool.ask(asked) as answering:
            if answering.reply.kind != "ok":
                return PlainTextResponse(answering.reply.message + "\n", 400)
            body = b"".join([piece async for piece in answering.body])
        return Response(body, media_type=answering.reply.media)

    async def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        known = {path.name: path for path in (HERE / "static").iterdir()}
        if name not in known:
            raise HTTPException(404)
        return Response(known[name].read_bytes(), media_type=_TYPES[known[name].suffix])

    async def vendored(self, request: Request) -> Response:
        path = request.path_params["path"]
        known = {f"{p.name}/{file}": (p.name, file) for p in packages().values() for file in p.files}
        kind = _TYPES.get(Path(path).suffix)
        if path not in known or kind is None:
            raise HTTPException(404)
        headers = {"Content-Encoding": "gzip", "Cache-Control": "max-age=3600"}
        return Response(packed(*known[path]), media_type=kind, headers=headers)

    async def login(self, request: Request) -> Response:
        """A form that takes the token, so that it stays out of addresses and histories."""
        if request.method == "GET":
            return self._html("login.html", wrong=False)
        token = dict(fields(await body_of(request))).get("token", "")
        if not self.guard.right(token):
            page = self._html("login.html", wrong=True)
            page.status_code = 401
            return page
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
        return answer
