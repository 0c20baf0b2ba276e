#!/usr/bin/env python3
# Copyright 2026 The Akashi authors. SPDX-License-Identifier: Apache-2.0
"""Checks a dossier: that nothing in it was changed, and since when its contents have existed.

    python3 verify.py [DIR] [--json] [--previous OTHER_DOSSIER_DIR] [--key FINGERPRINT]

DIR is the dossier; without it, the one that this file lies in. Needs Python 3.9 and, for time stamps only, openssl.
Exit codes: 0 all holds, 1 something is wrong, 2 something could not be checked, 3 not a dossier or used wrongly.
The checks and their order are those of section 4 of docs/dossier-format.md; numbers below ("step 1") point there.
"""
import sys

# Python looks for modules beside the script first: a file "json.py" planted in the dossier would be run. Not here.
if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    del sys.path[0]

import argparse
import base64
import hashlib
import json
import math
import os
import re
import stat
import subprocess
import tempfile
import unicodedata
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

MIB = 1 << 20
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
TAG_FILES = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
CONTENTS, CHECKPOINT, KEY = "data/contents.json", "data/proof/checkpoint", "data/proof/ledger.vkey"
EXPORTED, EXPORTED_PROOF = "data/proof/exported.json", "data/proof/exported.tlog-proof"


# ---- What is found ----

class Refused(Exception):
    """Something does not hold. It becomes a finding in `Report.guard`."""


def require(condition):
    if not condition:
        raise Refused()


class Report:
    def __init__(self):
        self.findings, self.exhibits, self.anchors = [], [], []
        self.complete, self.fingerprint, self.previous, self.known = True, None, None, set()

    def add(self, code, path=None):
        if (code, path) not in self.known:  # two anchors may share a file
            self.known.add((code, path))
            self.findings.append((code, path))

    @contextmanager
    def guard(self, code, path=None):
        """Whatever is refused inside the block is a finding with this code; the checks go on after it."""
        try:
            yield
        except Refused:
            self.add(code, path)


# ---- Step 1: the bag. Only files met on this walk are ever opened, so no path can lead out of the folder. ----

# What some system cannot hold in a name, or what plays tricks on the eye; then what Windows keeps for itself.
BAD_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff'
                          '\U000e0000-\U000e0fff/\\\\:*?"<>|%]')
RESERVED = re.compile(r"(CON|PRN|AUX|NUL|(COM|LPT)[0-9])(\..*)?", re.I | re.A | re.S)


def is_good_path(path):
    try:
        path.encode("utf-8")  # fails for names that are not UTF-8 on the disk
    except UnicodeEncodeError:
        return False
    return unicodedata.is_normalized("NFC", path) and all(is_good_name(part) for part in path.split("/"))


def is_good_name(name):
    return not (name == "" or name[0] == " " or name[-1] in " ." or BAD_IN_NAMES.search(name) or RESERVED.fullmatch(name))


def open_plain(path):
    """Opens a file for reading, but never through a link."""
    flags = getattr(os, "O_NOFOLLOW", 0)
    return open(path, "rb", opener=lambda name, mode: os.open(name, mode | flags))


def digest_of(path, start=0, length=None):
    """SHA-256 and size of a file or of some bytes of it, read in pieces: a film may be larger than the memory."""
    digest, size = hashlib.sha256(), 0
    with open_plain(path) as stream:
        stream.seek(start)
        while length is None or size < length:
            block = stream.read(MIB if length is None else min(MIB, length - size))
            if not block:
                break
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


class Files:
    """The plain files of the folder, by path, with digest and size."""

    def __init__(self, root, report):
        self.root, self.found, self.spelling = root, {}, {}  # some systems change the spelling of が in a name
        folders = [""]
        while folders:
            self.walk(folders.pop(), folders, report)

    def walk(self, folder, folders, report):
        names = sorted(os.listdir(os.path.join(self.root, folder)))
        if not names:
            report.add("contents.extra", folder)  # an empty folder is named by nothing and held by no manifest
        for name in names:
            on_disk, path = folder + name, unicodedata.normalize("NFC", folder + name)
            info = os.lstat(os.path.join(self.root, on_disk))
            is_file, is_folder = stat.S_ISREG(info.st_mode), stat.S_ISDIR(info.st_mode)
            if not (is_file or is_folder) or getattr(info, "st_reparse_tag", 0) == 0xA0000003:  # a Windows junction
                report.add("bag.link", path)
                continue
            if not is_good_path(path) or not is_folder and path.lower() in map(str.lower, self.found):
                report.add("bag.path", path)
            if not folder and not (name in TAG_FILES and is_file or name == "data" and is_folder):
                report.add("bag.extra", path)
            if is_folder:
                folders.append(on_disk + "/")
            else:
                self.spelling[path] = os.path.join(self.root, on_disk)
                self.found[path] = digest_of(self.spelling[path])

    def read(self, path, limit=MIB):
        require(path in self.found and self.found[path][1] <= limit)
        with open_plain(self.spelling[path]) as stream:
            data = stream.read(limit + 1)
        if hashlib.sha256(data).hexdigest() != self.found[path][0]:
            raise OSError("a file changed while it was read")
        return data

    def cut(self, path, start, length):
        return digest_of(self.spelling[path], start, length)


def manifest(files, paths):
    lines = [(path.encode("utf-8", "surrogateescape"), files.found[path][0]) for path in paths if path in files.found]
    return b"".join(digest.encode() + b"  " + path + b"\n" for path, digest in sorted(lines))


def check_bag(files, report):
    with report.guard("bag.declaration", "bagit.txt"):
        require(files.read("bagit.txt") == BAGIT)
    payload = [path for path in files.found if path.startswith("data/")]
    with report.guard("bag.manifest", "manifest-sha256.txt"):
        require(files.read("manifest-sha256.txt", 64 * MIB) == manifest(files, payload))
    with report.guard("bag.tagmanifest", "tagmanifest-sha256.txt"):
        require(files.read("tagmanifest-sha256.txt") == manifest(files, TAG_FILES[:3]))


# ---- Reading JSON: one meaning only, or refused ----

def unique(pairs):
    require(len(dict(pairs)) == len(pairs))  # of two values for one key each program may see another one
    return dict(pairs)


def refuse_constant(_):
    raise Refused()  # NaN and Infinity are not JSON


def short_number(text):
    require(len(text) <= 20 and text != "-0")  # all that 64 bits can hold; longer ones take some programs for ever
    return int(text)


def read_json(data):
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=unique, parse_constant=refuse_constant,
                           parse_int=short_number)
    except (ValueError, RecursionError):
        raise Refused() from None
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        require(depth <= 64 and not (isinstance(item, float) and math.isinf(item)))
        if isinstance(item, str):
            require(not re.search("[\ud800-\udfff]", item))  # half a letter
        elif isinstance(item, dict):
            waiting += [(part, depth + 1) for pair in item.items() for part in pair]
        elif isinstance(item, list):
            waiting += [(part, depth + 1) for part in item]
    return value


def fits(value, form):
    """Whether a JSON value has a form: {…} object with these keys, […] array, (…,) may be null or missing."""
    if isinstance(form, dict):
        return isinstance(value, dict) and all(fits(value.get(key), part) for key, part in form.items())
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(part, form[0]) for part in value)
    if isinstance(form, tuple):
        return value is None or fits(value, form[0])
    return form(value)


def TEXT(value): return isinstance(value, str)
def TIME(value): return TEXT(value) and is_time(value)
def COUNT(value): return type(value) is int and 0 <= value < 1 << 64
def SIZE(value): return COUNT(value) and value > 0
def HEX(value): return TEXT(value) and re.fullmatch("[0-9a-f]{64}", value) is not None
def PATH(value): return TEXT(value) and is_good_path(value)
def PART(value): return PATH(value) and "/" not in value


def is_time(text):
    """2026-11-24T01:03:22.123Z: one spelling only."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", text):
        return False
    try:
        return bool(datetime(*map(int, re.findall("[0-9]+", text)[:6])))
    except ValueError:
        return False


ORIGINAL = {"path": PATH, "index": COUNT, "leaf": HEX, "proof": PATH, "entry": PATH}
EXHIBIT = {"number": PART, "index": COUNT, "leaf": HEX, "proof": PATH, "entry": (PATH,), "slice": (PATH,),
           "attachments": [{"path": PATH, "name": TEXT}], "original": (ORIGINAL,)}
ANCHOR = {"size": SIZE, "authority": TEXT, "checkpoint": PATH, "token": PATH, "certificates": PATH, "consistency": PATH}
CONTENTS_FORM = {
    "format": lambda value: value == "akashi-dossier/1", "kind": lambda value: value in ("evidence", "sharing"),
    "origin": TEXT, "receiver": (TEXT,), "made": TIME, "files": [{"path": PATH, "sha256": HEX, "bytes": COUNT}],
    "exhibits": [EXHIBIT], "anchors": [ANCHOR],
    "previous": ({"size": SIZE, "checkpoint": PATH, "consistency": PATH},)}
RECORD = {"source": {"object": HEX, "member": (TEXT,), "offset": COUNT, "length": COUNT, "digest": HEX},
          "attachments": ([{"name": TEXT, "locator": ({"digest": HEX},)}],)}
SEALED = {"digest": HEX, "byteCount": COUNT}


def read_entry(data, kind, form):
    """The body of a ledger entry of this kind (section 3)."""
    entry = read_json(data)
    require(isinstance(entry, dict) and list(entry) == ["v", "kind", "at", "salt", "body"])
    require(data.startswith(b'{"v":1,"kind":"%s","at":"' % kind.encode()))
    require(TIME(entry["at"]) and TEXT(entry["salt"]) and len(base64_bytes(entry["salt"].encode())) == 16)
    require(fits(entry["body"], form))
    return entry["body"]


# ---- Step 2: the table of contents ----

def is_derived(path):
    """Files that are made after the table of contents, so that it cannot hold their digests."""
    return path in (CONTENTS, CHECKPOINT, EXPORTED) or path.endswith((".tlog-proof", ".consistency"))


def named_paths(contents):
    """All that exhibits, anchors and previous name: (path, its ending if it is a proof, the folder it must lie in)."""
    for exhibit in contents["exhibits"]:
        own = "data/exhibits/%s/" % exhibit["number"]
        yield exhibit["proof"], ".tlog-proof", own
        for path in [exhibit.get("entry"), exhibit.get("slice")] + [a["path"] for a in exhibit["attachments"]]:
            if path is not None:
                yield path, None, own
        original = exhibit.get("original")
        if original:  # several exhibits may come from one sealed file
            yield original["proof"], ".tlog-proof", "data/exhibits/"
            yield original["path"], None, "data/exhibits/"
            yield original["entry"], None, "data/exhibits/"
    for anchor in contents["anchors"]:
        yield anchor["token"], None, "data/proof/"
        yield anchor["certificates"], None, "data/proof/"
    for earlier in contents["anchors"] + ([contents["previous"]] if contents.get("previous") else []):
        yield earlier["checkpoint"], None, "data/proof/"
        yield earlier["consistency"], ".consistency", "data/proof/"


def check_contents(files, report):
    with report.guard("contents.unreadable", CONTENTS):
        contents = read_json(files.read(CONTENTS, 64 * MIB))
        with report.guard("contents.format", CONTENTS):
            require(fits(contents, CONTENTS_FORM) and contents["exhibits"])
            listed = {item["path"]: (item["sha256"], item["bytes"]) for item in contents["files"]}
            paths = [item["path"].encode() for item in contents["files"]]
            require(all(before < after for before, after in zip(paths, paths[1:])))
            require("bag-info.txt" in listed)
            for field in ("number", "index"):
                values = [exhibit[field] for exhibit in contents["exhibits"]]
                require(len(set(values)) == len(values))
            require(all(path == "bag-info.txt" or path.startswith("data/") and not is_derived(path) for path in listed))
            named = list(named_paths(contents))
            for path, suffix, folder in named:
                require(path.startswith(folder))
                require(path.endswith(suffix) if suffix else path in listed)
            check_files(files, report, listed, named)
            return contents
    return None


def check_files(files, report, listed, named):
    for path, digest in listed.items():
        if files.found.get(path) != digest:
            report.add("contents.file", path)
    names = {path for path, _, _ in named}
    known = set(listed) | names | set(TAG_FILES) | {CONTENTS, CHECKPOINT, EXPORTED, EXPORTED_PROOF}
    for path in sorted(set(files.found) - known):
        report.add("contents.extra", path)
    for path in listed:  # among the exhibits it would look like evidence, and be none
        if path.startswith("data/exhibits/") and path not in names:
            report.add("contents.extra", path)


# ---- Step 3: the key. Ed25519 as in RFC 8032, strict; slow and plain, which is enough for a few signatures. ----

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ZERO = (0, 1, 1, 0)


def point_add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_times(number, point):
    result = ZERO
    while number:
        if number & 1:
            result = point_add(result, point)
        point, number = point_add(point, point), number >> 1
    return result


def point_bytes(point):
    inverse = pow(point[2], -1, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def point_from(data):
    """The point, or None if the bytes are not the one spelling of a point."""
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or x == 0 and sign:
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_from((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_usable_key(public):
    point = point_from(public)
    return point is not None and point_bytes(point_times(8, point)) != point_bytes(ZERO)  # else all signatures fit


def is_signed(public, message, signature):
    number = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or number >= ORDER or not is_usable_key(public):
        return False
    x, y, z, t = point_from(public)
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    expected = point_add(point_times(number, BASE), point_times(hashed, (P - x, y, z, P - t)))
    return point_bytes(expected) == signature[:32]


def base64_bytes(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused() from None
    require(base64.b64encode(data) == text)
    return data


def groups(digest):
    return " ".join(digest[start:start + 4] for start in range(0, 64, 4))


def check_key(files, report, origin, wanted):
    """(name, the four bytes of its id, the 32 bytes of the key), or None."""
    with report.guard("key.malformed", KEY):
        match = re.fullmatch(rb"([^+\n]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n", files.read(KEY))
        require(match)
        name, data = match[1], base64_bytes(match[3])
        require(len(data) == 33 and data[0] == 1 and is_usable_key(data[1:]))
        identity = hashlib.sha256(name + b"\n" + data).digest()[:4]
        require(identity.hex() == match[2].decode())
        text = name.decode("utf-8", "replace")
        require("\ufffd" not in text and not any(c.isspace() or unicodedata.category(c) == "Cc" for c in text))
        fingerprint = hashlib.sha256(data[1:]).hexdigest()
        report.fingerprint = groups(fingerprint)
        with report.guard("key.other", KEY):
            require(text == origin and wanted in (None, fingerprint))
        return name, identity, data[1:]
    return None


# ---- Steps 4 and 5: the signed checkpoint and the entry that fixes the table of contents ----

HASH = rb"[A-Za-z0-9+/]{43}="
NUMBER = rb"(0|[1-9][0-9]{0,19})"
NOTE = re.compile(rb"(([^\n]+)\n" + NUMBER + rb"\n(" + HASH + rb")\n)\n\xe2\x80\x94 ([^ \n]+) ([A-Za-z0-9+/]{91}=)\n")


def read_note(data, key):
    """(size, root, whether the key signed it). Exactly three lines of text and one signature, or refused."""
    match = NOTE.fullmatch(data)
    require(match and match[2] == key[0] and int(match[3]) < 1 << 64)
    root, blob = base64_bytes(match[4]), base64_bytes(match[6])
    signed = match[5] == key[0] and blob[:4] == key[1] and is_signed(key[2], match[1], blob[4:])
    return int(match[3]), root, signed


def read_proof(data, head, most, checkpoint):
    """The number and the hashes of a .tlog-proof or .consistency file; it ends with the last checkpoint (section 5)."""
    require(data.endswith(checkpoint))
    match = re.fullmatch(head + rb" " + NUMBER + rb"\n((?:" + HASH + rb"\n){0,%d})\n" % most, data[:-len(checkpoint)])
    require(match)
    return int(match[1]), [base64_bytes(line) for line in match[2].split()]


def leaf_hash(data): return hashlib.sha256(b"\0" + data).digest()
def node_hash(left, right): return hashlib.sha256(b"\1" + left + right).digest()


def is_included(leaf, index, size, path, root):
    """RFC 9162 section 2.1.3.2: the leaf stands at this index of the tree with this root."""
    if index >= size:
        return False
    position, last, value = index, size - 1, leaf
    for item in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(item, value)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, item)
        position, last = position >> 1, last >> 1
    return last == 0 and value == root


def is_beginning(old_size, old_root, size, root, path):
    """RFC 9162 section 2.1.4.2: the smaller tree is the beginning of the larger one. Sizes are above 0."""
    if old_size >= size:
        return old_size == size and not path and old_root == root
    if old_size & (old_size - 1) == 0:
        path = [old_root] + path
    if not path:
        return False
    position, last = old_size - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for item in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(item, old), node_hash(item, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, item)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_root and new == root


def check_checkpoint(files, report, key):
    """(the file's bytes, size, root), or None."""
    with report.guard("checkpoint.malformed", CHECKPOINT):
        data = files.read(CHECKPOINT)
        size, root, signed = read_note(data, key)
        require(size > 0)
        if signed:
            return data, size, root
        report.add("checkpoint.signature", CHECKPOINT)
    return None


def prove(files, path, index, leaf, last):
    head = rb"c2sp\.org/tlog-proof@v1\nindex"
    found, hashes = read_proof(files.read(path), head, 64, last[0])
    require(found == index and is_included(leaf, index, last[1], hashes, last[2]))


def check_exported(files, report, contents, last):
    with report.guard("exported.entry", EXPORTED):
        data = files.read(EXPORTED, 64 * MIB)
        with report.guard("exported.proof", EXPORTED_PROOF):
            prove(files, EXPORTED_PROOF, last[1] - 1, leaf_hash(data), last)
        body = read_entry(data, "exported", {"contents": HEX, "kind": TEXT, "receiver": (TEXT,)})
        require(body["contents"] == files.found[CONTENTS][0])
        require(body["kind"] == contents["kind"] and body.get("receiver") == contents.get("receiver"))


# ---- Step 6: the exhibits ----

def check_exhibits(files, report, contents, last):
    for exhibit in contents["exhibits"]:
        with report.guard("exhibit.proof", exhibit["proof"]):
            prove(files, exhibit["proof"], exhibit["index"], bytes.fromhex(exhibit["leaf"]), last)
        if contents["kind"] == "evidence":
            check_record(files, report, exhibit, last)
        elif exhibit["attachments"] or any(exhibit.get(role) for role in ("entry", "slice", "original")):
            report.add("exhibit.sharing", "data/exhibits/" + exhibit["number"])


def check_record(files, report, exhibit, last):
    record = None
    with report.guard("exhibit.entry", exhibit.get("entry")):
        data = files.read(exhibit.get("entry"), 64 * MIB)
        require(leaf_hash(data).hex() == exhibit["leaf"])
        record = read_entry(data, "record", RECORD)
    if record is None:
        return
    source = record["source"]
    if exhibit.get("slice"):
        with report.guard("exhibit.slice", exhibit["slice"]):
            require(files.found.get(exhibit["slice"]) == (source["digest"], source["length"]))
    kept = iter([(a["name"], a["locator"]["digest"]) for a in record.get("attachments") or [] if a.get("locator")])
    for attachment in exhibit["attachments"]:
        with report.guard("exhibit.attachment", attachment["path"]):
            digest = files.found.get(attachment["path"], ("", 0))[0]
            require(any(item == (attachment["name"], digest) for item in kept))  # in the record's own order
    if exhibit.get("original"):
        with report.guard("exhibit.original", exhibit["original"]["path"]):
            check_original(files, exhibit["original"], source, last)


def check_original(files, original, source, last):
    data = files.read(original["entry"], 64 * MIB)
    require(leaf_hash(data).hex() == original["leaf"])
    prove(files, original["proof"], original["index"], leaf_hash(data), last)
    sealed = read_entry(data, "sealed", SEALED)
    require(files.found.get(original["path"]) == (sealed["digest"], sealed["byteCount"]))
    require(sealed["digest"] == source["object"])
    if source.get("member") is None:  # cut the record's bytes out again; inside an archive that needs its own tools
        require(source["offset"] + source["length"] <= sealed["byteCount"])
        require(files.cut(original["path"], source["offset"], source["length"]) == (source["digest"], source["length"]))


# ---- Steps 7 and 8: time stamps and the earlier dossier ----

def find_openssl(dossier):
    """(program, major version), or None. LibreSSL does not count: it cannot judge certificates as of earlier."""
    usual = ["/opt/homebrew/opt/openssl/bin", "/usr/local/opt/openssl/bin",
             r"C:\Program Files\Git\usr\bin", r"C:\Program Files\Git\mingw64\bin"]
    for folder in os.environ.get("PATH", "").split(os.pathsep) + usual:
        program = os.path.join(folder, "openssl.exe" if os.name == "nt" else "openssl")
        # Never a program that lies in the dossier or, by a relative path, in the folder one happens to be in.
        is_own = os.path.realpath(program).startswith(dossier + os.sep)
        if os.path.isabs(folder) and os.path.isfile(program) and not is_own:
            try:
                said = subprocess.run([program, "version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
            except (OSError, subprocess.SubprocessError):
                continue
            version = re.match(rb"OpenSSL (1(?=\.1\.)|[3-9]|[1-9]\d)\.", said.stdout)
            if version:
                return program, int(version[1])
    return None


class Scratch:
    """A folder for the files that openssl needs, and a way to ask openssl about them."""

    def __init__(self, openssl, folder):
        self.program, self.folder = openssl[0], folder

    def put(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)

    def put_pem(self, name, certificates):
        head, foot = b"-----BEGIN CERTIFICATE-----\n", b"-----END CERTIFICATE-----\n"
        self.put(name, b"".join(head + base64.encodebytes(data) + foot for data in certificates))

    def ask(self, *arguments):
        result = subprocess.run([self.program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                                cwd=self.folder)
        require(result.returncode == 0)
        return result.stdout.decode("utf-8", "replace")


def pem_certificates(data):
    kinds = re.findall(rb"-----BEGIN ([^-\n]*)-----", data)
    blocks = re.findall(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----", data)
    require(blocks and kinds == [b"CERTIFICATE"] * len(blocks))
    return [base64_bytes(b"".join(block.split())) for block in blocks]


def is_whole_der(data):
    """Whether the file is one DER value and nothing after it; openssl would read over what follows."""
    if len(data) < 2 or data[0] != 0x30 or data[1] == 0x80:
        return False
    count = data[1] & 0x7F if data[1] & 0x80 else 0
    length = int.from_bytes(data[2:2 + count], "big") if count else data[1]
    return 2 + count + length == len(data)


def read_token(scratch, digest):
    """The time in the token. A fraction of a second is rounded up: "before" must not claim too much."""
    # The answer's head is not signed and may hold any words, even a line "Time stamp:". So take the token out first.
    scratch.ask("ts", "-reply", "-in", "response", "-token_out", "-out", "token")
    text = scratch.ask("ts", "-reply", "-in", "token", "-token_in", "-text")
    dump = re.findall(r"^ +[0-9a-f]{4} - ((?:[0-9a-f]{2}[ -]){1,16})", text.split("Serial number:")[0], re.M)
    algorithm = re.search(r"^Hash Algorithm: (\S+)\s*$", text, re.M)
    require(algorithm and algorithm[1] == "sha256" and re.sub("[ -]", "", "".join(dump)) == digest)
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    when = re.search(r"^Time stamp: (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)(\.\d+)? (\d{4}) GMT\s*$", text, re.M)
    require(when and when[1] in months)
    time = datetime(int(when[7]), months.index(when[1]) + 1, *map(int, when.group(2, 3, 4, 5)), tzinfo=timezone.utc)
    return time + timedelta(seconds=1 if when[6] else 0), str(int(time.timestamp()))


def sort_certificates(scratch, pem):
    """Roots are those that name themselves as issuer; the others only help to build the chain."""
    roots, helpers = [], []
    for certificate in pem_certificates(pem):
        scratch.put_pem("certificate", [certificate])
        names = scratch.ask("x509", "-in", "certificate", "-noout", "-subject", "-issuer", "-nameopt", "RFC2253")
        subject, issuer = [line.split("=", 1)[1] for line in names.splitlines()]
        (roots if subject == issuer else helpers).append(certificate)
    return roots, helpers


def leads_to_root(scratch, digest, helpers, at, only):
    """Whether the token, and the very certificate whose name is shown, hold against the root as of that time."""
    try:
        scratch.ask("ts", "-verify", "-digest", digest, "-in", "response", "-CAfile", "root", *helpers, *at)
        scratch.ask("verify", "-CAfile", "root", *only, *helpers, "-untrusted", "others", "-purpose", "timestampsign",
                    *at, "signer")
        return True
    except Refused:
        return False


def check_token(openssl, token, pem, digest):
    """(time, the authority's name in its certificate, SHA-256 of the root certificate that it leads to)"""
    require(is_whole_der(token))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Scratch(openssl, folder)
        scratch.put("response", token)
        time, epoch = read_token(scratch, digest)
        roots, helpers = sort_certificates(scratch, pem)
        scratch.put_pem("helpers", helpers)
        # Anybody can add certificates with fine names to a token. The name counts only of the one that signed.
        scratch.ask("cms", "-verify", "-noverify", "-inform", "DER", "-in", "token", "-signer", "signer", "-out",
                    "info")
        scratch.ask("pkcs7", "-inform", "DER", "-in", "token", "-print_certs", "-out", "others")
        helpers = ["-untrusted", "helpers"] if helpers else []
        only = ["-no-CApath"] + (["-no-CAstore"] if openssl[1] >= 3 else [])  # not what this computer trusts otherwise
        for root in roots:
            scratch.put_pem("root", [root])
            if leads_to_root(scratch, digest, helpers, ["-attime", epoch], only):
                name = scratch.ask("x509", "-in", "signer", "-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb")
                return time, name.strip().split("=", 1)[1], hashlib.sha256(root).hexdigest()
        raise Refused()


def check_earlier(files, report, item, key, last, code):
    """The bytes of an earlier checkpoint by the same key that is the beginning of the last one, or None."""
    note = None
    with report.guard(code + ".checkpoint", item["checkpoint"]):
        data = files.read(item["checkpoint"])
        size, root, signed = read_note(data, key)
        require(signed and 0 < size == item["size"] and size <= last[1])
        note = data
    if note is None:
        return None
    with report.guard(code + ".consistency", item["consistency"]):
        old, hashes = read_proof(files.read(item["consistency"]), b"old", 63, last[0])
        require(old == size and is_beginning(size, root, last[1], last[2], hashes))
        return note
    return None


def check_anchors(files, report, contents, key, last):
    openssl = find_openssl(files.root) if contents["anchors"] else None
    for anchor in contents["anchors"]:
        note = check_earlier(files, report, anchor, key, last, "anchor")
        if not openssl:
            report.complete = False
            continue
        with report.guard("anchor.token", anchor["token"]):
            token, pem = files.read(anchor["token"]), files.read(anchor["certificates"])
            require(note is not None)
            time, authority, root = check_token(openssl, token, pem, hashlib.sha256(note).hexdigest())
            report.anchors.append({"size": anchor["size"], "authority": authority, "time": time, "root": root})


def check_previous(files, report, contents, key, last, other):
    previous, note = contents.get("previous"), None
    if previous:
        note = check_earlier(files, report, previous, key, last, "previous")
        report.previous = previous["size"] if note else None
    if other:
        with report.guard("previous.other", os.path.join(other, *CHECKPOINT.split("/"))):
            path = os.path.join(os.path.realpath(other), *CHECKPOINT.split("/"))
            require(note is not None and os.path.realpath(path) == path and os.path.isfile(path))
            with open_plain(path) as stream:
                require(stream.read(MIB) == note)  # `note` bears this key's signature, so its equal does too


def examine(root, report, wanted, other):
    """Steps 1 to 8. What cannot be judged because an earlier step failed is left out: one finding is enough."""
    files = Files(root, report)
    check_bag(files, report)
    contents = check_contents(files, report)
    key = contents and check_key(files, report, contents["origin"], wanted)
    last = key and check_checkpoint(files, report, key)
    if not last:
        return
    check_exported(files, report, contents, last)
    check_exhibits(files, report, contents, last)
    check_anchors(files, report, contents, key, last)
    check_previous(files, report, contents, key, last, other)
    for exhibit in contents["exhibits"]:
        stamps = [anchor for anchor in report.anchors if anchor["size"] > exhibit["index"] and not report.findings]
        report.exhibits.append((exhibit, min(stamps, key=lambda anchor: anchor["time"], default=None)))


# ---- What is said ----

WORDS = {
    "bag.declaration": ("bagit.txt が決まった内容ではない", "bagit.txt is not what it must be"),
    "bag.manifest": ("ファイルの一覧表が実際と合わない", "the list of files does not fit the files"),
    "bag.tagmanifest": ("一覧表の控えが実際と合わない", "the list of the lists does not fit"),
    "bag.path": ("使えない名前のファイルがある", "a name that is not allowed"),
    "bag.link": ("ふつうのファイルではないものがある", "not a plain file or folder"),
    "bag.extra": ("余分なものがある", "something that does not belong here"),
    "contents.unreadable": ("目次が読めない", "the table of contents cannot be read"),
    "contents.format": ("目次の書き方が決まりと違う", "the table of contents breaks its rules"),
    "contents.file": ("ファイルがない、または変えられている", "the file is missing or was changed"),
    "contents.extra": ("目次にないものがある", "nothing names it"),
    "key.malformed": ("台帳の鍵が壊れている", "the ledger's key is broken"),
    "key.other": ("鍵が、比べる相手の鍵と違う", "it is another key than the expected one"),
    "checkpoint.malformed": ("台帳の締めくくりが壊れている", "the ledger's last state is malformed"),
    "checkpoint.signature": ("台帳の署名が正しくない", "the ledger's signature is wrong"),
    "exported.entry": ("この目次は台帳に記録されたものではない", "the ledger does not record this table of contents"),
    "exported.proof": ("目次が台帳にあることを確かめられない", "the table of contents is not shown to be in the ledger"),
    "exhibit.proof": ("この証拠が台帳にあることを確かめられない", "the exhibit is not shown to be in the ledger"),
    "exhibit.entry": ("記録が台帳のものと違う", "the record is not the one in the ledger"),
    "exhibit.slice": ("元データの該当部分が記録と違う", "the source bytes are not those of the record"),
    "exhibit.attachment": ("添付が記録と違う", "the attachment is not that of the record"),
    "exhibit.original": ("元のファイルが記録と違う", "the original file is not that of the record"),
    "exhibit.sharing": ("共有用の写しに、入ってはいけないものがある", "a sharing copy must not hold this"),
    "anchor.checkpoint": ("時刻の証明がついた台帳が正しくない", "the time-stamped state of the ledger does not hold"),
    "anchor.consistency": ("時刻の証明のあとで台帳が書き換えられた", "the ledger was rewritten after the time stamp"),
    "anchor.token": ("時刻の証明が正しくない", "the time stamp does not hold"),
    "previous.checkpoint": ("前の資料の控えが正しくない", "the state of the earlier dossier does not hold"),
    "previous.consistency": ("前の資料のあとで台帳が書き換えられた", "the ledger was rewritten after the earlier dossier"),
    "previous.other": ("手元の前の資料とつながらない", "it does not continue the earlier dossier at hand"),
    "internal": ("検査の途中で思わぬ失敗があった", "the check itself failed"),
}


NOT_SHOWN = (
    ("「台帳」は、作った人が封をした順に書き足していく記録です。「〜より前に存在した」とは、その時刻には",
     'The ledger is the maker\'s list of what she sealed, in order. "Existed before" means: at that time it'),
    ("もう今と同じ形で台帳にあった、という意味です。それより前の、いつ書かれたものかは分かりません。",
     "stood in the ledger as it is now. When it was written before that is not shown."),
    ("この検査で分からないこと: 誰が書いたか。書かれたことが本当か。封をする前に手が加えられていないか。",
     "Not shown by this check: who wrote something; whether it is true; whether it was altered before it was"),
    ("    ほかに出されていない証拠があるか。dossier.pdf の説明が証拠のとおりか (見比べてください)。",
     "    sealed; whether other evidence was left out; whether dossier.pdf describes it rightly (compare them)."))


def plain(text):
    """Words from the dossier, without anything that could play tricks on a terminal."""
    return "".join(c if c.isprintable() or c == "\u3000" else "<%04X>" % ord(c) for c in str(text))


def name_of(authority):
    values = re.findall(r"(?:^|,)[\w.]+=((?:\\.|[^,\\])*)", authority)
    return " / ".join(re.sub(r"\\(.)", r"\1", value) for value in reversed(values)) or authority


def jst(time):
    return time.astimezone(timezone(timedelta(hours=9))).strftime("%Y-%m-%d %H:%M:%S")


def say_findings(report, say):
    yield say("結果: 問題があります。このままでは信用しないでください。",
              "Result: something is wrong. Do not rely on this dossier as it is.")
    for code, path in report.findings[:50]:
        yield "  - %s%s [%s]" % (say(*WORDS[code]), ": " + plain(path) if path else "", code)
    if len(report.findings) > 50:
        yield say("  - ほか %d 件", "  - and %d more") % (len(report.findings) - 50)
    clutter = re.compile(r"(^|/)(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$")
    if any(path and clutter.search(path) for _, path in report.findings):
        yield say("  .DS_Store などはパソコンが作ったものです。受け取ったままの写しでもう一度調べてください。",
                  "  Files such as .DS_Store were made by a computer. Check a fresh copy, as it was received.")


def say_exhibit(exhibit, anchor, complete, say):
    parts = [say("記録", "the record")] if exhibit.get("entry") else [
        say("台帳にあることだけ (中身は見せない)", "only that it stands there; its words are withheld")]
    if exhibit.get("slice"):
        parts.append(say("元データの該当部分", "its source bytes"))
    if exhibit["attachments"]:
        parts.append(say("添付 %d 点", "attachments: %d") % len(exhibit["attachments"]))
    if exhibit.get("original"):
        parts.append(say("元のファイル全体", "the whole original file"))
    yield say("%s: 台帳の %d 番と合っています。調べたもの: %s。", "%s: fits entry %d of the ledger. Checked: %s.") % (
        plain(exhibit["number"]), exhibit["index"], say("、", ", ").join(parts))
    if anchor:
        yield say("    %s (日本時間) より前に存在しました。「%s」の時刻の証明によります。",
                  "    Existed before %s JST according to %s.") % (
            jst(anchor["time"]), plain(name_of(anchor["authority"])))
    elif complete:
        yield say("    時刻は、ほかに保証する者がいません。", "    Nobody else vouches for the time.")
    else:
        yield say("    時刻は、調べられませんでした。", "    The time was not checked.")


def say_result(report, say):
    yield say("結果: 調べたことはすべて合っています。", "Result: everything that was checked holds.") if report.complete else say(
        "結果: 調べた範囲に問題はありません。ただし openssl (1.1 以上) がないため、時刻の証明は調べていません。",
        "Result: nothing is wrong, but the time stamps were not checked: there is no openssl (1.1 or newer) here.")
    for exhibit, anchor in report.exhibits:
        yield from say_exhibit(exhibit, anchor, report.complete, say)
    if report.previous:
        yield say("前にお渡しした資料 (台帳の長さ %d) の続きで、その部分は変わっていません。",
                  "Continues the dossier at size %d, and that part is unchanged.") % report.previous
    for ja, en in NOT_SHOWN:
        yield say(ja, en)
    yield say("見比べるもの (違えば、別の人がすべて作り直したものかもしれません):",
              "To be compared (if they differ, somebody else may have made all of this anew):")
    yield say("    台帳の鍵の指紋 (紙の控えと): %s",
              "    fingerprint of the ledger's key (with the sheet of paper): %s") % report.fingerprint
    for root, anchor in {anchor["root"]: anchor for anchor in report.anchors}.items():
        yield say("    「%s」の大もとの証明書の指紋 (本人が公表する値と。名前だけなら誰でも名乗れます): %s",
                  "    root certificate of %s (with what they publish; anybody can take a name): %s") % (
            plain(name_of(anchor["authority"])), groups(root))
    yield say("この検査プログラムも資料と一緒に届いたものなら、別の所から手に入れたもので調べるとより確かです。",
              "If this program came with the dossier, one from elsewhere makes the check surer.")


def as_json(report):
    def utc(time): return time.strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({
        "ok": not report.findings, "complete": report.complete,
        "findings": [{"code": code, "path": path and plain(path)} for code, path in report.findings],
        "exhibits": [{"number": exhibit["number"], "index": exhibit["index"], "before": anchor and utc(anchor["time"]),
                      "authority": anchor and anchor["authority"]} for exhibit, anchor in report.exhibits],
        "fingerprint": report.fingerprint, "previous": report.previous,
        "anchors": [dict(anchor, time=utc(anchor["time"])) for anchor in report.anchors]})


def japanese(text, _): return text
def english(_, text): return text


def show(report, json_wanted):
    if json_wanted:
        lines = [as_json(report)]
    elif report.findings:
        lines = [*say_findings(report, japanese), "", *say_findings(report, english)]
    else:
        lines = [*say_result(report, japanese), "", *say_result(report, english)]
    try:
        print("\n".join(lines), flush=True)
    except OSError:  # nobody reads on; the exit code still tells
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(3, message + "\n")


def main():
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console without Japanese letters shows "?" and does not stop
    parser = Arguments(prog="verify.py", description="Checks a dossier.")
    parser.add_argument("dossier", nargs="?", metavar="DIR", help="the dossier; else the one this file lies in")
    parser.add_argument("--json", action="store_true", help="print for programs")
    parser.add_argument("--previous", metavar="DIR", help="an earlier dossier that this one must continue")
    parser.add_argument("--key", metavar="FINGERPRINT", help="the key's fingerprint from a sheet of paper")
    options = parser.parse_args()
    wanted = None if options.key is None else "".join(options.key.split()).lower()
    if wanted is not None and not HEX(wanted):
        parser.error("a fingerprint has 64 digits of 0-9 and a-f")
    root = os.path.realpath(options.dossier or os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
    if not any(os.path.lexists(os.path.join(root, name)) for name in ("bagit.txt", "data/contents.json")):
        parser.error("資料のフォルダではありません / not a dossier: " + plain(root))
    if options.previous and not os.path.isdir(options.previous):
        parser.error("資料のフォルダではありません / not a dossier: " + plain(options.previous))
    report = Report()
    try:
        examine(root, report, wanted, options.previous)
    except Exception as error:  # a verifier that stops half-way must not look as if it had found nothing
        print("internal: " + plain(repr(error)), file=sys.stderr)
        report.add("internal")
    show(report, options.json)
    return 1 if report.findings else 0 if report.complete else 2


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(3)
