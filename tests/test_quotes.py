"""Quotations in the narrow cells of the screen."""

from duizhao.quotes import fit_pair

CELL = 16  # characters up to the end of the quotation


def cut(upper: str, lower: str) -> tuple[str, str]:
    return fit_pair(upper, lower, lambda value: len(value) <= CELL)


def test_a_common_beginning_goes_before_what_differs() -> None:
    """Of two long ceilings the figures are seen."""
    rate = "不得高于当地上年度城镇居民人均可支配收入的"

    assert cut(f"{rate}50%", f"{rate}40%") == ("…配收入的50%", "…配收入的40%")
    assert cut(f"收费【{rate}50%】。", f"收费【{rate}40%】。") == ("【…配收入的50%】。", "【…配收入的40%】。")


def test_words_before_the_quotation_go_one_by_one() -> None:
    """As much is left of what is measured as fits."""
    said = "按照实际收托人数，对普惠机构给予【每月200元】补助。"

    assert cut(said, said.replace("200", "300"))[0] == "…对普惠机构给予【每月200元】补助。"


def test_what_fits_stays_whole() -> None:
    """What stands behind the quotation takes no room from it."""
    said = "给予【最高80万元】的一次性补助，其余由县级财政承担。"

    assert cut(said, "—") == (said, "—")


def test_no_number_is_cut() -> None:
    """Two days of one year differ behind the year; the year stays whole."""
    day = "自2024年{}月1日起由各级人民政府组织施行"

    assert cut(day.format(7), day.format(9)) == (day.format(7), day.format(9))
