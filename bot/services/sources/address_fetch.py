"""Fetches a file from an address that somebody gave, and from nowhere within the operator's own network.

A name is resolved once, every address that it has is checked, and the connection goes to those that were checked and to
no other, so that nothing changes in between. Each redirect is an address like the first.
"""

from __future__ import annotations

import asyncio
import ipaddress
import posixpath
import socket
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.config.setting_types import FetchPolicy
from retrieval.core.errors import QuothError
from retrieval.ingestion.registry import LARGE, READERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    IpAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
    Lookup: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

SECONDS = 30.0  # for all of it
MOST_REDIRECTS = 5
LONGEST = 2_000  # characters of an address
CHUNK = 65_536
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = {"User-Agent": "Quoth", "Accept-Encoding": "identity"}  # what is packed may unpack to anything
# What Python counts as global and is not to be reached either.
FORBIDDEN = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # the metadata of a cloud
            "192.0.0.0/24",  # for protocols, and the metadata of another cloud
            "192.88.99.0/24",  # relays
            "::/96",  # IPv4 in IPv6, of old
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/32",  # Teredo
            "2002::/16",  # 6to4
            "3fff::/20",
            "5f00::/16",
            "fec0::/10",
        ),
    )
)
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # NAT64: the last four bytes are an IPv4 address
ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
}


class AddressProblem(StrEnum):
    """Why nothing was fetched; the text is for the terminal, with the address in the place of {url}."""

    OFF = (
        "Nothing is fetched from addresses here; set QUOTH_FETCH=https to allow it, or download {url} and add the file."
    )
    NO_ADDRESS = "{url} is no whole address; write it from https:// on."
    NOT_HTTPS = "{url} does not begin with https://; use such an address, or set QUOTH_FETCH=http."
    FORBIDDEN = "{url} is within a network of its own, from which nothing is fetched; download it and add the file."
    UNKNOWN = "{url} cannot be found; check how it is spelt."
    UNREACHABLE = "{url} cannot be reached or broke off; try again later, or download it and add the file."
    REFUSED = "{url} gives no file; open it in a browser, and add what you download."
    TOO_MANY = "{url} leads from one address to the next without end; give the last one."
    TOO_LARGE = "{url} is larger than a source may be; split it into several files."
    TOO_SLOW = "{url} takes too long; download it and add the file."


class AddressError(QuothError):
    """Nothing was fetched from an address, for the reason `problem`."""

    def __init__(self, problem: AddressProblem, url: str) -> None:
        super().__init__(problem.value.format(url=url))
        self.problem = problem
        self.url = url


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """What an address gave: the name of a file, its content, and the address where it was found at last."""

    name: str
    content: bytes
    url: str


def is_forbidden(address: IpAddress) -> bool:
    """Whether an address is private, of this machine or link, shared, reserved, or stands for one that is."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_forbidden(address.ipv4_mapped)
        if address in TRANSLATED:
            return is_forbidden(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return (
        not address.is_global
        or address.is_multicast
        or address.is_reserved
        or any(address in network for network in FORBIDDEN if network.version == address.version)
    )


async def looked_up(host: str, port: int) -> Sequence[str]:
    """The addresses that a name has. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class AddressFetcher:
    """Fetches files. `policy` says from which addresses; `lookup` finds the addresses of a name.

    `forbids` says of an address that nothing may be sent there; `ssl` is how a server is known to be the one it says.
    """

    def __init__(
        self,
        policy: FetchPolicy = FetchPolicy.HTTPS,
        *,
        lookup: Lookup = looked_up,
        forbids: Callable[[IpAddress], bool] = is_forbidden,
        largest: int = LARGE,
        seconds: float = SECONDS,
        **connection: Any,
    ) -> None:
        self._policy = policy
        self._lookup = lookup
        self._forbids = forbids
        self._largest = largest
        self._seconds = seconds
        self._connection = connection

    async def fetch(self, said: str) -> FetchedFile:
        """The file at an address. Raises AddressError."""
        if self._policy is FetchPolicy.OFF:
            raise AddressError(AddressProblem.OFF, said)
        url = said.strip()
        try:
            async with asyncio.timeout(self._seconds):
                for _ in range(MOST_REDIRECTS + 1):
                    found = await self._at(url, said)
                    if isinstance(found, FetchedFile):
                        return found
                    url = found
        except TimeoutError:
            raise AddressError(AddressProblem.TOO_SLOW, said) from None
        except (aiohttp.ClientError, OSError, ValueError):
            raise AddressError(AddressProblem.UNREACHABLE, said) from None
        raise AddressError(AddressProblem.TOO_MANY, said)

    async def _at(self, address: str, said: str) -> FetchedFile | str:
        """The file at one address, or the address that it points to."""
        url = self._checked(address, said)
        host, port = url.host or "", url.port or 443
        pinned = await self._addresses(host, port, said)
        connector = aiohttp.TCPConnector(
            resolver=PinnedResolver(host, pinned), use_dns_cache=False, force_close=True, **self._connection
        )
        async with (
            aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False, headers=HEADERS
            ) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            if response.status in REDIRECTS and (location := response.headers.get("Location")):
                return str(url.join(URL(location)))
            if response.status != 200 or response.headers.get("Content-Encoding", "identity") != "identity":
                raise AddressError(AddressProblem.REFUSED, said)
            return FetchedFile(_name(url, response), await self._content(response, said), str(url))

    def _checked(self, address: str, said: str) -> URL:
        try:
            url = URL(address)
            host = url.host
        except ValueError:
            raise AddressError(AddressProblem.NO_ADDRESS, said) from None
        if not host or len(address) > LONGEST or url.scheme not in ("http", "https") or url.user or url.password:
            raise AddressError(AddressProblem.NO_ADDRESS, said)
        if url.scheme == "http" and self._policy is not FetchPolicy.HTTP:
            raise AddressError(AddressProblem.NOT_HTTPS, said)
        return url

    async def _addresses(self, host: str, port: int, said: str) -> Sequence[str]:
        """The addresses of a host, all of which were checked."""
        try:
            found = list(dict.fromkeys(await self._lookup(host, port)))
        except (OSError, UnicodeError):
            raise AddressError(AddressProblem.UNKNOWN, said) from None
        if not found:
            raise AddressError(AddressProblem.UNKNOWN, said)
        if any(self._forbids(ipaddress.ip_address(one.partition("%")[0])) for one in found):
            raise AddressError(AddressProblem.FORBIDDEN, said)
        return found

    async def _content(self, response: aiohttp.ClientResponse, said: str) -> bytes:
        if (response.content_length or 0) > self._largest:
            raise AddressError(AddressProblem.TOO_LARGE, said)
        content = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            content += chunk
            if len(content) > self._largest:
                raise AddressError(AddressProblem.TOO_LARGE, said)
        return bytes(content)


class PinnedResolver(AbstractResolver):
    """Knows one host, and of it the addresses that were checked."""

    def __init__(self, host: str, addresses: Sequence[str]) -> None:
        self._host = host
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        if host != self._host:
            raise OSError(f"{host} was not looked up")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self._addresses
            if family in (socket.AF_UNSPEC, socket.AF_INET6 if ":" in address else socket.AF_INET)
        ]

    async def close(self) -> None:
        """There is nothing to close."""


def _name(url: URL, response: aiohttp.ClientResponse) -> str:
    """The name of the file: as the server calls it, else the end of the address; with an ending where it has none."""
    said = response.content_disposition.filename if response.content_disposition else None
    name = posixpath.basename(said or unquote(url.raw_path).rstrip("/")) or (url.host or "page")
    suffix = posixpath.splitext(name)[1].lower()
    if suffix in READERS:
        return name
    return f"{name}{ENDINGS.get(response.content_type, '')}"
