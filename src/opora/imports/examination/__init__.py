"""What a file that is kept and given on to colleagues may not carry; asked in a child process by `core.examination`."""
