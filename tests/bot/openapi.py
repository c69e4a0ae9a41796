"""Checks requests against Discord's own description of its API, an OpenAPI 3.1 document."""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from collections.abc import Mapping

DESCRIPTION = Path(__file__).parents[2] / ".." / "shared" / "discord" / "openapi.json"
DOCUMENT = "urn:discord"
JSON = "application/json"


class InvalidRequestError(AssertionError):
    """A request that Discord does not describe, or describes otherwise."""


class Description:
    """What the file at `path` says of each method and path; read when it is first asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._validators: dict[str, Draft202012Validator] = {}

    def check(self, method: str, path: str, *, params: Mapping[str, Any] | None, body: Any | None) -> None:
        """Raise InvalidRequestError unless such a request is described and its parameters and body are valid."""
        template = self._template(method, path)
        operation = f"/paths/{template.replace('~', '~0').replace('/', '~1')}/{method.lower()}"
        described = self._document["paths"][template][method.lower()]
        where = f"{method} {template}"
        self._check_parameters(where, template, described, params or {})
        if body is None:
            return
        if JSON not in described.get("requestBody", {}).get("content", {}):
            raise InvalidRequestError(f"{where} takes no JSON body, and was sent {body!r}.")
        validator = self._validator(f"{operation}/requestBody/content/application~1json/schema")
        error = best_match(validator.iter_errors(body))
        if error:
            raise InvalidRequestError(f"{where}: {error.json_path}: {error.message}")

    def _check_parameters(
        self, where: str, template: str, described: Mapping[str, Any], params: Mapping[str, Any]
    ) -> None:
        listed = [*self._document["paths"][template].get("parameters", []), *described.get("parameters", [])]
        known = {parameter["name"] for parameter in listed if parameter["in"] == "query"}
        if unknown := set(params) - known:
            raise InvalidRequestError(f"{where} has no parameters {sorted(unknown)}.")

    def _template(self, method: str, path: str) -> str:
        for pattern, template in self._templates:
            if pattern.fullmatch(path) and method.lower() in self._document["paths"][template]:
                return template
        raise InvalidRequestError(f"{method} {path} is not a request that Discord describes.")

    def _validator(self, pointer: str) -> Draft202012Validator:
        if pointer not in self._validators:
            schema = {"$ref": f"{DOCUMENT}#{pointer}"}
            self._validators[pointer] = Draft202012Validator(schema, registry=self._registry)
        return self._validators[pointer]

    @cached_property
    def _document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.path.read_bytes())
        return document

    @cached_property
    def _registry(self) -> Registry[Any]:
        registry: Registry[Any] = Registry()
        described: Registry[Any] = registry.with_resource(DOCUMENT, DRAFT202012.create_resource(self._document))
        return described

    @cached_property
    def _templates(self) -> list[tuple[re.Pattern[str], str]]:
        """Each path as a pattern; those with fewer places to fill in come first, as "@me" before "{user_id}"."""
        templates = sorted(self._document["paths"], key=lambda template: template.count("{"))
        return [
            (re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))), template) for template in templates
        ]
