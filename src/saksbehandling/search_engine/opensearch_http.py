"""Speaks with the servers of an OpenSearch cluster: what one of them cannot answer, the next one is asked."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

import urllib3

from saksbehandling.search_engine.errors import ServerUnavailable

_TIMEOUT = urllib3.Timeout(connect=2, read=30)
# Whoever reads does not wait long. What is written does: when a node is lost, the others need some seconds to agree on
# who takes over its part.
_PAUSES = (0.0, 0.5)
_LONGER = (0.0, 0.5, 2.0, 5.0)
_BUSY = (429, 502, 503, 504)


class Refused(Exception):
    """The cluster has answered, and its answer is no. `status`: the HTTP status."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"OpenSearch svarte {status}: {text[:500]}")
        self.status = status


class Cluster:
    """`servers`: their addresses, such as https://user:password@search-1:9200."""

    def __init__(self, servers: Iterable[str]) -> None:
        self._servers = list(servers)
        self._pools = list(map(_pool, self._servers))

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The answer, read from JSON. Everything that is asked for may be asked for twice.

        Raises `Refused`, and `ServerUnavailable` if no server answers, or all of them only say that they cannot now.
        """
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        return self._ask(method, path, content, _PAUSES)

    def bulk(self, path: str, lines: Iterable[Mapping[str, object]]) -> None:
        """Many changes in one request. Raises as `ask`, and `ServerUnavailable` if one of them was not made."""
        content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
        answer = self._ask("POST", path, content, _LONGER)
        failed = [found for item in answer["items"] for found in item.values() if found.get("error")]
        if failed:
            raise ServerUnavailable(f"Søketjeneren tok ikke imot alt: {failed[0]['error']['type']}.")

    def close(self) -> None:
        """Close the connections; whoever asks again opens new ones."""
        closing, self._pools = self._pools, list(map(_pool, self._servers))
        for pool in closing:
            pool.close()

    def _ask(self, method: str, path: str, content: bytes, pauses: Iterable[float]) -> Any:
        why = ""
        for pause in pauses:
            time.sleep(pause)
            for pool in list(self._pools):
                try:
                    return _answer(pool.urlopen(method, path, body=content, headers=pool.headers, retries=False))
                except urllib3.exceptions.HTTPError as error:
                    why = f"{pool.host}:{pool.port}: {type(error).__name__}"
                except _Busy as error:
                    why = f"{pool.host}:{pool.port}: {error}"
                self._pools = [*(other for other in self._pools if other is not pool), pool]
        raise ServerUnavailable(f"Søketjeneren svarer ikke ({why}). Se at den går; ingen opplysninger er tapt.")


class _Busy(Exception):
    """A server that cannot answer now."""


def _answer(response: urllib3.BaseHTTPResponse) -> Any:
    if response.status in _BUSY:
        raise _Busy(str(response.status))
    if response.status >= 400:
        raise Refused(response.status, response.data.decode(errors="replace"))
    return json.loads(response.data) if response.data else None


def _pool(server: str) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(server)
    headers = {"Content-Type": "application/json"}
    if parts.username:
        headers |= urllib3.make_headers(basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")
    kind = urllib3.HTTPSConnectionPool if parts.scheme == "https" else urllib3.HTTPConnectionPool
    return kind(str(parts.hostname), parts.port, timeout=_TIMEOUT, maxsize=8, headers=headers)
