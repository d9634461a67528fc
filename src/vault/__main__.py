"""``python -m vault``: the same as the ``vault`` command."""

from vault.cli import main

if __name__ == "__main__":
    main()
