from tests.workers import Worker


def test_a_worker_starts_again_after_it_was_killed(real_worker):
    worker: Worker = real_worker()

    worker.kill()
    assert worker.process.poll() == -9
    worker.start()

    assert worker.process.poll() is None
