#!/usr/bin/env python3
"""A time-stamp authority for tests and for the demo case. It vouches for nothing: anybody can run one.

    authority.py FOLDER [--rsa] [--port N]

Makes a root and a signing certificate in FOLDER with openssl, prints the port on the first line,
then answers RFC 3161 requests over HTTP on 127.0.0.1 until its standard input is closed.
"""
import http.server
import os
import subprocess
import sys
import tempfile
import threading

CONFIG = """
[tsa]
default_tsa = authority
[authority]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def run(*arguments):
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def key(path, rsa):
    if rsa:
        run("openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", path)
    else:
        run("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)


def make(folder, rsa):
    os.makedirs(folder, exist_ok=True)
    path = lambda name: os.path.join(folder, name)
    with open(path("tsa.cnf"), "w") as file:
        file.write(CONFIG.format(folder=folder))
    if os.path.exists(path("tsa.pem")):
        return
    with open(path("serial"), "w") as file:
        file.write("01\n")
    key(path("root.key"), rsa)
    key(path("tsa.key"), rsa)
    for name, subject in (("root", "/O=Akashi demo/CN=Demo root, vouches for nothing"),
                          ("tsa", "/O=Akashi demo/CN=Demo time stamps, vouch for nothing")):
        run("openssl", "req", "-new", "-key", path(name + ".key"), "-subj", subject, "-out", path(name + ".csr"))
    extensions = ("-extfile", path("tsa.cnf"), "-days", "3650", "-sha256")
    run("openssl", "x509", "-req", "-in", path("root.csr"), "-signkey", path("root.key"),
        *extensions, "-extensions", "root", "-out", path("root.pem"))
    run("openssl", "x509", "-req", "-in", path("tsa.csr"), "-CA", path("root.pem"), "-CAkey", path("root.key"),
        "-set_serial", "4711", *extensions, "-extensions", "signer", "-out", path("tsa.pem"))


def answer(folder, query):
    with tempfile.TemporaryDirectory() as scratch:
        request, reply = os.path.join(scratch, "q"), os.path.join(scratch, "r")
        with open(request, "wb") as file:
            file.write(query)
        run("openssl", "ts", "-reply", "-config", os.path.join(folder, "tsa.cnf"), "-section", "authority",
            "-queryfile", request, "-out", reply)
        with open(reply, "rb") as file:
            return file.read()


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    folder = os.path.abspath(arguments[0])
    port = int(arguments[1]) if "--port" in sys.argv else 0
    make(folder, "--rsa" in sys.argv)
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            try:
                with lock:
                    body = answer(folder, query)
            except (subprocess.CalledProcessError, OSError):
                self.send_error(400)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    print(server.server_port, flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    server.shutdown()


main()
