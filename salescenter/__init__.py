"""The program that a property developer's on-site sales centre (售楼处) runs on."""

import os

__version__ = "0.1.0"

# What libraries would write into the environment when a lane first needs them stands there before there is a lane:
# a C library reads the environment without a lock, and Qt asks it for the language of every file it names.
os.environ.setdefault("OPENBLAS_MAIN_FREE", "1")  # numpy
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # pypinyin: characters take 50 ms and 11 MB, phrases 220 and 55
