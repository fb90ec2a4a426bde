"""What the API answers when it refuses: JSON with Vietnamese sentences.

400 ``{"field": ["…"], "detail": ["…"]}``: by field, and under ``detail`` what is about the whole;
401, 403, 404, 405, 409, 415, 429 ``{"detail": "…"}``.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ParseError, Throttled
from rest_framework.views import exception_handler

ADDRESSES = "/api/"
SENTENCES = {
    400: "Nội dung gửi lên không phải JSON đúng: hãy kiểm tra lại.",
    401: "Hãy đăng nhập hoặc gửi khóa truy cập còn hiệu lực.",
    403: "Bạn không có quyền làm việc này.",
    404: "Không có dữ liệu này, hoặc bạn không được xem.",
    405: "Địa chỉ này không nhận cách gọi như vậy.",
    406: "Máy chủ chỉ trả lời bằng JSON.",
    415: "Hãy gửi nội dung dạng application/json.",
    500: "Hệ thống gặp lỗi, việc vừa rồi chưa được ghi: hãy thử lại sau ít phút.",
}


class Refusal(serializers.Serializer):
    """A refusal that is about no field."""

    detail = serializers.CharField()


class Conflict(APIException):
    """409: what is sent was made from what is no longer so."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def in_words(error, context):
    """DRF's handler with our sentences; anything unexpected stays a 500 of Django's."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, Throttled):
        if error.wait is not None:
            wait = f"Bạn hỏi quá nhanh: hãy thử lại sau {round(error.wait) + 1} giây."
            response.data = {"detail": wait}
    elif isinstance(error, ParseError | Http404 | PermissionDenied) or response.status_code in (
        401, 403, 404, 405, 406, 415,
    ):  # fmt: skip
        response.data = {"detail": SENTENCES[response.status_code]}
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's 404, for programs as JSON."""
    if request.path.startswith(ADDRESSES):
        return JsonResponse({"detail": SENTENCES[404]}, status=404)
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """The site's 500, for programs as JSON."""
    if request.path.startswith(ADDRESSES):
        return JsonResponse({"detail": SENTENCES[500]}, status=500)
    return defaults.server_error(request)
