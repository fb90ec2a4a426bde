"""A person sees the jobs that person asked for, and nobody else's."""

import pytest
from django.urls import reverse

from jobs import running
from jobs.queue import enqueue
from tests.factories.committees import make_district, make_user
from tests.jobs.trial import work


@pytest.fixture
def officer(transactional_db, client):
    user = make_user(("officer", make_district(communes=1, hamlets=0)["commune1"]))
    client.force_login(user)
    return user


def ask(user, key="1", kind=work.SLOW):
    return enqueue(kind, key=key, arguments={"steps": 1, "pause": 0}, by=user)


def test_the_list_shows_own_jobs_with_the_words_of_their_kind(client, officer):
    mine = ask(officer)
    theirs = ask(make_user(), key="2")

    page = client.get(reverse("jobs:job-list")).content.decode()

    assert reverse("jobs:job-detail", args=[mine.pk]) in page
    assert reverse("jobs:job-detail", args=[theirs.pk]) not in page
    assert "Việc chậm" in page
    assert "Đang chờ" in page


def test_without_jobs_the_list_says_what_will_stand_there(client, officer):
    assert "Bạn chưa yêu cầu tác vụ nào." in client.get(reverse("jobs:job-list")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(client, officer, django_assert_max_num_queries, rows):
    for number in range(rows):
        ask(officer, key=str(number))

    with django_assert_max_num_queries(9):
        client.get(reverse("jobs:job-list"))


def test_the_page_asks_again_until_the_job_has_ended(client, officer):
    job = ask(officer)
    state = reverse("jobs:job-state", args=[job.pk])

    waiting = client.get(reverse("jobs:job-detail", args=[job.pk])).content.decode()
    assert f'hx-get="{state}"' in waiting
    assert "<html" not in client.get(state).content.decode()

    running.run(job.pk)
    done = client.get(state).content.decode()

    assert "hx-get" not in done
    assert "1/1" in done
    assert 'href="/"' in done
    assert "Về trang đầu" in done


def test_a_refused_job_says_what_to_do(client, officer):
    job = ask(officer, kind=work.REFUSED)
    running.run(job.pk)

    page = client.get(reverse("jobs:job-detail", args=[job.pk])).content.decode()

    assert "Danh sách trống; hãy nhập hộ trước." in page


@pytest.mark.parametrize("name", ["jobs:job-detail", "jobs:job-state"])
def test_anothers_job_is_not_there(client, officer, name):
    theirs = ask(make_user())

    assert client.get(reverse(name, args=[theirs.pk])).status_code == 404
