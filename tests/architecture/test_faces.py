"""What may be imported across packages, and what each file of a package may know of the others."""

from tests.architecture import code

FACES = {"queries", "actions", "policies", "choices", "models", "facts", "tables", "tabs", "apps"}
FREE = {"core", "domain"}  # these two are there to be used by everybody
# config joins the packages: their addresses, their API and their commands meet there and nowhere else.
JOINS = {"urls", "api", "cli", "messages"}
FACED = {"views", "api", "cli", "jobs", "forms"}  # faces over queries and actions
MAY_NOT_KNOW = {
    "choices": {"models", "queries", "actions", "policies", "tables", "imports", "exports", "compute", *FACED},
    "models": {"queries", "actions", "policies", "tables", "imports", "exports", "compute", *FACED},
    "policies": {"actions", "tables", "imports", "exports", *FACED},
    "queries": {"actions", "imports", *FACED},
    "compute": {"actions", "policies", "imports", "exports", *FACED},
    "tables": {"actions", "imports", *FACED},
    "actions": {"tables", "views", "api", "cli", "forms"},
    "facts": {"actions", *FACED},
    "forms": {"actions", "views", "api", "cli"},
}


def test_packages_meet_only_at_their_faces():
    crossing, wrong = 0, []
    for module in code.written():
        for line, name in code.imports(module):
            if name[0] != "guatu" or len(name) < 3 or name[1] in {module.package, *FREE}:
                continue
            crossing += 1
            allowed = FACES | JOINS if module.package == "config" or name[1] == "config" else FACES
            if name[2] not in allowed:
                wrong.append(f"{module.where}:{line} imports {'.'.join(name)}")
    assert crossing, "no import between packages was found"
    assert wrong == []


def test_each_file_knows_only_what_its_role_may():
    seen, wrong = 0, []
    for module in code.written():
        banned = MAY_NOT_KNOW.get(module.role, set())
        if module.package in FREE or not banned:
            continue
        seen += 1
        for line, name in code.imports(module):
            if name[:2] == ("guatu", module.package) and len(name) > 2 and code.role_of(name[2]) in banned:
                wrong.append(f"{module.where}:{line} imports {'.'.join(name)}")
    assert seen
    assert wrong == []


def test_the_layer_contract_names_every_package_of_the_design():
    text = (code.ROOT / "pyproject.toml").read_text()
    missing = [name for name in code.packages() if f'"{name}"' not in text and name not in ("config", "demo", "locale")]
    assert missing == []
