"""The manual page, made from what the program says of itself: manual.py <program> <version>."""
import re
import subprocess
import sys

program, version = sys.argv[1:3]


def help_of(*command):
    return subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True).stdout


def plain(text):
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n.", "\n\\&.").replace("\n'", "\n\\&'")


top = help_of()
names = re.findall(r"^  ([a-z][a-z-]+)(?: |$)", top.split("SUBCOMMANDS:")[1], re.M)
print('.TH AKASHI 1 "" "akashi %s"' % version)
print(".SH NAME\nakashi \\- a private desk for keeping, ordering and handing over evidence")
print(".SH SYNOPSIS\n.B akashi\n.I command\n[options]")
print(".SH DESCRIPTION\nEverything is kept in a vault, a folder that only its passphrase or its recovery line opens. "
      "Most work is done in the desk: \\fBakashi desk\\fR opens it in a browser of this computer, and of this computer only.")
print(".SH ENVIRONMENT\n.TP\n.B AKASHI_VAULT\nThe vault's folder.\n.TP\n.B AKASHI_KNOWLEDGE\nThe folder of law, words and rules, "
      "where it is not beside the program.")
print(".SH COMMANDS")
for name in names:
    if name == "help":
        continue
    print('.SS "akashi %s"\n.nf\n%s\n.fi' % (name, plain(help_of(name).strip())))
