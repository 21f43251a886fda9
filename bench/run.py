"""One district on one database, in a process of its own: `python -m bench.run PROJECTS SEED [JOB …]`, JSON lines."""

import json
import sys
import time
from dataclasses import asdict

from guatu.config.main import set_up


def main(arguments: list[str]) -> int:
    """Load, then measure each job."""
    projects, seed, wanted = int(arguments[0]), int(arguments[1]), arguments[2:]
    set_up()
    from django.core.management import call_command

    import bench.books
    import bench.cubes
    import bench.jobs
    import bench.ledgers
    import bench.pictures
    import bench.reports
    import bench.roundtrip
    import bench.schedules
    import bench.targets  # noqa: F401  all of them register jobs
    from bench import lights
    from bench.district import build, found
    from bench.registry import JOBS, measure
    from guatu.config.installation import collect_static
    from guatu.library.models import AnnualList

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    failed = 0
    begun = time.perf_counter()
    if AnnualList.objects.exists():
        district, word = found(projects, seed), "kept"
    else:
        district, word = build(projects, seed), "loaded"
    lights.give()
    print(json.dumps({word: projects, "seconds": round(time.perf_counter() - begun, 1)}), flush=True)
    for name, job in JOBS.items():
        if projects > job.most or (wanted and not any(part in name for part in wanted)):
            continue
        try:
            measured = measure(job, district)
        except Exception as fault:  # one job that cannot run does not hide the others
            failed += 1
            print(json.dumps({"job": name, "failed": f"{type(fault).__name__}: {fault}"[:200]}), flush=True)
            continue
        print(json.dumps({**asdict(measured), "ratio": measured.ratio}, ensure_ascii=False), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
