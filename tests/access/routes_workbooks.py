"""Routes of a unit's workbooks."""

from tests.access.routes import Route
from tests.reporting.workbooks import address, asked, sent_back


def _one(method: str = "get", **more: object) -> Route:
    return Route(
        "reporter",
        "head",
        inside=lambda cast: address(sent_back(cast)),
        outside=lambda cast: address(sent_back(cast, "other_reporter", "commerce")),
        method=method,
        **more,  # type: ignore[arg-type]  # keywords of Route
    )


ROUTES = {
    "reporting:workbooks": Route("reporter", "head"),
    "reporting:workbook_send": Route("reporter", "head", method="post", data=asked),
    "reporting:workbook_receive": Route("reporter", "head", method="post"),
    "reporting:workbook_return": _one(),
    "reporting:workbook_drop": _one("post"),
}
