"""Old Word and WPS files (OLE): turned to DOCX by LibreOffice where it is installed, then read as that."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from extract.errors import ReadError
from extract.layout import Layout, LayoutWarning
from extract.options import ReadOptions
from extract.readers.docx import read_docx

MEDIA_TYPE = "application/msword"
PROGRAMS = ("soffice", "libreoffice")
# LibreOffice settings for files of strangers: no macros, no linked content, nothing updated from elsewhere.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # stream of an encrypted DOCX
WORD_STREAM = "WordDocument".encode("utf-16-le")


def read_doc(data: bytes, name: str, options: ReadOptions) -> Layout:
    """Convert, then read; macros do not run and nothing is fetched.

    Raises:
        ReadError: encrypted, no Word file, no LibreOffice, or the conversion failed.
    """
    if ENCRYPTED in data:
        raise ReadError(name, None, "Word 文件已加密；请在 Word 或 WPS 里去掉密码后另存再读")
    if WORD_STREAM not in data:
        raise ReadError(name, None, "不是 Word 文档（可能是旧版 Excel、PPT）；请另存为 DOCX 或 PDF 后再读")
    layout = read_docx(convert(data, name, "doc", "docx", options), name, options)
    warning = LayoutWarning(code="converted", message="旧版 Word 文件，由 LibreOffice 转为 DOCX 后读取")
    return replace(layout, media_type=MEDIA_TYPE, warnings=(*layout.warnings, warning))


def convert(data: bytes, name: str, suffix: str, target: str, options: ReadOptions) -> bytes:
    """A file in another format, made in a folder and with a user profile of its own.

    Raises:
        ReadError: LibreOffice is missing, too slow, or cannot read the file.
    """
    program = next((found for found in map(shutil.which, PROGRAMS) if found), None)
    if program is None:
        raise ReadError(
            name, None, "旧版 Word（DOC、WPS）需要 LibreOffice；请安装它，或用 Word、WPS 另存为 DOCX 后再读"
        )
    with tempfile.TemporaryDirectory(prefix="duizhao-") as folder:
        source = Path(folder, f"notice.{suffix}")
        source.write_bytes(data)
        profile = f"-env:UserInstallation={_write_profile(folder).as_uri()}"
        command = [program, "--headless", "--norestore", profile, "--convert-to", target, "--outdir", folder]
        _run([*command, str(source)], name, options.seconds)
        result = source.with_suffix(f".{target}")
        if not result.exists():
            raise ReadError(name, None, "LibreOffice 打不开这个文件；请用 Word 或 WPS 另存为 DOCX 后再读")
        return result.read_bytes()


def _write_profile(folder: str) -> Path:
    profile = Path(folder, "profile")
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
    return profile


def _run(command: list[str], name: str, seconds: float) -> None:
    try:
        process = subprocess.Popen(  # noqa: S603 - found by `which`, no shell, arguments of our own
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:
        raise ReadError(name, None, "LibreOffice 无法启动；请检查安装，或另存为 DOCX 后再读") from None
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _stop(process)
        raise ReadError(name, None, f"LibreOffice 转换超过 {seconds:g} 秒；请另存为 DOCX 后再读") from None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program with the ones it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
