"""Whether a fault is the machine's, to be mended there and tried again: a locked database, a full disk, no connection.

SQLite says it in words, PostgreSQL by its SQLSTATE class, a file by its errno.
"""

import errno
from typing import Final

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import Sentence

BUSY, FULL, GONE = "busy", "full", "gone"
WHY: Final[dict[str, tuple[Sentence, Sentence]]] = {
    BUSY: (
        _("同时办理的人多，数据库忙，这一步没有排上，没有存入任何内容。"),
        _("请等半分钟，返回上一页再提交一次；所填内容还在。反复出现请告诉系统管理员。"),
    ),
    FULL: (
        _("服务器磁盘已满或不能写入，这一步没有存入任何内容；已有数据都在，可以查看。"),
        _("请告诉系统管理员清理磁盘；清理后返回上一页再提交一次，所填内容还在。"),
    ),
    GONE: (
        _("系统连不上数据库，这一步没有办理；已存的数据都在。"),
        _("请过几分钟刷新这一页；仍不行请告诉系统管理员。急需报送的，可先电话告知项目办代录。"),
    ),
}
_SQLITE: Final = (
    ("locked", BUSY),
    ("busy", BUSY),
    ("is full", FULL),
    ("disk i/o", FULL),
    ("readonly", FULL),
    ("unable to open", GONE),
)
_POSTGRES: Final = {"55P03": BUSY, "40P01": BUSY, "40001": BUSY, "57014": BUSY, "53100": FULL, "25006": FULL}
_POSTGRES_CLASSES: Final = {"08": GONE, "53": GONE, "57": GONE}
_ERRNOS: Final = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: FULL}


def what_failed(fault: BaseException | None) -> str:
    """BUSY, FULL or GONE for the machine's faults, "" for any other; causes are looked at too."""
    seen = 0
    while fault is not None and seen < 8:
        found = _of(fault)
        if found:
            return found
        fault, seen = fault.__cause__ or fault.__context__, seen + 1
    return ""


def _of(fault: BaseException) -> str:
    if isinstance(fault, OSError):
        return _ERRNOS.get(fault.errno or 0, "")
    if not isinstance(fault, DatabaseError):
        return ""
    state = str(getattr(fault.__cause__, "sqlstate", "") or "")
    if state:
        return _POSTGRES.get(state) or _POSTGRES_CLASSES.get(state[:2], "")
    said = str(fault).lower()
    if "connection" in said and ("refused" in said or "closed" in said or "failed" in said):
        return GONE
    return next((kind for words, kind in _SQLITE if words in said), "")
