"""Scenarios that come with shamcrowd: data only, one YAML file each."""
