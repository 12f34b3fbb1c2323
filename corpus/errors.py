"""What goes wrong with a store, as one line: which file, what, what to do."""

from extract.errors import DuizhaoError


class StoreError(DuizhaoError):
    """The store cannot be opened, read or written; what was stored before is still there."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class QueryError(DuizhaoError):
    """A search or a selection that cannot be carried out; the message says what to write instead."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class MissingExtraError(DuizhaoError):
    """A function needs packages that are installed as an extra."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what = what
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.what} 需要另装组件：pip install 'duizhao[{self.extra}]'"
