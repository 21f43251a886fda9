"""Only actions write our rows. Core's own plumbing, which actions write through, is listed here one by one."""

import ast
from collections.abc import Iterator

from tests.architecture import code

# Each writes rows that are no office facts, or writes for every action.
PLUMBING = {
    "guatu/core/writing.py": "the act: what every action writes through",
    "guatu/core/bulk.py": "many rows at once, for the act",
    "guatu/core/access.py": "the access log, kept apart from the trail",
    "guatu/core/requests.py": "which request was carried out, and its answer",
    "guatu/config/worker.py": "frees what a killed worker had taken from the queue; the queue's own rows",
    "guatu/core/jobs.py": "progress and heartbeat of a running job, between its actions",
}
ALWAYS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "executemany", "abulk_create"}
STATEMENTS = ("insert", "update", "delete", "replace", "truncate", "drop", "alter")


def _manager(node: ast.expr) -> bool:
    names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return bool(names & {"objects", "_default_manager", "_base_manager"}) or isinstance(node, ast.Attribute)


def _writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name, receiver = call.func.attr, call.func.value
    if name in ALWAYS:
        return True
    if name == "execute" and call.args and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value).lstrip().lower().startswith(STATEMENTS)
    if call.args:  # a row's save(), a queryset's update(…) and delete() take no positional argument
        return False
    return (
        name in ("save", "delete")
        or (name == "create" and _manager(receiver))
        or (name == "update" and bool(call.keywords))
    )


def _writing(module: code.Module) -> Iterator[int]:
    return (node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.Call) and _writes(node))


def test_only_actions_write_our_rows():
    wrong = [
        f"{module.where}:{line}"
        for module in code.written()
        if module.role != "actions" and module.where not in PLUMBING
        for line in _writing(module)
    ]
    assert wrong == []


def test_the_list_of_plumbing_holds_only_files_that_write():
    by_path = {module.where: module for module in code.written()}
    present = [path for path in PLUMBING if path in by_path]
    assert len(present) >= 4
    assert [path for path in present if not any(_writing(by_path[path]))] == []


def test_what_counts_as_writing_is_recognised():
    def says(text: str) -> bool:
        call = ast.parse(text, mode="eval").body
        assert isinstance(call, ast.Call)
        return _writes(call)

    assert all(
        map(
            says,
            [
                "row.save()",
                "row.save(force_insert=True)",
                "Project.objects.create(name='x')",
                "project.entries.create(kind='x')",
                "rows.update(stage='x')",
                "Project.objects.filter(pk=1).delete()",
                "Reading.objects.bulk_create(rows)",
                "cursor.execute('UPDATE library_project SET name = 1')",
            ],
        )
    )
    assert not any(
        map(says, ["document.save(path)", "hasher.update(line)", "cache.delete('x')", "found.update(other)", "f(x)"])
    )
