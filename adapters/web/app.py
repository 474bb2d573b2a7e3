"""The web application: links, pages, forms, signing out. Everything it knows it asks of `bot.chat.page_port.Pages`."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from adapters.web.elements import PAGE_PATH, path_of
from adapters.web.guard import Cookies, Protected, form_token, is_own_form, new_secret
from adapters.web.layout import (
    LEAVE_PATH,
    STYLE_PATH,
    closed_document,
    invitation_document,
    page_document,
    plain_document,
)
from adapters.web.requests import Sent, TooLarge, TooSlow, read_form, wished_language
from bot.base.ids import new_id
from bot.base.text import Text, t
from bot.chat.errors import PlatformError
from bot.chat.page_port import LINK_PATH, Pages
from bot.chat.values import Values

STYLE = Path(__file__).parent / "style.css"
OPENED_FROM_CHAT = t("Pages are opened from the chat")
NOT_TAKEN = t("This was not taken in")
FAILED = t("Something went wrong on our side")

log = logging.getLogger("starling.pages")
Handler = Callable[[Request], Awaitable[Response]]


def app(pages: Pages, address: str) -> ASGIApp:
    """The application over `pages`, reached under `address`."""
    site = _Site(pages, address)
    routes = [
        Route("/", site.front),
        Route(STYLE_PATH, _style),
        Route("/robots.txt", _robots),
        Route(f"{LINK_PATH}{{link}}", _safely(site.link), methods=["GET"]),
        Route(f"{LINK_PATH}{{link}}", _safely(site.open), methods=["POST"]),
        Route(LEAVE_PATH, _safely(site.leave), methods=["POST"]),
        *(
            Route(f"{PAGE_PATH}{path}", _safely(handler), methods=[method])
            for path in ("{page}", "{page}/{subject}")
            for method, handler in (("GET", site.show), ("POST", site.submit))
        ),
    ]
    application = Starlette(routes=routes, exception_handlers={HTTPException: site.not_here})
    # A redirect to the address without its slash would be made from the Host that a request names.
    application.router.redirect_slashes = False
    return Protected(application)


class _Site:
    def __init__(self, pages: Pages, address: str) -> None:
        self._pages = pages
        self._address = address
        self._cookies = Cookies(address.startswith("https://"))

    async def front(self, request: Request) -> Response:
        """What stands where no page is."""
        return HTMLResponse(self._elsewhere(request))

    async def not_here(self, request: Request, problem: Exception) -> Response:
        """What stands at every other address, and is said to every other way of asking."""
        assert isinstance(problem, HTTPException)
        return HTMLResponse(self._elsewhere(request), status_code=problem.status_code, headers=problem.headers)

    def _elsewhere(self, request: Request) -> str:
        lines = [t("A button in the chat gives you a link, and the link leads to your page.")]
        return plain_document(OPENED_FROM_CHAT, lines, wished_language(request))

    async def link(self, request: Request) -> Response:
        """A link: one button, and nothing is used up."""
        link = request.path_params["link"]
        invitation = await self._pages.invitation(link)
        if invitation is None:
            return self._closed(request)
        secret = self._cookies.opening(request) or new_secret()
        response = HTMLResponse(invitation_document(invitation, f"{LINK_PATH}{link}", form_token(secret)))
        self._cookies.keep_opening(response, secret)
        return response

    async def open(self, request: Request) -> Response:
        """The button: the link is used up and a session begins."""
        sent = await self._sent(request)
        if sent is None or not is_own_form(self._cookies.opening(request), sent.token):
            return self._closed(request)
        entrance = await self._pages.enter(request.path_params["link"], self._cookies.session(request))
        if entrance is None:
            return self._closed(request)
        response = RedirectResponse(path_of(entrance.page, entrance.subject), status_code=303)
        self._cookies.keep_session(response, entrance.session)
        return response

    async def show(self, request: Request) -> Response:
        """A page of the reader whose session this is."""
        session = self._cookies.session(request)
        shown = await self._pages.show(session, *_named(request)) if session is not None else None
        if session is None or shown is None:
            return self._closed(request, gone=True)
        status = 200 if shown.page is not None else 404
        return HTMLResponse(page_document(shown, _path(request), form_token(session), new_secret()), status_code=status)

    async def submit(self, request: Request) -> Response:
        """A form that stands on a page. What was typed is never lost: it stands in the form again, or can be copied."""
        sent = await self._sent(request)
        if sent is None:
            return self._closed(request)
        session = self._cookies.session(request)
        if session is None or not is_own_form(session, sent.token):
            return self._closed(request, sent.values)
        shown = await self._pages.submit(session, *_named(request), sent.action, sent.values, sent.drawn)
        if shown is None:
            return self._closed(request, sent.values, gone=True)
        if shown.page is not None and not shown.problems and shown.refusal is None:
            return RedirectResponse(_path(request), status_code=303)
        if shown.page is None:
            return self._closed(request, sent.values)
        return HTMLResponse(page_document(shown, _path(request), form_token(session), new_secret()), status_code=422)

    async def leave(self, request: Request) -> Response:
        """Sign out."""
        sent, session = await self._sent(request), self._cookies.session(request)
        if sent is None or session is None or not is_own_form(session, sent.token):
            return self._closed(request)
        await self._pages.leave(session)
        lines = [t("To look at a page again, press its button in the chat.")]
        response = HTMLResponse(plain_document(t("You are signed out"), lines, wished_language(request)))
        self._cookies.forget_session(response)
        return response

    async def _sent(self, request: Request) -> Sent | None:
        """The form, if it comes from our own pages; of anything else nothing is read."""
        if request.headers.get("origin") != self._address:
            return None
        sent = await read_form(request)
        request.state.typed = sent.values
        return sent

    def _closed(self, request: Request, typed: Values | None = None, *, gone: bool = False) -> Response:
        """The one answer to every link and session that does not work. A session that is `gone` is forgotten."""
        session = None if gone else self._cookies.session(request)
        token = form_token(session) if session is not None else None
        response = HTMLResponse(closed_document(wished_language(request), token, typed), status_code=403)
        if gone:
            self._cookies.forget_session(response)
        return response


def _safely(handler: Handler) -> Handler:
    """The handler with an answer to whatever goes wrong in it; what was typed stands there, to be copied.

    Of a fault of ours the log gets the place alone: its words may be somebody's, its address a link that works.
    """

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except TooLarge:
            again = t("This is too long to send. Go back in your browser, and send it in parts.")
            return _said(request, 413, again, NOT_TAKEN)
        except (TooSlow, ClientDisconnect):
            again = t("It took too long to arrive. Go back in your browser, and send it again.")
            return _said(request, 408, again, NOT_TAKEN)
        except PlatformError:
            again = t("The chat platform does not say who you are at this moment. Please try again in a minute.")
            return _said(request, 503, again)
        except Exception as problem:
            error_id = new_id()[-8:]
            log.error("page failed, error %s: %s in %s", error_id, type(problem).__name__, _where(problem))
            again = t("Please try again. If it happens again, tell an admin this number: {number}.", number=error_id)
            return _said(request, 500, again)

    return answer


def _where(problem: Exception) -> str:
    frames = traceback.extract_tb(problem.__traceback__)[-8:]
    return ", ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)


def _said(request: Request, status: int, sentence: Text, title: Text = FAILED) -> Response:
    typed: Values = getattr(request.state, "typed", {})
    document = plain_document(title, [sentence], wished_language(request), typed)
    # What is left of a body that was too much, or never came, is not waited for.
    return HTMLResponse(document, status_code=status, headers={"Connection": "close"})


def _named(request: Request) -> tuple[str, str]:
    return request.path_params["page"], request.path_params.get("subject", "")


def _path(request: Request) -> str:
    return path_of(*_named(request))


async def _style(_request: Request) -> Response:
    return FileResponse(STYLE, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


async def _robots(_request: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")
