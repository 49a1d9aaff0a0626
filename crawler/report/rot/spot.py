"""A spot, as services name it that show findings beside the lines of a repository."""

from pathlib import Path


def relative(path: Path) -> str:
    """Return a path as it is in the repository that a run was started in, with slashes; one outside stays as it is."""
    try:
        return path.absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
