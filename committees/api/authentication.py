"""Who asks through the API: a signed-in browser, or a program with a key (docs/api.md)."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed

from committees.tokens import live_token

KEYWORD = "Bearer"


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer vnn_…``: the person whose key it is."""

    def authenticate(self, request):
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD.lower().encode():
            return None
        token = live_token(parts[1].decode("latin-1")) if len(parts) == 2 else None
        if token is None:
            raise AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request):
        return KEYWORD


class KeyScheme(OpenApiAuthenticationExtension):
    target_class = KeyAuthentication
    name = "key"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Khóa cấp bằng lệnh `./dev manage api_token issue`.",
        }
