"""The SPARQL 1.1 protocol, reading only: takes HTTP requests to `/sparql`, gives answers or what is wrong.

Queries come by GET, by POST as a form, or as the body itself; the answer's format follows Accept. A GET
without a query gives the service description. Updates and the choice of another dataset are refused.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Sequence
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from factloom.graph.server.description import description
from factloom.graph.server.negotiation import choose, prefers_html
from factloom.graph.server.pool import Answering, BusyError, Pool

# Characters of a query and bytes of a request's body; nobody writes longer ones by hand, and an attacker may.
MAX_QUERY = 256 * 1024
MAX_FIELDS = 32
BODY_SECONDS = 15
FORM, DIRECT, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_DATASET = {"default-graph-uri", "named-graph-uri"}
# As the recommendation has it: 400 for a query at fault, 500 for one that the service refuses to finish.
_STATUS = {"query": 400, "rows": 500, "time": 500, "memory": 500, "crash": 500, "unacceptable": 406}


class RefusedError(Exception):
    """A request that is answered by an HTTP status and a line of text."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Endpoint:
    """The ASGI application of `/sparql`: asks the pool, with at most `rows` rows an answer."""

    def __init__(self, pool: Pool, *, rows: int) -> None:
        self._pool = pool
        self._rows = rows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            query = await _query_of(request)
            if query is None:
                await self._describe(request)(scope, receive, send)
            else:
                await _unless_gone(request, self._answer(query, request, send))
        except RefusedError as refusal:
            await _text(refusal.status, str(refusal))(scope, receive, send)
        except BusyError as error:
            await _text(503, str(error), {"Retry-After": "5"})(scope, receive, send)
        except ClientDisconnect:
            return

    def _describe(self, request: Request) -> Response:
        accept = request.headers.get("accept")
        if prefers_html(accept):
            return RedirectResponse("/query", 303)
        offer = choose(accept, graph=True)
        if offer is None:
            return _text(406, "the service description is RDF: Turtle, N-Triples, RDF/XML or JSON-LD")
        body = description(str(request.url.replace(query="")), offer.format)
        return Response(body, media_type=offer.media, headers={"Vary": "Accept"})

    async def _answer(self, query: str, request: Request, send: Send) -> None:
        asked = {"query": query, "accept": request.headers.get("accept"), "rows": self._rows}
        async with self._pool.ask(asked) as answering:
            if answering.reply.kind != "ok":
                response: Response = _text(_STATUS[answering.reply.kind], answering.reply.message)
            else:
                response = _streamed(answering)
            await response(request.scope, request.receive, send)


async def _unless_gone(request: Request, work: Coroutine[None, None, None]) -> None:
    """Do the work, but stop it when the client hangs up."""
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(_hang_up(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await working
    finally:
        gone.cancel()
        working.cancel()


async def _hang_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _streamed(answering: Answering) -> Response:
    headers = {"Content-Length": str(answering.length), "Vary": "Accept"}
    return StreamingResponse(answering.body, media_type=answering.reply.media, headers=headers)


def _text(status: int, reason: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(reason + "\n", status, headers)


async def _query_of(request: Request) -> str | None:
    """The query that a request asks; None for a GET without one, which asks what the service is."""
    given = fields(request.scope["query_string"])
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == FORM:
            given += fields(await body_of(request))
        elif kind == DIRECT:
            given.append(("query", _decoded(await body_of(request))))
        elif kind == UPDATE:
            raise RefusedError(403, "updates are refused: this endpoint only reads")
        else:
            raise RefusedError(415, f"a POST is {FORM} with a field query, or {DIRECT}")
    return _only_query(given, required=request.method == "POST")


def _only_query(given: Sequence[tuple[str, str]], *, required: bool) -> str | None:
    names = {name for name, _ in given}
    if "update" in names:
        raise RefusedError(403, "updates are refused: this endpoint only reads")
    if names & _DATASET:
        chosen = min(names & _DATASET)
        raise RefusedError(400, f"{chosen} is refused: a query reads the one graph of this endpoint")
    queries = [value for name, value in given if name == "query"]
    if len(queries) > 1:
        raise RefusedError(400, "there is more than one query")
    if not queries:
        if required:
            raise RefusedError(400, "there is no query")
        return None
    return queries[0]


async def body_of(request: Request) -> bytes:
    """The body of a request. Raises `RefusedError` for one that is too long or too slow."""
    pieces: list[bytes] = []
    length = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                length += len(piece)
                if length > MAX_QUERY:
                    raise RefusedError(413, f"a query has at most {MAX_QUERY // 1024} kB")
                pieces.append(piece)
    except TimeoutError:
        raise RefusedError(408, f"the request took longer than {BODY_SECONDS} seconds to arrive") from None
    return b"".join(pieces)


def fields(data: bytes) -> list[tuple[str, str]]:
    """The fields of a form or query string, percent-encoded UTF-8. Raises `RefusedError` for other bytes."""
    try:
        return parse_qsl(
            data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise RefusedError(400, "the request is not UTF-8, percent-encoded") from None
    except ValueError:
        raise RefusedError(400, f"the request has more than {MAX_FIELDS} fields") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the query is not UTF-8 (byte {error.start})") from None
