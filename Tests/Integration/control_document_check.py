# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Holds documents to the schemas of an OpenAPI description.

Usage: control_document_check.py DESCRIPTION SCHEMA=FILE...

Prints a line for each complaint and ends with 1 if there is any.
"""

import json
import sys

import jsonschema
import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    components = yaml.safe_load(file)["components"]

complaints = []
for argument in sys.argv[2:]:
    name, path = argument.split("=", 1)
    schema = {"$ref": f"#/components/schemas/{name}", "components": components}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    complaints += [f"{name}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]

print("\n".join(complaints))
sys.exit(1 if complaints else 0)
