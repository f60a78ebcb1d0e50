"""Naive: rows whose names are equal in small letters are one person."""

from listing import read, told, write

if __name__ == "__main__":
    asked = told()
    rows = read(asked.rows)
    write(
        asked.out,
        ids=[row["row_id"] for row in rows],
        clusters={1: [" ".join(row["name"].casefold().split()) for row in rows]},
    )
