"""The document store in S3, or in whatever else speaks its language (MinIO, Ceph, a cloud in Norway)."""

from __future__ import annotations

import base64
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from zope.interface import implementer

from saksbehandling.documents.content import Content
from saksbehandling.documents.store import not_found, verified, verified_file, well_formed
from saksbehandling.errors import SetupError
from saksbehandling.interfaces import IDocumentStore

_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})


@implementer(IDocumentStore)
class S3Store:
    """Objects in `bucket`, named `prefix` and their SHA-256, which the server verifies. `client`: boto3's for S3."""

    def __init__(self, client: Any, bucket: str, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    def put(self, content: Content) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        if not self._is_whole(sha256, len(content)):
            checksum = base64.b64encode(bytes.fromhex(sha256)).decode("ascii")
            self._client.put_object(**self._at(sha256), Body=content, ChecksumSHA256=checksum)
        return sha256

    def get(self, sha256: str) -> bytes:
        with self._body(sha256) as body:
            return verified(body.read(), sha256)

    def open(self, sha256: str) -> BinaryIO:
        with self._body(sha256) as body:
            spooled = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
            shutil.copyfileobj(body, spooled)
        spooled.seek(0)
        return verified_file(spooled, sha256)

    def names(self, after: str = "") -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix, StartAfter=self._prefix + after
        )
        found = (each["Key"].removeprefix(self._prefix) for page in pages for each in page.get("Contents", ()))
        return filter(well_formed, found)

    def _body(self, sha256: str) -> Any:
        """A stream of it. Raises `NotFound`."""
        if not well_formed(sha256):
            raise not_found(sha256)
        try:
            return self._client.get_object(**self._at(sha256))["Body"]
        except self._client.exceptions.ClientError as error:
            if _is_missing(error):
                raise not_found(sha256) from None
            raise

    def _is_whole(self, sha256: str, size: int) -> bool:
        """Whether it is there with that size; damage that keeps the size is found by the operator's check."""
        try:
            return bool(self._client.head_object(**self._at(sha256))["ContentLength"] == size)
        except self._client.exceptions.ClientError as error:
            if _is_missing(error):
                return False
            raise

    def _at(self, sha256: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + sha256}


def s3_store(address: str, endpoint: str | None = None) -> S3Store:
    """The store at `s3://bucket/prefix`. `endpoint`: the server's address, where it is not Amazon's.

    The keys come from where boto3 looks for them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a file, the machine's
    role). Raises `SetupError` without the library, or when the bucket cannot be reached.
    """
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError:
        raise SetupError("Lageret i S3 trenger mer: installer saksbehandling[s3], eller velg «disk».") from None
    parts = urlsplit(address)
    client = boto3.client("s3", endpoint_url=endpoint, config=Config(connect_timeout=5, read_timeout=60))
    try:
        client.head_bucket(Bucket=parts.netloc)
    except (BotoCoreError, ClientError) as error:
        raise SetupError(
            f"Lageret {address} kan ikke nås ({error}). Se etter adresse, nøkler og rettigheter."
        ) from error
    return S3Store(client, parts.netloc, parts.path.lstrip("/"))


def _is_missing(error: Any) -> bool:
    return error.response.get("Error", {}).get("Code") in _MISSING
