"""Words of a notice as a change's detail quotes them."""


def quoted(text: str) -> str:
    """In quotation marks; those inside become single ones (GB/T 15834-2011, 4.8.3.3), a quoted name keeps its own."""
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        return text
    return f"“{text.translate(SINGLE)}”"


def turned(before: str | None, after: str | None) -> str:
    """由“…”改为“…”, or what was taken out or put in."""
    if before and after:
        return f"由{quoted(before)}改为{quoted(after)}"
    return f"删去{quoted(before)}" if before else f"增加{quoted(after or '')}"


SINGLE = str.maketrans("“”", "‘’")
