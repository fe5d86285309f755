"""The program that a property developer's on-site sales centre (售楼处) runs on."""

__version__ = "0.1.0"
