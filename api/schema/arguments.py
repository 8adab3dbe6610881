"""Arguments that several fields share, each described once."""

import datetime as dt
from typing import Annotated

import strawberry

from .enums import ListColor, MeasureNature, Scene, Via
from .fields import BATCH


def described(text: str, name: str | None = None, *, batch: bool = False) -> object:
    """Metadata of an argument: its description, and its GraphQL name if the Python name differs. `batch`: the field
    returns one element for each value of the argument."""
    return strawberry.argument(description=text, name=name, metadata={BATCH: batch})


AsOf = Annotated[dt.date | None, described("The day of the answer 时点; today in Asia/Shanghai by default.")]
First = Annotated[int | None, described("Size of the page 每页条数; 20 if null.")]
After = Annotated[str | None, described("Continue after this cursor 游标 of an earlier page.")]
Last = Annotated[int | None, described("Size of a page from the end 末尾条数; instead of `first`.")]
Before = Annotated[str | None, described("Only what comes before this cursor 游标 of another page.")]
Color = Annotated[ListColor | None, described("Only grounds on lists of this colour 名单颜色.")]
Natures = Annotated[list[MeasureNature] | None, described("Only measures of these natures 措施性质.")]
ByAgency = Annotated[str | None, described("Only measures that the agency with this code implements 实施部门.")]
ByPowerItem = Annotated[str | None, described("Only measures that gate the power item with this code 权责事项.")]
ByScene = Annotated[Scene | None, described("Only measures that gate an item of this scene 业务场景.")]
OfScene = Annotated[Scene | None, described("Only items of this scene 业务场景.")]
ByVia = Annotated[Via | None, described("Only grounds that reach the subject this way 直接或关联.")]
ByNature = Annotated[MeasureNature | None, described("Only measures of this nature 措施性质.")]
InForceOn = Annotated[dt.date | None, described("Only those in force on that day 有效日期 (rule 2); all if absent.")]
PrescribedInForceOn = Annotated[
    dt.date | None, described("Only measures of memoranda in force on that day 有效日期 (rule 2); all if absent.")
]
ByRegion = Annotated[str | None, described("Only those of the region with this code 区划, without its subregions.")]
Code = Annotated[str, described("Its code 编码; full-width characters count as half-width.")]
