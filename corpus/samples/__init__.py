"""Five official notices that come with the package; PROVENANCE.md says where each is from."""

from importlib.resources import files

NUMBERS = (
    "德人社字〔2022〕3号",
    "潍人社字〔2023〕17号",
    "晋人社厅函〔2022〕1253号",
    "济政办函〔2021〕16号",  # prints 鲁政字〔2021〕136号, which it carries out, as its attachment
    "威人社字〔2023〕14号",
)

__all__ = ["NUMBERS", "file_name", "read"]


def file_name(number: str) -> str:
    """The name a bundled notice is stored under.

    Raises:
        KeyError: no bundled notice has this number.
    """
    if number not in NUMBERS:
        raise KeyError(number)
    return f"{number}.txt"


def read(number: str) -> bytes:
    """The bytes of a bundled notice, as collected.

    Raises:
        KeyError: no bundled notice has this number.
    """
    return files(__name__).joinpath(file_name(number)).read_bytes()
