"""The corpus: posts in memory or in Parquet parts, with one face for both."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from discourse.corpus import store
from discourse.corpus.remote import with_copies
from discourse.corpus.urls import is_url, refuse_url
from discourse.errors import ParameterError
from discourse.tables import POSTS, REJECTS

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


class Corpus:
    """Posts that came in at the door.

    Made by :func:`discourse.read_posts`, :meth:`load` or :meth:`from_pandas`, not by hand.

    Parameters
    ----------
    parts : sequence of DataFrame or path
        Posts tables, or the Parquet files that hold them, in order.
    sizes : sequence of int
        Rows of each part.
    card : dict
        How the posts were found: source, keywords, caps, licence.
    counts : dict
        ``read``, ``kept``, ``duplicates``, ``rejected``, ``files`` and more.
    rejects : list of dict
        Rows of :data:`discourse.tables.REJECTS`.
    key_id : str
        Name of the key behind the pseudonyms.
    """

    def __init__(
        self,
        parts: Sequence[pd.DataFrame | Path],
        sizes: Sequence[int],
        *,
        card: dict[str, Any] | None = None,
        counts: dict[str, Any] | None = None,
        rejects: list[dict[str, Any]] | None = None,
        key_id: str | None = None,
    ) -> None:
        self._parts, self._sizes = list(parts), list(sizes)
        self.card: dict[str, Any] = dict(card or {})
        n = sum(sizes)
        self.counts: dict[str, Any] = counts or {
            "read": n, "kept": n, "duplicates": 0, "rejected": 0, "files": []
        }  # fmt: skip
        self._rejects = list(rejects or [])
        self.key_id = key_id
        self._fingerprint: str | None = None

    @classmethod
    def from_pandas(
        cls,
        frame: pd.DataFrame,
        *,
        key: bytes | None = None,
        pseudonymous: bool = False,
        platform: str | None = None,
        timezone: str | None = None,
        card: dict[str, Any] | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> Corpus:
        """Make a corpus of a table.

        Parameters
        ----------
        frame : DataFrame
            At least ``text``; further columns as in :data:`discourse.tables.POSTS`, others become docvars.
            Where a field is missing and a column looks like it (``author_id``), a warning says so.
        key : bytes, optional
            The project key.  Default: :func:`discourse.corpus.keys.project_key`, if there are authors.
        pseudonymous : bool, default False
            True if ``author`` holds pseudonyms already; else they are made.
        platform : str, optional
            For posts that name none.
        timezone : str, optional
            IANA name of the zone of times that state none; without it they count as UTC, flagged
            ``zone-assumed``.
        card : dict, optional
            How the posts were found.
        mapping : dict of str to str, optional
            Our field to your column, ``{"author": "author_id", "created_at": "created"}``, as in
            :func:`discourse.read_posts`.

        Returns
        -------
        Corpus
            In memory.  Texts are masked, languages and hashtags found where missing, copies marked.

        Raises
        ------
        ParameterError
            If there is no column ``text``, ids repeat, a column cannot have its dtype, or `mapping` names a
            field or column that is not there.

        Examples
        --------
        >>> import pandas as pd
        >>> posts = pd.DataFrame({"text": ["call me at 13812345678", "欢迎"], "author": ["ann", "bo"]})
        >>> corpus = Corpus.from_pandas(posts, key=b"a key for examples")
        >>> corpus.to_pandas(["text", "lang", "kind"]).values.tolist()
        [['call me at [phone]', 'en', 'post'], ['欢迎', 'zh-Hans', 'post']]
        """
        from discourse.corpus.frames import admit_frame, named_columns
        from discourse.corpus.keys import key_id, project_key

        frame = named_columns(frame, mapping)
        named = "author" in frame.columns and not pseudonymous
        secret = key if key is not None or not named else project_key()
        posts = admit_frame(
            frame, key=secret, pseudonymous=pseudonymous, platform=platform, timezone=timezone
        )
        starts = range(0, len(posts), store.PART_ROWS)
        parts = [posts.iloc[i : i + store.PART_ROWS].reset_index(drop=True) for i in starts]
        return cls(
            parts, [len(p) for p in parts], card=card, key_id=key_id(secret) if secret is not None else None
        )

    @classmethod
    def load(cls, folder: str | Path) -> Corpus:
        """Open an imported corpus; parts are read when they are needed.

        Parameters
        ----------
        folder : path or url
            Where :meth:`save` or ``discourse import`` wrote it; what lies at a url is copied.

        Returns
        -------
        Corpus
            On disk.

        Raises
        ------
        ImportFailed
            If it is not a corpus, or damaged.
        """
        from discourse.corpus.card import card_dict

        if is_url(folder):
            return with_copies([folder], lambda paths: cls.load(paths[0]))
        place = Path(folder)
        manifest = store.read_manifest(place)
        out = cls(
            [place / "posts" / part["file"] for part in manifest["parts"]],
            [part["rows"] for part in manifest["parts"]],
            card=card_dict(place, manifest["card"]),
            counts=manifest["counts"],
            rejects=store.read_rejects(place / "rejects.csv"),
            key_id=manifest["key_id"],
        )
        out._fingerprint = manifest["fingerprint"]
        return out

    def save(self, folder: str | Path) -> Path:
        """Write the corpus as Parquet parts; nothing is left half-written.

        Parameters
        ----------
        folder : path
            A new folder, or one with a corpus, which is replaced.

        Returns
        -------
        pathlib.Path
            The folder.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        refuse_url(folder, "folder")
        place = Path(folder)
        with store.replacing(place) as work:
            store.write_corpus(
                work,
                self.parts(),
                card=self.card,
                counts=self.counts,
                rejects=self._rejects,
                key_id=self.key_id,
            )
        return place

    def parts(self, columns: list[str] | None = None) -> Iterator[pd.DataFrame]:
        """Give the posts part by part, in order.

        Parameters
        ----------
        columns : list of str, optional
            Only these.

        Yields
        ------
        DataFrame
            At most 20,000 posts.
        """
        for part in self._parts:
            yield _open(part, columns)

    def map_parts(self, function: Callable[[pd.DataFrame], T], *, workers: int = 1) -> list[T]:
        """Apply a pure function to each part, here or in several processes.

        Parameters
        ----------
        function : callable
            Takes a posts table, gives a result; must not depend on anything else.
        workers : int, default 1
            Processes; the results are the same whatever their number.

        Returns
        -------
        list
            One result a part, in order.

        Raises
        ------
        ParameterError
            If `workers` is below 1.
        """
        if workers < 1:
            raise ParameterError(f"workers is {workers}", expected="1 or more")
        if workers == 1 or len(self._parts) < 2:
            return [function(_open(part, None)) for part in self._parts]
        from joblib import Parallel, delayed

        return list(Parallel(n_jobs=workers)(delayed(_apply)(function, part) for part in self._parts))

    def to_pandas(self, columns: list[str] | None = None) -> pd.DataFrame:
        """Give all posts as one table.

        Parameters
        ----------
        columns : list of str, optional
            Only these, in this order.

        Returns
        -------
        DataFrame
            As :data:`discourse.tables.POSTS`, in the order of files and lines.

        Raises
        ------
        ParameterError
            If a column is not in the table.
        """
        import pandas as pd

        unknown = [name for name in columns or [] if name not in POSTS.names]
        if unknown:
            raise ParameterError(
                f"posts have no column {', '.join(unknown)}", expected=", ".join(POSTS.names)
            )
        frames = list(self.parts(columns))
        if not frames:
            empty = POSTS.empty()
            return empty if columns is None else empty[columns]
        return frames[0].copy() if len(frames) == 1 else pd.concat(frames, ignore_index=True)

    def filter(self, mask: Any) -> Corpus:
        """Keep the posts for which a mask is true.

        Parameters
        ----------
        mask : array-like of bool, shape (n_posts,), or callable
            In the order of :meth:`to_pandas`; a callable gets each part and returns its mask.  NA is false.

        Returns
        -------
        Corpus
            In memory; its counts say how many were left out.

        Raises
        ------
        ParameterError
            If the mask has another length.
        """
        import pandas as pd

        whole = None if callable(mask) else pd.Series(mask, dtype="boolean").reset_index(drop=True)
        if whole is not None and len(whole) != len(self):
            raise ParameterError(f"the mask has {len(whole)} values", expected=f"{len(self)}, one a post")
        parts, start = [], 0
        for part in self.parts():
            chosen = mask(part) if whole is None else whole.iloc[start : start + len(part)]
            keep = pd.Series(chosen, dtype="boolean").fillna(False).to_numpy(dtype=bool)
            start += len(part)
            parts.append(part[keep].reset_index(drop=True))
        kept = sum(map(len, parts))
        counts = {**self.counts, "filtered_out": self.counts.get("filtered_out", 0) + len(self) - kept}
        return Corpus(
            parts,
            [len(p) for p in parts],
            card=self.card,
            counts=counts,
            rejects=self._rejects,
            key_id=self.key_id,
        )

    @property
    def rejects(self) -> pd.DataFrame:
        """Records that could not be read, with the reason (:data:`discourse.tables.REJECTS`)."""
        import pandas as pd

        return REJECTS.conform(pd.DataFrame(self._rejects, columns=REJECTS.names))

    @property
    def fingerprint(self) -> str:
        """SHA-256 over all posts, whatever files and parts they lie in."""
        if self._fingerprint is None:
            digest = hashlib.sha256()
            for part in self.parts():
                digest.update(store.content(part))
            self._fingerprint = digest.hexdigest()
        return self._fingerprint

    def __len__(self) -> int:
        return sum(self._sizes)

    def __repr__(self) -> str:
        c = self.counts
        return (
            f"<Corpus of {len(self):,} posts: read {c['read']:,} = kept {c['kept']:,} + duplicates "
            f"{c['duplicates']:,} + rejected {c['rejected']:,}>"
        )

    def _repr_html_(self) -> str:
        head = next(self.parts(), POSTS.empty()).head(5)
        shown = head[["post_id", "kind", "lang", "created_at", "text"]]
        return f"<p>{html.escape(repr(self))}</p>" + shown.to_html(index=False, escape=True, na_rep="NA")


def _open(part: pd.DataFrame | Path, columns: list[str] | None) -> pd.DataFrame:
    if isinstance(part, Path):
        return store.read_part(part, columns)
    return part if columns is None else part[columns]


def _apply(function: Callable[[pd.DataFrame], T], part: pd.DataFrame | Path) -> T:
    return function(_open(part, None))
