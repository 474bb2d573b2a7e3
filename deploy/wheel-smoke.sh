#!/bin/sh
# Builds the wheel and tries it where no source is near: content, migrations and the page are inside, tests are not.
# usage: wheel-smoke.sh PYTHON   (a Python of a virtual environment that has the locked requirements)
set -eu
python=$1
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m pip wheel -q --no-deps -w "$work/wheel" "$here"
"$python" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --require-hashes -r "$here/requirements.lock"
"$work/venv/bin/pip" install -q --no-deps "$work"/wheel/starling-*.whl
cd "$work"
"$work/venv/bin/python" - <<'PY'
import importlib.util
from importlib.resources import files

assert importlib.util.find_spec("tests") is None, "tests are in the wheel"
for package, path in [
    ("content", "questions"),
    ("content", "scoring"),
    ("storage", "migrations/env.py"),
    ("adapters.local", "static/index.html"),
]:
    found = files(package).joinpath(path)
    assert found.is_dir() or found.is_file(), f"{package} lacks {path}"
PY
"$work/venv/bin/starling" content check
"$work/venv/bin/starling" demo --script >"$work/transcript"
cmp "$work/transcript" "$here/docs/a-day.txt"
echo "the wheel works on its own"
