"""Facts on disk: immutable snapshots, one of which holds."""

from headway.facts.store.keeping import NothingStoredError, NothingToUndoError, Store
from headway.facts.store.snapshots import Kept, Snapshot

__all__ = ["Kept", "NothingStoredError", "NothingToUndoError", "Snapshot", "Store"]
