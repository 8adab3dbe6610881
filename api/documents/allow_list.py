"""The allow list: with a manifest of registered operations, the gateway executes only those.

The manifest has Apollo's format (apollo-persisted-query-manifest, version 1). A client sends the id of an operation, as
the digest of a persisted query, or its whole text, in which white space, commas and comments may differ.
"""

from pathlib import Path
from typing import Literal

from graphql import GraphQLError, strip_ignored_characters
from pydantic import BaseModel, ConfigDict, ValidationError

from api.documents.request import GraphQLRequest
from api.errors import RequestError
from graph.errors import SettingsError
from graph.files.paths import open_output, read_input, shown

from .cache import DocumentRejected, Documents
from .persisted import digest_of


class Operation(BaseModel):
    """An operation of a manifest."""

    model_config = ConfigDict(frozen=True)

    id: str
    """SHA-256 of the body in hex."""
    name: str
    type: Literal["query", "mutation", "subscription"]
    body: str


class Manifest(BaseModel):
    """Apollo's manifest."""

    model_config = ConfigDict(frozen=True)

    format: Literal["apollo-persisted-query-manifest"] = "apollo-persisted-query-manifest"
    version: Literal[1] = 1
    operations: tuple[Operation, ...]


class RegisteredOperations:
    """The documents of a manifest."""

    def __init__(self, manifest: Manifest) -> None:
        self._by_id = {operation.id.lower(): operation.body for operation in manifest.operations}
        self._by_text = {strip_ignored_characters(body): body for body in self._by_id.values()}
        self._longest = max((len(body) for body in self._by_id.values()), default=0)

    def __len__(self) -> int:
        return len(self._by_id)

    def text(self, request: GraphQLRequest) -> str:
        """The registered document that the request names. Raises RequestError if there is none."""
        found = self._known(request.text) if request.text is not None else self._by_id.get(request.digest or "")
        if found is None:
            message = (
                "this operation is not registered, and only registered ones are accepted: put it into the folder of "
                "operations, run `jointcredit register` on that, and start again with JOINTCREDIT_OPERATIONS naming "
                "what it wrote"
            )
            raise RequestError(403, "OPERATION_NOT_REGISTERED", message)
        return found

    def keep(self, request: GraphQLRequest) -> None:
        """Do nothing: the list does not change while the gateway runs."""

    def _known(self, text: str) -> str | None:
        if digest_of(text) in self._by_id:
            return self._by_id[digest_of(text)]
        # A text that is much longer than every registered one is not parsed.
        if len(text) > 4 * self._longest:
            return None
        try:
            return self._by_text.get(strip_ignored_characters(text))
        except GraphQLError:
            return None


def read_manifest(path: Path, documents: Documents) -> Manifest:
    """Read a manifest. Raises SettingsError if it is invalid, or holds an operation that does not fit the schema."""
    where = f"JOINTCREDIT_OPERATIONS: {shown(path)}"
    try:
        manifest = Manifest.model_validate_json(read_input(path))
    except OSError as error:
        raise SettingsError(
            f"{where} cannot be read ({error.strerror}): name what `jointcredit register` wrote"
        ) from None
    except ValidationError as error:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"])
        raise SettingsError(
            f"{where} is no manifest of operations ({place or 'the file'}: {problem['msg']}): write it with "
            "`jointcredit register`"
        ) from None
    for operation in manifest.operations:
        if operation.id.lower() != digest_of(operation.body):
            raise SettingsError(
                f"{where}: the id of the operation {operation.name} is not the SHA-256 of its body: register it again"
            )
        try:
            documents.prepare(operation.body)
        except DocumentRejected as refused:
            raise SettingsError(
                f"{where}: the operation {operation.name} cannot be executed ({refused}): correct and register it again"
            ) from None
    return manifest


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest atomically. Raises FileError if it cannot be written, OSError if a disk is full."""
    with open_output(path, "the manifest") as file:
        file.write(manifest.model_dump_json(indent=2) + "\n")
