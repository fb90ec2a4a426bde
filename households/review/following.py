"""A household that a transition says has left is no longer followed; taking it back restores."""

from datetime import date

from households.errors import WrongReview
from households.models import Household, PovertyList
from households.review.codes import STATE_AFTER

LONGEST_REASON = 200


def follow(
    household: Household,
    code: str,
    *,
    on: date | None,
    reason: str = "",
    into: Household | None = None,
) -> dict[str, object]:
    """Set (not save) the state that ``code`` stands for; what it was, {} where nothing follows.

    "Nhập hộ" needs to know ``into`` which household; only a household still followed changes.
    """
    state = STATE_AFTER.get(code)
    lacks_target = state == Household.State.MERGED and into is None
    if state is None or lacks_target or household.state != Household.State.ACTIVE:
        return {}
    was = {
        "state": household.state,
        "state_on": household.state_on and household.state_on.isoformat(),
        "state_reason": household.state_reason,
        "became": state,
    }
    household.state, household.state_on = state, on
    household.state_reason = reason[:LONGEST_REASON]
    household.merged_into = into if state == Household.State.MERGED else None
    return was


def check_target(into: Household | None, households: dict[int, Household]) -> None:
    """Refuse (``WrongReview``) a household that these cannot have joined."""
    if into is None:
        raise WrongReview("Hãy chọn hộ mà hộ này đã nhập vào.")
    communes = {household.commune_id for household in households.values()}
    if into.pk in households or into.commune_id not in communes:
        raise WrongReview("Hộ nhập vào phải là một hộ khác của xã: hãy chọn lại.")
    if into.state != Household.State.ACTIVE:
        raise WrongReview("Hộ nhập vào không còn được theo dõi: hãy chọn hộ khác.")


def refuse_moved(household: Household, poverty_list: PovertyList) -> None:
    """Refuse (``WrongReview``) to change what became of a household that another commune keeps."""
    if household.commune_id != poverty_list.commune_id:
        raise WrongReview("Hộ này nay ở xã khác: danh sách cũ của xã giữ như đã ghi.")


def restore(household: Household, was: dict[str, object]) -> bool:
    """Set (not save) the state back unless somebody changed it since; whether it was."""
    if not was or household.state != was["became"]:
        return False
    household.state, household.state_reason = was["state"], was["state_reason"]
    household.state_on = was["state_on"] and date.fromisoformat(was["state_on"])
    household.merged_into = None
    return True


STATE_FIELDS = ["state", "state_on", "state_reason", "merged_into", "version"]
