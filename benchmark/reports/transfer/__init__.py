"""The page of ``shamcrowd transfer``."""
