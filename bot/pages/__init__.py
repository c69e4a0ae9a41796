"""What people see: replies, sources and the log as pages of plain data, within Discord's limits."""

from bot.pages.phrases import date_line, foot, why_not

__all__ = ["date_line", "foot", "why_not"]
