"""What the program remembers of the person's taste: theme, language, window, last tab. It can never block a start."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QStandardPaths

from gradviz.app.json_file import UnreadableFileError, read_json, set_aside, write_json

VERSION = 1
THEMES = ("system", "light", "dark")
LANGUAGES = ("en", "zh_CN")


@dataclass(frozen=True, slots=True)
class Settings:
    """The preferences. An empty `language` follows the system; `geometry` is Qt's, in base64."""

    theme: str = "system"
    language: str = ""
    presentation: bool = False
    tab: str = ""
    geometry: str = ""
    started_before: bool = False

    @property
    def spoken_language(self) -> str:
        """The language to use: the one chosen, else the system's, else English."""
        if self.language in LANGUAGES:
            return self.language
        return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def config_folder() -> Path:
    """Where settings live; GRADVIZ_HOME, if set, holds everything the program writes by itself."""
    return _home("config") or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))


def data_folder() -> Path:
    """Where the unsaved session lives."""
    return _home("data") or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def _home(name: str) -> Path | None:
    home = os.environ.get("GRADVIZ_HOME")
    return Path(home) / name if home else None


def settings_file() -> Path:
    return config_folder() / "settings.json"


def load_settings() -> tuple[Settings, str]:
    """The settings, and a sentence if the file could not be used; it is then set aside and the defaults hold."""
    path = settings_file()
    try:
        data = read_json(path, VERSION)
    except UnreadableFileError as error:
        try:
            aside = set_aside(path)
        except OSError:
            return Settings(started_before=True), str(error)
        return Settings(started_before=True), f"{error} → {aside.name}"
    except Exception as error:  # noqa: BLE001  # whatever a settings file can be, the program starts
        return Settings(started_before=True), str(error)
    return (Settings(), "") if data is None else (_from_data(data), "")


def save_settings(settings: Settings) -> str:
    """Writes the settings; returns a sentence if it could not."""
    try:
        write_json(settings_file(), {"version": VERSION} | asdict(settings))
    except OSError as error:
        return str(error)
    return ""


def _from_data(data: dict[str, Any]) -> Settings:
    """Takes each value that has the right type, and the default for the others."""
    defaults = Settings()
    known = {field.name: data[field.name] for field in fields(Settings) if field.name in data}
    taken: dict[str, Any] = {n: v for n, v in known.items() if type(v) is type(getattr(defaults, n))}
    if taken.get("theme") not in THEMES:
        taken.pop("theme", None)
    return replace(defaults, **taken)
