"""python -m gradviz."""

import sys

from gradviz.app.application import main

if __name__ == "__main__":
    sys.exit(main())
