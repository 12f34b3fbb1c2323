"""What goes wrong with a file, as one line: where, what, what to do."""

import errno
from dataclasses import dataclass

SYSTEM = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOSPC: "磁盘已满",
    errno.EFBIG: "文件太大",
    errno.EROFS: "磁盘只读",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接转了一圈",
    errno.EINVAL: "名字里有不能用的字符",
    errno.EMFILE: "打开的文件太多",
    errno.EBUSY: "文件正被占用",
}


class DuizhaoError(Exception):
    """A problem a user can act on; `str()` of it is the one line to show."""


class ReadError(DuizhaoError):
    """A file could not be read.

    Shown as `path: page N: what is wrong; what to do`. Every argument goes to
    `super().__init__`, so that worker processes can send it back.
    """

    def __init__(self, path: str, page: int | None, message: str) -> None:
        super().__init__(path, page, message)
        self.path = path
        self.page = page
        self.message = message

    def __str__(self) -> str:
        place = f"{self.path}: " + (f"page {self.page}: " if self.page is not None else "")
        return place + self.message


class SpanError(DuizhaoError):
    """A span leaves its text, or belongs to another text."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


def say_system(error: OSError) -> str:
    """What the operating system refused, in Chinese; its own words are English on most machines."""
    return SYSTEM.get(error.errno or 0) or f"系统错误 {error.errno}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that gave no document, as a value: a run goes on and names it."""

    key: str  # path or SHA-256, whatever the run calls its items by
    step: str  # read | parse
    message: str
