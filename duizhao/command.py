"""Commands whose help and usage errors come from the message catalogue.

`help=` of a command or an option is a catalogue key; the text is looked up when it is shown, so that
`--lang` holds for help pages too.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click

from duizhao.messages import LANGUAGES, text
from duizhao.screen import columns, pad, width, wrap

Function = TypeVar("Function", bound=Callable[..., Any])


class Command(click.Command):
    """A command with a help page in the chosen language: usage, what it does, options, examples."""

    allow_extra_args = True  # so that what is too much can be told in the chosen language

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise Misuse(text("usage.extra", name=" ".join(rest)), ctx=ctx)
        return rest

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(help_page(self, ctx))


class Group(Command, click.Group):
    """Commands by name, each imported when it is asked for; `modules` keeps the order of the help page."""

    def __init__(self, name: str | None, *, modules: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.modules:
            return None
        command: click.Command = import_module(self.modules[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.modules and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.modules, n=1)
            hint = text("usage.meant", name=near[0]) if near else text("usage.see_help", path=ctx.command_path)
            raise Misuse(text("usage.command", name=args[0]) + hint, ctx=ctx)
        return super().resolve_command(ctx, args)


def help_page(command: click.Command, ctx: click.Context) -> str:
    path = ctx.command_path.split()[1:]  # `duizhao corpus add` -> corpus.add
    name = ".".join(path) or str(command.name)
    about = text(f"{name}.help").strip()
    blocks = [
        f"{text('page.usage')} {ctx.command_path} {text(f'{name}.usage')}",
        "\n".join(line for paragraph in about.split("\n") for line in wrap(paragraph, columns())),
    ]
    if isinstance(command, Group):
        rows = [(other, text(".".join([*path, other, "short"]))) for other in command.modules]
        blocks.append(f"{text('page.commands')}\n{_definitions(rows)}")
    rows = [_option_row(option) for option in command.get_params(ctx) if isinstance(option, click.Option)]
    blocks.append(f"{text('page.options')}\n{_definitions(rows)}")
    examples = text(f"{name}.examples").strip("\n")
    blocks.append(f"{text('page.examples')}\n" + "\n".join(f"  {line}".rstrip() for line in examples.split("\n")))
    return "\n\n".join(blocks) + "\n"


def _option_row(option: click.Option) -> tuple[str, str]:
    names = ", ".join(option.opts)
    if isinstance(option.type, click.Choice):
        names += " " + "|".join(str(choice) for choice in option.type.choices)
    elif not option.is_flag and not option.count:
        names += " " + text(f"metavar.{option.metavar or 'text'}")
    return names, text("option.help" if "--help" in option.opts else str(option.help))  # click makes --help itself


def _definitions(rows: list[tuple[str, str]]) -> str:
    left = min(max(width(name) for name, _ in rows), 26) + 4
    lines: list[str] = []
    for name, about in rows:
        first, *others = wrap(about, columns() - left)
        head = f"  {name}"
        if width(head) + 2 > left:
            lines += _break_choices(head)
            head = ""
        lines += [pad(head, left) + first, *(" " * left + other for other in others)]
    return "\n".join(lines)


def _break_choices(head: str) -> list[str]:
    """`--format html|json|…` in lines that fit, broken behind a bar."""
    first, *others = head.split("|")
    lines = [first]
    for other in others:
        if width(f"{lines[-1]}|{other}|") > columns():
            lines[-1] += "|"
            lines.append(" " * 6 + other)
        else:
            lines[-1] += f"|{other}"
    return lines


def language_option(function: Function) -> Function:
    return click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help="option.lang")(function)


def shared_options(function: Function) -> Function:
    """`--quiet` and `--lang`, the same on every command."""
    return click.option("-q", "--quiet", is_flag=True, help="option.quiet")(language_option(function))


def password_option(function: Function) -> Function:
    return click.option("--password", metavar="text", help="option.password")(function)


def output_option(help_key: str) -> Callable[[Function], Function]:
    return click.option("-o", "--output", metavar="path", help=help_key)


def format_option(*names: str) -> Callable[[Function], Function]:
    return click.option("--format", "format_name", type=click.Choice(names), help="option.format")


class Misuse(click.UsageError):
    """Wrong usage that a command itself finds; its message is already in the chosen language."""


def usage_line(error: click.UsageError) -> str:
    """A usage error as one line in the chosen language, with what to do."""
    path = error.ctx.command_path if error.ctx else "duizhao"
    return text("usage.line", path=path, what=_what(error))


def _what(error: click.UsageError) -> str:
    match error:
        case Misuse():
            return error.message
        case click.NoSuchOption(option_name=name, possibilities=near):
            hint = text("usage.meant", name=near[0]) if near else text("usage.see_page")
            return text("usage.no_option", name=name) + hint
        case click.BadOptionUsage(option_name=name):
            return text("usage.option_value", name=name)
        case click.MissingParameter(param=click.Parameter() as param):
            return text("usage.missing", name=_name(param))
        case click.BadParameter(param=click.Parameter() as param):
            return _what_of(param)
        case _:
            return text("usage.other")


def _what_of(param: click.Parameter) -> str:
    """What a parameter takes, where something else was given."""
    match param.type:
        case click.Choice(choices=choices):
            return text("usage.choice", name=_name(param), choices=", ".join(str(choice) for choice in choices))
        case click.IntRange(min=least, max=None):
            return text("usage.number_from", name=_name(param), low=least)
        case click.IntRange(min=least, max=most):
            return text("usage.number_between", name=_name(param), low=least, high=most)
        case click.types.IntParamType() | click.types.FloatParamType():
            return text("usage.number", name=_name(param))
        case _:
            return text("usage.value", name=_name(param))


def _name(param: click.Parameter) -> str:
    """As a user knows it: an option by its long name, an argument by its word on the help page."""
    return param.opts[-1] if isinstance(param, click.Option) else text(f"argument.{param.name}")
