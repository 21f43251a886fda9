"""The sentences of the installation's own refusals."""

from django.utils.translation import gettext_lazy as _

from guatu.core.refusals import declare

declare(
    {
        "config.founded_already": _("这个安装已经建立，没有改动。要重新开始，请换一个空的数据目录或数据库。"),
        "config.region_unnamed": _("区划 {region} 还没有名称。请一并写明：guatu init --region {region} --name 名称。"),
        "config.not_migrated": _("数据库结构还没有升级到当前版本（{count} 项）。请先备份，再运行 guatu migrate。"),
        "config.backup_exists": _("文件 {name} 已经存在，没有覆盖。请换一个文件名。"),
        "config.backup_folder": _("目录 {name} 不存在，无法写入备份。请先建立目录。"),
        "config.backup_postgres": _(
            "数据库是 PostgreSQL：请用 pg_dump 备份数据库，再复制数据目录 {folder}。步骤见 docs/operate/backup.md。"
        ),
        "config.backup_damaged": _("备份的数据库没有通过完整性检查：{why}。备份文件没有写成，请检查磁盘。"),
    }
)
