"""`python -m factloom`."""

from factloom.cli import main

if __name__ == "__main__":
    main()
