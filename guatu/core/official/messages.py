"""The sentences of what official documents refuse."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "core.official_fonts_missing": (
            _("生成 PDF 所需的字体不在 {folders}。请管理员在程序目录运行 {command}，然后重试；docx 不受影响。"),
            503,
        ),
        "core.docx_unreadable": _(
            "这个文件不是可以读取的 docx 文档，或者已经损坏。请用 WPS 或 Word 打开后另存为 docx，再上传。"
        ),
        "core.docx_too_large": (_("这个 docx 展开后超过 {limit} MB，没有读取。请删去其中的图片后再上传。"), 413),
    }
)
