#!/usr/bin/env bash
# Installs the peers' packages into .venv beside run.py. Nothing else of the benchmark needs them.
set -euo pipefail
cd "$(dirname "$0")/.."
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r peers/requirements.txt
.venv/bin/pip list --disable-pip-version-check 2>/dev/null
