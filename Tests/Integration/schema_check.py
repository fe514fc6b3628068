# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Tells for each policy file whether the JSON schema accepts it.

Usage: schema_check.py SCHEMA FILE...

Prints one JSON object: the verdict per file, "accepts", "rejects" or "unreadable", with the schema's complaints. The
YAML is read by the core schema of YAML 1.2, as editors do, not by PyYAML's YAML 1.1: `no` is a text and a date is one.
"""

import json
import re
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema, without its rarer spellings of booleans and numbers."""

    yaml_implicit_resolvers = {}


def resolve(tag, pattern, first):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


resolve("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""])
resolve("bool", r"^(?:true|false)$", "tf")
resolve("int", r"^[-+]?[0-9]+$", "-+0123456789")
resolve("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789")


def unique_keys(loader, node):
    """A mapping; YAML lets a key stand in it only once, which PyYAML does not check."""
    keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key} is there twice", node.start_mark)
    yield from yaml.SafeLoader.construct_yaml_map(loader, node)


CoreLoader.add_constructor("tag:yaml.org,2002:map", unique_keys)
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
CoreLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def verdict(validator, path):
    try:
        with open(path, encoding="utf-8") as file:
            document = yaml.load(file, Loader=CoreLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return {"verdict": "unreadable", "complaints": [str(error)]}
    complaints = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
    return {"verdict": "rejects" if complaints else "accepts", "complaints": complaints}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    json.dump({path: verdict(validator, path) for path in sys.argv[2:]}, sys.stdout)


if __name__ == "__main__":
    main()
