"""Who there is: the district's units, its leaders' posts, and one demonstration log-in a kind of post.

Streets are the real ones of the district; departments carry the names that every district has; enterprises and
everybody's names are invented.
"""

from guatu.demo.model import PostPlan, UnitPlan

REGION, REGION_NAME = "410303", "西工区"
CITY, CITY_NAME = "410300", "洛阳市"
PROVINCE_NAME = "河南省"
STREETS = (
    ("410303001", "王城路街道"),
    ("410303002", "金谷园路街道"),
    ("410303003", "西工街道"),
    ("410303004", "邙岭路街道"),
    ("410303006", "唐宫路街道"),
    ("410303007", "汉屯路街道"),
    ("410303008", "凯旋东路街道"),
    ("410303009", "洛北街道"),
    ("410303010", "红山街道"),
)
STREET_KEYS = {code: f"street{place}" for place, (code, _name) in enumerate(STREETS)}

# Units that answer for projects; with the streets, committees, platforms and task forces there are 27.
DEPARTMENTS = (
    ("housing", "区住房和城乡建设局", "区住建局"),
    ("industry", "区科技和工业信息化局", "区科工局"),
    ("commerce", "区商务局", "区商务局"),
    ("education", "区教育体育局", "区教体局"),
    ("health", "区卫生健康委员会", "区卫健委"),
    ("culture", "区文化和旅游局", "区文旅局"),
    ("civil", "区民政局", "区民政局"),
    ("city_admin", "区城市管理局", "区城管局"),
    ("environment", "区生态环境分局", "区生态环境分局"),
    ("renewal", "区城市更新服务中心", "区更新中心"),
)
OTHERS = (
    ("park", "先进制造业开发区管理委员会（示例）", "开发区管委会", "committee"),
    ("cbd", "中央商务区管理委员会（示例）", "商务区管委会", "committee"),
    ("platform_city", "示例城市发展集团有限公司", "示例城发集团", "platform"),
    ("platform_industry", "示例产业投资集团有限公司", "示例产投集团", "platform"),
    ("force_procedures", "手续办理专班", "", "task_force"),
    ("force_supervision", "督查考核专班", "", "task_force"),
    ("force_funds", "资金争取专班", "", "task_force"),
    ("force_renewal", "城市更新建设指挥部", "", "task_force"),
)
# Bodies without projects of their own.
BEHIND = (
    ("government", "区政府办公室", "", "department", "district"),
    ("project_office", "区重点项目建设办公室", "区项目办", "office", "district"),
    ("supervision_bureau", "区督查局", "", "department", "district"),
    ("planning", "区自然资源和规划分局", "区资源规划分局", "authority", "district"),
    ("city_office", "市重点项目建设办公室", "市项目办", "office", "city"),
)
STEMS = "甲乙丙丁戊己庚辛壬癸"
OWNER_TRADES = ("置业", "产业园", "文旅", "智造")
CONTRACTOR_TRADES = ("建工", "路桥")
LEADING_BODIES = (("区委", 9), ("区人大", 7), ("区政府", 9), ("区政协", 8))  # with the head 34 posts


def units(owners: int = 40) -> tuple[UnitPlan, ...]:
    """Every unit; `owners` enterprises as owners and about half as many contractors."""
    rows = [
        UnitPlan(key=STREET_KEYS[code], name=f"{name}办事处", short_name=name, kind="street", region=code)
        for code, name in STREETS
    ]
    rows += [UnitPlan(key=key, name=name, short_name=short, kind="department") for key, name, short in DEPARTMENTS]
    rows += [UnitPlan(key=key, name=name, short_name=short, kind=kind) for key, name, short, kind in OTHERS]
    rows += [
        UnitPlan(key=key, name=name, short_name=short, kind=kind, region=region)
        for key, name, short, kind, region in BEHIND
    ]
    rows += [UnitPlan(key=f"owner{place}", name=name, kind="owner") for place, name in enumerate(owner_names(owners))]
    rows += [
        UnitPlan(key=f"contractor{place}", name=name, kind="contractor")
        for place, name in enumerate(contractor_names(max(1, owners // 2)))
    ]
    rows += [
        UnitPlan(key=f"firm{place}", name=f"示例{STEMS[place]}工程监理有限公司", kind="supervisor_firm")
        for place in range(4)
    ]
    return tuple(rows)


def owner_names(count: int) -> list[str]:
    """Invented owners: 示例甲置业有限公司 …"""
    names = [f"示例{stem}{trade}有限公司" for trade in OWNER_TRADES for stem in STEMS]
    return names[:count]


def contractor_names(count: int) -> list[str]:
    """Invented contractors: 示例甲建工有限公司 …"""
    names = [f"示例{stem}{trade}有限公司" for trade in CONTRACTOR_TRADES for stem in STEMS]
    return names[:count]


def leaders() -> list[PostPlan]:
    """The 34 leaders' posts: the head of the leading group first."""
    posts = [PostPlan(key="head", kind="head", title="区长（领导小组组长）", unit="government", login="demo-quzhang")]
    for body, count in LEADING_BODIES:
        for number in range(1, count + 1):
            posts.append(
                PostPlan(
                    key=f"leader{len(posts)}",
                    kind="leader",
                    title=f"{body}领导{number:02d}",
                    unit="government",
                )
            )
    return posts


LEAD_WITH_LOGIN = "leader17"  # 区政府领导01


def posts() -> tuple[PostPlan, ...]:
    """Every post: the leaders, and one with a log-in of each other kind."""
    rows = [
        PostPlan(key=row.key, kind=row.kind, title=row.title, unit=row.unit, login="demo-fenbao")
        if row.key == LEAD_WITH_LOGIN
        else row
        for row in leaders()
    ]
    rows += [
        PostPlan(key="liaison", kind="liaison", title="联络员", unit="government", login="demo-lianluo"),
        PostPlan(key="office_head", kind="office_head", title="项目办主任", unit="project_office", login="demo-zhuren"),
        PostPlan(key="office", kind="office", title="项目办干事", unit="project_office", login="demo-xiangmuban"),
        PostPlan(key="reporter", kind="reporter", title="责任单位填报人", unit="housing", login="demo-tianbao"),
        PostPlan(key="reviewer", kind="reviewer", title="责任单位审核人", unit="housing", login="demo-shenhe"),
        PostPlan(
            key="street",
            kind="street",
            title="街道项目专干",
            unit=STREET_KEYS["410303003"],
            region="410303003",
            login="demo-jiedao",
        ),
        PostPlan(key="owner", kind="owner", title="业主项目负责人", unit="owner0", login="demo-yezhu"),
        PostPlan(key="contractor", kind="contractor", title="施工项目经理", unit="contractor0", login="demo-shigong"),
        PostPlan(key="authority", kind="authority", title="审批窗口负责人", unit="planning", login="demo-shenpi"),
        PostPlan(key="task_force", kind="task_force", title="专班成员", unit="force_procedures", login="demo-zhuanban"),
        PostPlan(
            key="supervision", kind="supervision", title="督查专员", unit="supervision_bureau", login="demo-ducha"
        ),
        PostPlan(
            key="superior",
            kind="superior",
            title="市项目办干事",
            unit="city_office",
            region="city",
            login="demo-shangji",
        ),
        PostPlan(
            key="system_admin", kind="system_admin", title="系统管理员", unit="project_office", login="demo-xitong"
        ),
        PostPlan(
            key="security_admin", kind="security_admin", title="安全管理员", unit="project_office", login="demo-anquan"
        ),
        PostPlan(key="audit_admin", kind="audit_admin", title="审计管理员", unit="project_office", login="demo-shenji"),
    ]
    return tuple(rows)


ANSWERING = len(STREETS) + len(DEPARTMENTS) + len(OTHERS)
assert ANSWERING == 27
assert len(leaders()) == 34
