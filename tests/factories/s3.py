"""A server that answers as S3 does, on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

NOEKLER = {"AWS_ACCESS_KEY_ID": "proeve", "AWS_SECRET_ACCESS_KEY": "proeve", "AWS_DEFAULT_REGION": "eu-north-1"}


@contextmanager
def server(*boetter: str) -> Iterator[str]:
    """The server's address; it has those buckets. boto3 finds its keys in the environment."""
    moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    moto.start()
    host, port = moto.get_host_and_port()
    adresse = f"http://{host}:{port}"
    foer = {navn: os.environ.get(navn) for navn in NOEKLER}
    os.environ.update(NOEKLER)
    try:
        # What an earlier server in this process kept is there still.
        s3_backends.reset()
        klient = boto3.client("s3", endpoint_url=adresse)
        for boette in boetter:
            klient.create_bucket(Bucket=boette, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
        yield adresse
    finally:
        for navn, verdi in foer.items():
            os.environ.pop(navn) if verdi is None else os.environ.update({navn: verdi})
        moto.stop()
