"""The desk: what every page of a deed is furnished with, whatever room it belongs to."""
