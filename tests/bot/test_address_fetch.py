"""From an address a file is fetched; from the operator's own network nothing is, and nothing is even asked there."""

from __future__ import annotations

import socket
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from bot.config.setting_types import FetchPolicy
from bot.services.sources.address_fetch import AddressError, AddressFetcher, AddressProblem, is_forbidden

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

FORBIDDEN = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254"),  # noqa: S104
    *("192.168.0.1", "192.168.255.255", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200"),
    *("100.127.255.254", "192.0.0.192", "192.0.2.7", "198.18.0.1", "198.51.100.7", "203.0.113.7", "192.88.99.1"),
    *("168.63.129.16", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *(
        "::1",
        "::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fec0::1",
    ),
    *("fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001::1", "64:ff9b::7f00:1"),
    *("64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1"),
)
# Other ways to write some of these, as browsers and `curl` understand them.
WRITTEN = (
    *("http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://0x7f.0.0.1/"),
    *("http://localhost/", "http://[::1]:80/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/"),
    *("http://127.0.0.1:22/", "http://0/", "http://127。0。0。1/"),
)
GLOBAL = ("1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "64:ff9b::101:101")


class Sockets:
    """Counts the sockets that are made, and makes them."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def __call__(self, info: Any) -> socket.socket:
        self.made.append(info)
        family, kind, protocol, *_ = info
        return socket.socket(family, kind, protocol)


def lookup_of(*addresses: str) -> Any:
    async def lookup(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return lookup


@asynccontextmanager
async def serving(handler: Any) -> AsyncIterator[int]:
    """Answer every request on a port of this machine."""
    application = web.Application()
    application.router.add_get("/{rest:.*}", handler)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def here(**options: Any) -> AddressFetcher:
    """Make what takes this machine for one in the web, whatever a host is called, and forbids the rest as ever."""
    options.setdefault("lookup", lookup_of("127.0.0.1"))
    return AddressFetcher(
        FetchPolicy.HTTP, forbids=lambda one: str(one) != "127.0.0.1" and is_forbidden(one), **options
    )


async def problem(fetcher: AddressFetcher, url: str) -> AddressProblem:
    with pytest.raises(AddressError) as raised:
        await fetcher.fetch(url)
    return raised.value.problem


def test_there_are_forty_of_them() -> None:
    assert len(set(FORBIDDEN)) >= 40


@pytest.mark.parametrize("address", FORBIDDEN)
async def test_nothing_is_sent_to_a_forbidden_address(address: str) -> None:
    sockets = Sockets()
    literal = f"http://[{address}]/" if ":" in address else f"http://{address}/"

    by_name = AddressFetcher(FetchPolicy.HTTP, lookup=lookup_of(address), socket_factory=sockets)
    by_number = AddressFetcher(FetchPolicy.HTTP, socket_factory=sockets)

    assert await problem(by_name, "http://innocent.example/") is AddressProblem.FORBIDDEN
    assert await problem(by_number, literal) in (AddressProblem.FORBIDDEN, AddressProblem.UNKNOWN)
    assert sockets.made == []


@pytest.mark.parametrize("url", WRITTEN)
async def test_nor_however_it_is_written(url: str) -> None:
    sockets = Sockets()

    found = await problem(AddressFetcher(FetchPolicy.HTTP, socket_factory=sockets), url)

    assert found in (AddressProblem.FORBIDDEN, AddressProblem.UNKNOWN, AddressProblem.NO_ADDRESS)
    assert sockets.made == []


async def test_one_forbidden_address_among_others_is_enough() -> None:
    sockets = Sockets()
    fetcher = AddressFetcher(lookup=lookup_of("1.1.1.1", "10.0.0.1"), socket_factory=sockets)

    assert await problem(fetcher, "https://innocent.example/") is AddressProblem.FORBIDDEN
    assert sockets.made == []


@pytest.mark.parametrize("address", GLOBAL)
def test_addresses_in_the_web_are_not_forbidden(address: str) -> None:
    assert not is_forbidden(ip_address(address))


@pytest.mark.parametrize("address", [one for one in FORBIDDEN if one != "127.0.0.1"])
async def test_nothing_is_sent_where_a_redirect_leads_to_a_forbidden_address(address: str) -> None:
    target = f"http://[{address}]/latest" if ":" in address else f"http://{address}/latest"
    sockets = Sockets()

    async def redirect(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target})

    async def lookup(host: str, _port: int) -> Sequence[str]:
        return ["127.0.0.1"] if host == "innocent.example" else [address]

    async with serving(redirect) as port:
        fetcher = AddressFetcher(
            FetchPolicy.HTTP,
            lookup=lookup,
            forbids=lambda one: str(one) != "127.0.0.1" and is_forbidden(one),
            socket_factory=sockets,
        )
        assert await problem(fetcher, f"http://innocent.example:{port}/") is AddressProblem.FORBIDDEN

    assert len(sockets.made) == 1, "the first request alone"


async def test_the_address_that_was_checked_is_the_one_that_is_asked() -> None:
    """A name that points elsewhere the second time (DNS rebinding) gains nothing by it: nobody asks a second time."""
    asked = 0

    async def lookup(_host: str, _port: int) -> Sequence[str]:
        nonlocal asked
        asked += 1
        return ["127.0.0.1"] if asked == 1 else ["169.254.169.254"]

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=f"for {request.host.partition(':')[0]}")

    async with serving(page) as port:
        found = await here(lookup=lookup).fetch(f"http://rebinding.example:{port}/page.txt")

    assert (found.content, asked) == (b"for rebinding.example", 1)


async def test_a_file_is_fetched_by_way_of_redirects_with_the_name_that_it_has_there() -> None:
    async def handler(request: web.Request) -> web.Response:
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new/The%20rules.md"})
        assert "Cookie" not in request.headers
        return web.Response(text="# Rules")

    async with serving(handler) as port:
        found = await here().fetch(f"http://docs.example:{port}/old")

    assert (found.name, found.content) == ("The rules.md", b"# Rules")
    assert found.url == f"http://docs.example:{port}/new/The%20rules.md"


async def test_a_page_without_an_ending_gets_that_of_its_kind() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(text="<p>Hello", content_type="text/html")

    async with serving(handler) as port:
        assert (await here().fetch(f"http://docs.example:{port}/rules")).name == "rules.html"


async def test_what_is_too_large_is_not_read_to_its_end() -> None:
    sent = 0

    async def handler(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(1_000):
            await response.write(b"x" * 100_000)
            sent += 100_000
        return response

    async with serving(handler) as port:
        assert await problem(here(largest=500_000), f"http://docs.example:{port}/a.txt") is AddressProblem.TOO_LARGE

    assert sent < 50_000_000


async def test_what_is_packed_on_its_way_is_refused() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=b"\x1f\x8b\x08", headers={"Content-Encoding": "gzip"})

    async with serving(handler) as port:
        assert await problem(here(), f"http://docs.example:{port}/a.txt") is AddressProblem.REFUSED


async def test_redirects_without_end_are_followed_to_an_end() -> None:
    asked = 0

    async def handler(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=302, headers={"Location": "/again"})

    async with serving(handler) as port:
        assert await problem(here(), f"http://docs.example:{port}/") is AddressProblem.TOO_MANY

    assert asked == 6


async def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    async def handler(_: web.Request) -> web.Response:
        raise web.HTTPInternalServerError

    async with serving(handler) as port:
        assert await problem(here(), f"http://docs.example:{port}/") is AddressProblem.REFUSED
        assert await problem(here(seconds=0.0), f"http://docs.example:{port}/") is AddressProblem.TOO_SLOW


@pytest.mark.parametrize(
    ("policy", "url", "expected"),
    [
        (FetchPolicy.OFF, "https://docs.example/", AddressProblem.OFF),
        (FetchPolicy.HTTPS, "http://docs.example/", AddressProblem.NOT_HTTPS),
        (FetchPolicy.HTTPS, "ftp://docs.example/", AddressProblem.NO_ADDRESS),
        (FetchPolicy.HTTPS, "file:///etc/passwd", AddressProblem.NO_ADDRESS),
        (FetchPolicy.HTTPS, "docs.example", AddressProblem.NO_ADDRESS),
        (FetchPolicy.HTTPS, "https://me:secret@docs.example/", AddressProblem.NO_ADDRESS),
        (FetchPolicy.HTTPS, "https://[::1", AddressProblem.NO_ADDRESS),
        (FetchPolicy.HTTPS, "https://" + "a" * 3000, AddressProblem.NO_ADDRESS),
    ],
)
async def test_addresses_of_other_kinds_are_refused(policy: FetchPolicy, url: str, expected: AddressProblem) -> None:
    sockets = Sockets()

    assert await problem(AddressFetcher(policy, lookup=lookup_of("1.1.1.1"), socket_factory=sockets), url) is expected
    assert sockets.made == []


async def test_a_redirect_from_https_to_http_is_not_followed() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "ftp://docs.example/"})

    async with serving(handler) as port:
        assert await problem(here(), f"http://docs.example:{port}/") is AddressProblem.NO_ADDRESS
