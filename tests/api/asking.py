"""A program that asks the API: JSON in, JSON out, with a key or with a browser's session."""

import json

from django.test import Client

ROOT = "/api/v1"


class Program:
    """Calls by path under ``ROOT``; ``key`` is sent with every call."""

    def __init__(self, client: Client, key: str = ""):
        self.client = client
        self.headers = {"Authorization": f"Bearer {key}"} if key else {}

    def get(self, path: str, **parameters):
        return self.client.get(ROOT + path, parameters, headers=self.headers)

    def post(self, path: str, body: object):
        return self._send(self.client.post, path, body)

    def patch(self, path: str, body: object):
        return self._send(self.client.patch, path, body)

    def _send(self, call, path, body):
        text = body if isinstance(body, str) else json.dumps(body)
        return call(ROOT + path, text, content_type="application/json", headers=self.headers)


def answer(response, status: int = 200):
    """The JSON of an answer that has this status."""
    assert response.status_code == status, (response.status_code, response.content.decode()[:2000])
    return response.json()
