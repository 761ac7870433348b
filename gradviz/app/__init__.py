"""The program: application, window, menus, settings, sessions, command line."""

import sys

if sys.platform == "win32":
    # with torch >= 2.9 on Windows, importing torch after Qt fails: pytorch #166628. It can go with that issue.
    import torch  # noqa: F401
