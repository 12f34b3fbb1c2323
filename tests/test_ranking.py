"""Who is strictest of several notices: claimed where what they allow lies one inside the other, and nowhere else."""

from drafting import draft_document

from compare import compare_many, compare_topics
from compare.figures import Figure, read_figures
from compare.passages import read_passages
from compare.ranking import Ranking, Reason, rank


def figures(sentence: str) -> list[Figure]:
    notice = draft_document("山西省人民政府", (("工作任务", (sentence,)),)).notices[0]
    return [one for passage in read_passages(notice) if passage.text == sentence for one in read_figures(passage)]


def ranked(*sentences: str, at: int = 0) -> Ranking:
    """The figures at one position of each sentence, side by side."""
    return rank([figures(sentence)[at] for sentence in sentences])


def test_goals_for_different_years_are_not_ranked() -> None:
    """65% by 2025 and 45% by 2024 are steps of two paths; for one year the higher floor is the stricter."""
    assert ranked("2025年测定率达到65%。", "2024年测定率达到45%。", at=-1).reason is Reason.YEAR
    assert ranked("2025年测定率达到65%。", "2025年测定率达到55%。", at=-1).strictest == (0,)


def test_a_goal_of_a_series_is_for_its_own_year() -> None:
    """分别 gives the first number to the first year, not to the last one named."""
    series = figures("2024年、2025年、2026年分别新增泊位3000个、4000个、5000个。")

    assert [one.year for one in series if one.amount] == ["2024", "2025", "2026"]


def test_where_a_sanction_begins_nobody_is_stricter() -> None:
    """Whoever loses something below 70 points asks for more than who does so below 60, though both are ceilings."""
    assert ranked("得分低于70分的县，扣减补助。", "得分低于60分的县，扣减补助。").reason is Reason.TRIGGER
    assert ranked("得分低于70分的企业，可以申报。", "得分低于60分的企业，可以申报。").strictest == (1,)


def test_a_ban_lasts_as_long_as_it_says() -> None:
    """5年内不得申报 is no ceiling of five years: it is the longest of the bans, and 2年内不得 not the strictest."""
    bans = ranked("5年内不得申报。", "2年内不得申报。", "3年内不再受理申请。")

    assert (bans.strictest, bans.highest, bans.lowest, bans.reason) == ((), (0,), (1,), Reason.EXACT)
    assert ranked("5年内完成整改。", "2年内完成整改。").strictest == (1,)


def test_what_a_change_starts_from_is_no_figure() -> None:
    """Of 由2年延长至3年 only three years hold."""
    assert [one.quote for one in figures("贴息期限由2年延长至3年。")] == ["3年"]


def test_last_days_of_one_period_are_ranked() -> None:
    """The tenth of each month comes before the fifteenth; a day of the month and one of the year do not compare."""
    assert ranked("每月15日前结清货款。", "每月10日前结清货款。").strictest == (1,)
    assert ranked("每月15日前报送报表。", "每年3月10日前报送报表。").reason is Reason.PER


def test_days_that_report_on_different_years_are_not_ranked() -> None:
    """The tenth of January for the year before is no stricter than the end of December for the year itself."""
    assert ranked("每年1月10日前报送上年度总结。", "每年12月25日前报送本年度总结。").reason is Reason.PER
    assert ranked("每年1月10日前报送上年度总结。", "每年2月20日前报送上年度总结。").strictest == (0,)


def test_words_for_one_kind_of_place_count_alike() -> None:
    """每个乡镇 and 每个镇（街道）."""
    assert ranked("每个乡镇至少建成1座站点。", "每个镇（街道）至少建成2座站点。").strictest == (1,)


def test_a_part_of_a_total_is_a_total() -> None:
    """The second number of a goal names no verb of its own, and areas of different size bind nobody more by it."""
    one, other = "建成车位9000个以上，其中公共车位不少于7000个。", "建成车位6000个以上，其中公共车位5000个以上。"

    assert ranked(one, other, at=-1).reason is Reason.TOTAL


def test_a_goal_of_another_year_stands_for_nothing() -> None:
    """A share by 2026 of one thing, and one by 2025 of another below: the matrix says that the first was not seen."""
    above = (
        "高速公路服务区快充站覆盖率2024年底达到90%，2025年底前实现全覆盖；普通公路服务站充电设施覆盖率2026年达到60%。"
    )
    below = "2024年底，高速公路服务区快充站覆盖率达到80%，2025年底达到100%。"
    upper, lower = (
        draft_document(issuer, (("工作任务", (text,)),))
        for issuer, text in (("山西省人民政府", above), ("太原市人民政府", below))
    )
    matrix = compare_many(upper.notices[0], [lower.notices[0]], upper_source=upper.source, lower_sources=[lower.source])
    said = {
        one.upper.quote: [found.quote if found else None for found in one.lowers]
        for row in matrix.rows
        for one in row.figures
    }

    assert said["达到90%"] == ["达到80%"]
    assert said["达到60%"] == [None]


def shared_rows(one: str, other: str) -> set[tuple[str | None, ...]]:
    """The figures that two notices of one sentence each share a row with."""
    sides = [
        draft_document(issuer, (("工作任务", (text,)),))
        for issuer, text in (("太原市人民政府", one), ("山西省人民政府", other))
    ]
    topics = compare_topics([side.notices[0] for side in sides], sources=[side.source for side in sides])
    return {
        tuple(figure.quote if figure else None for figure in row.figures)
        for topic in topics.topics
        for row in topic.rows
        if row.shared
    }


def test_steps_of_two_notices_meet_by_their_year_alone() -> None:
    """Told one by one here and 分别 there: each row holds the numbers of one year, and none those of two."""
    told = "2024年新建充电桩4000个，2025年新建6000个。"

    same = shared_rows(told, "2024年、2025年分别新建充电桩6万个、8万个。")
    apart = shared_rows(told, "2026年、2027年分别新建充电桩6万个、8万个。")

    assert same == {("4000个", "6万个"), ("6000个", "8万个")}
    assert not apart


def test_a_word_that_hedges_a_day_hedges_the_goals_behind_it() -> None:
    """力争到2025年 opens the goals of its part of the sentence; behind a semicolon, and with a goal of its own, not."""
    opened = figures("力争到2025年，覆盖率达到90%，合格率达到80%；满意率达到70%。")
    owned = figures("力争覆盖率达到90%，合格率达到80%。")

    assert [one.hedge for one in opened] == ["力争", "力争", "力争", None]
    assert [one.hedge for one in owned] == ["力争", None]
    assert [one.hedge for one in figures("一般公共预算收入增长10%。")] == [None]


def test_frequencies_are_ranked_by_the_year() -> None:
    """每季度1次 and 每年4次 bind alike, more than 每年2次; weeks and months are not told apart, nor days of months."""
    often = ranked("每年至少检查2次。", "每年至少检查4次。", "每季度至少检查1次。")

    assert (often.strictest, often.lowest, often.reason) == ((1, 2), (0,), None)
    assert ranked("每三年评估一次。", "每两年评估一次。").highest == (1,)
    assert ranked("每周至少检查1次。", "每月至少检查4次。").reason is Reason.PER


def test_the_same_words_are_equal_though_nobody_can_read_them() -> None:
    """Two notices that say the same of a figure without a value say the same; another figure stays unread."""
    told = "贷款利率较上年平均水平不超过再减30个基点。"

    assert ranked(told, told).reason is Reason.EQUAL
    assert ranked(told, told.replace("30", "20")).reason is Reason.UNREAD
