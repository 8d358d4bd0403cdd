"""Who may ask: lets through requests to the server's own names, from its own pages, with the token.

A page elsewhere on the web must not be able to read a private graph through the reader's browser. The name
in Host defeats rebinding of foreign names to this machine, Origin and Sec-Fetch-Site defeat requests sent by
other pages, and no answer carries a header that shares it (CORS). Every answer gets a strict policy.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE = "factloom-token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """An ASGI application around another. `names` are hosts besides the loopback ones.

    With a `token`, every request must bring it (`Authorization: Bearer …`, or the cookie that the page
    `/login` sets), and the server may be asked by any address, for an address can't be rebound.
    """

    def __init__(self, app: ASGIApp, *, names: Iterable[str] = (), token: str | None = None) -> None:
        self._app = app
        self._names = LOOPBACK | {name.lower() for name in names}
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, hardened)
        else:
            await refusal(scope, receive, hardened)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._known(host):
            return _no(
                403, f"this server has no name {_hostname(host)!r}; ask for localhost or start it with --name"
            )
        origin = headers.get("origin")
        if origin is not None and origin not in (f"http://{host}", f"https://{host}"):
            return _no(403, "requests from pages of other sites are refused")
        cross = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        # A link from elsewhere may open a page, but nothing else may be fetched from elsewhere.
        navigation = scope["method"] == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if cross and not (navigation and not scope["query_string"]):
            return _no(403, "requests from pages of other sites are refused")
        if self._token is not None and scope["path"] != "/login" and not self._may(headers):
            answer = _no(401, "this server needs its token: Authorization: Bearer TOKEN, or open /login")
            answer.headers["WWW-Authenticate"] = 'Bearer realm="factloom"'
            return answer
        return None

    def _known(self, host: str) -> bool:
        name = _hostname(host)
        return name in self._names or (self._token is not None and _is_address(name))

    def _may(self, headers: Headers) -> bool:
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        given = [bearer.strip()] if scheme.lower() == "bearer" else []
        given += _cookies(headers.get("cookie", ""))
        return any(self.right(token) for token in given)

    def right(self, token: str) -> bool:
        """Whether this is the token, in a time that does not depend on how much of it is right."""
        return self._token is not None and hmac.compare_digest(token.encode(), self._token.encode())


def _no(status: int, reason: str) -> PlainTextResponse:
    return PlainTextResponse(reason + "\n", status)


def _hostname(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _cookies(header: str) -> list[str]:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return []
    return [found.value] if found else []
