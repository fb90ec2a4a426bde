from django.shortcuts import render
from django.views.decorators.http import require_GET

from committees.access import Permission, requires
from committees.todo import todos_of


@require_GET
@requires(Permission.HOME)
def home(request):
    return render(request, "committees/home.html", {"todos": todos_of(request.user)})
