"""Takes uploads while they arrive: to disk, counted, and no further than the limit."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from headway.cycle import uploads
from headway.interfaces.web.border import viewer_on
from headway.terms.access import Permission, allows

# Beyond this nobody waits for the sentence: the connection is cut.
_CUT_AT_BYTES = 5 * uploads.MAX_BYTES


class CountedUploadHandler(TemporaryFileUploadHandler):
    """Streams each file to disk and stops writing at the limit for all of one form.

    Of those who may not bring data nothing is written at all: forms are read before any permission.
    What comes after it is read and thrown away, so that the page with the reason can be shown.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._arrived_bytes = 0

    def new_file(
        self,
        *args: Any,  # noqa: ANN401  Django's own arguments, handed on
        **kwargs: Any,  # noqa: ANN401  as above
    ) -> None:
        """A file begins; the name is Django's."""
        if self.request is None or not allows(viewer_on(self.request), Permission.DATA):
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """One piece of a file; the names are Django's."""
        self._arrived_bytes += len(raw_data)
        if self._arrived_bytes > _CUT_AT_BYTES:
            raise StopUpload(connection_reset=True)
        if self._arrived_bytes > uploads.MAX_BYTES:
            self.file.close()
            _mark(self.request)
            raise SkipFile
        super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """The file, None where it was cut off."""
        return None if is_too_much(self.request) else super().file_complete(file_size)


def is_too_much(request: HttpRequest | None) -> bool:
    """More came than the limit; call it after the form was read."""
    return bool(getattr(request, "is_upload_too_much", False))


def _mark(request: HttpRequest | None) -> None:
    request.is_upload_too_much = True  # type: ignore[union-attr]  # ours, on Django's request
