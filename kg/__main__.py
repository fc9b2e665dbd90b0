"""`kg` and `python -m kg`: the command line."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from kg.cli import run

    run()


if __name__ == "__main__":
    main()
