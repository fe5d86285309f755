"""Start the sales centre; `python main.py --help` lists its other doors."""

import gc
import sys

gc.disable()  # what is made before the first window stands stays; whoever goes on switches it on again

from salescenter.app import main  # noqa: E402  after the line above, which speeds it

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
