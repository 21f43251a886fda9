"""The product's addresses, and before them an API of a few operations that the tests of its frame ask."""

from decimal import Decimal
from uuid import UUID

from django.urls import include, path
from ninja import Router, Schema

from guatu.config import urls
from guatu.core import rights
from guatu.core.api import ERRORS, Limit, Page, api_actor, build_api, fast, needs, once, paged, seen_version, with_etag
from guatu.core.api import router as core_router
from guatu.core.pages import SIGNED_IN
from guatu.core.writing import action, current
from guatu.people.models import Region

rights.declare("tests_api", {"tests.api_region": ("登记区划", {"office": "installation"})})


@action("tests.api_region", "登记区划")
def add_region(*, actor, code, name):
    region = current().add(Region(code=code, name=name, level="district", path=code + "/"))
    current().about(region, name=name)
    return region


@action("tests.api_rename", "更名", right="tests.api_region")
def rename_region(*, actor, region, seen, name):
    current().about(region, name=name)
    current().change(region, seen=seen, name=name)
    return region


class RegionIn(Schema):
    code: str
    name: str
    share: Decimal = Decimal("55.00")


router = Router(tags=["tests"])


def shown(region):
    return {"public_id": region.public_id, "code": region.code, "name": region.name}


@router.get("/regions", response={200: Page, **ERRORS})
@needs(SIGNED_IN)
def listed(request, cursor: str = "", limit: Limit = 50):
    return fast(paged(Region.objects.all(), cursor, limit, shown))


@router.post("/regions", response={200: RegionIn, **ERRORS})
@needs("tests.api_region")
def create(request, body: RegionIn):
    def carry_out(actor):
        region = add_region(actor=actor, code=body.code, name=body.name)
        return {**shown(region), "share": body.share}

    return once(request, carry_out)


@router.patch("/regions/{uuid:public_id}", response={200: RegionIn, **ERRORS})
@needs("tests.api_region")
def rename(request, public_id: UUID, name: str):
    region = Region.objects.get(public_id=public_id)
    actor = api_actor(request)
    region = rename_region(actor=actor, region=region, seen=seen_version(request), name=name)
    return with_etag(fast(shown(region)), region.version)


@router.get("/broken", response={200: Page, **ERRORS})
def broken(request):
    raise RuntimeError("密码 secret")


urlpatterns = [
    path("api/v1/", build_api([("", core_router), ("/tests", router)], namespace="test-api").urls),
    path("", include("guatu.config.urls")),
]
handler404 = urls.handler404
