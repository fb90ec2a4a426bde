"""The peak months: which there are, how far each is, what was promised and what was done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from campaigns import actions
from campaigns.board import board
from campaigns.errors import CampaignError
from campaigns.forms import CampaignForm
from campaigns.models import Campaign, Plan
from campaigns.queries import time_left
from committees.access import Permission, requires
from committees.models import Committee
from config import clock

PAGE = 50


@require_GET
@requires(Permission.CAMPAIGN_VIEW)
def campaign_list(request):
    campaigns = Campaign.objects.allowed(request.user, Permission.CAMPAIGN_VIEW)
    campaigns = campaigns.select_related("root").order_by("-year", "root__path")
    page = Paginator(campaigns, PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    for campaign in page:
        campaign.time_left = time_left(campaign, today)
    may_open = request.user.holds(Permission.CAMPAIGN_MANAGE)
    return render(request, "campaigns/campaign_list.html", {"page": page, "may_open": may_open})


@require_GET
@requires(Permission.CAMPAIGN_VIEW)
def campaign_detail(request, campaign_pk):
    campaigns = Campaign.objects.allowed(request.user, Permission.CAMPAIGN_VIEW)
    campaign = get_object_or_404(campaigns.select_related("root"), pk=campaign_pk)
    plans = (
        Plan.objects.allowed(request.user, Permission.CAMPAIGN_VIEW)
        .filter(campaign=campaign)
        .select_related("committee", "document")
        .order_by("committee__path", "pk")
    )
    page = Paginator(plans, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "campaigns/campaign_detail.html",
        {
            "campaign": campaign,
            "time_left": time_left(campaign, clock.today()),
            "drives": campaign.drives.all(),
            "page": page,
            "lines": board(campaign, page.object_list),
            "may_plan": Committee.objects.allowed(request.user, Permission.PLAN_EDIT)
            .under(campaign.root)
            .exists(),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.CAMPAIGN_MANAGE)
def campaign_open(request):
    form = CampaignForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        arguments = form.arguments()
        try:
            campaign, created = actions.open_campaign(
                arguments.pop("root"), **arguments, by=request.user
            )
        except CampaignError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = f"Đã mở {campaign}." if created else f"{campaign} đã mở từ trước, không đổi gì."
            messages.success(request, said)
            return redirect("campaigns:campaign-detail", campaign.pk)
    return render(request, "campaigns/campaign_form.html", {"form": form})
