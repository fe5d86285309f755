"""Start the sales centre; `python main.py --help` lists its other doors."""

import sys

from salescenter.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
