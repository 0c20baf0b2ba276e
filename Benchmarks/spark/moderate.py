#!/usr/bin/env python3
"""Runs `akashi moderate` on several workers of Apache Spark and compares with one process alone.

    scripts/spark-demo [--comments FILE --terms FILE] [--partitions N]

The command is a mapper without state from comment to comment but for one author's last ten minutes, so comments are spread by
author and put in order of time inside each partition; then `pipe` gives each partition to a process of its own. Without --comments
the stream of the evasion benchmark is taken. Ends with an error if a single line is other than alone.
"""
import argparse
import collections
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time

from pyspark.sql import SparkSession

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--comments", help='JSON lines {"id", "text", "author", "at"}')
    parser.add_argument("--terms", help="a word on each line")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("--akashi", default=os.path.join(ROOT, ".build/release/akashi"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not given.comments:
            subprocess.run([sys.executable, os.path.join(ROOT, "Benchmarks/japanese-evasion/run.py"), "--split", "heldout", "--dump", folder], check=True)
            given.comments, given.terms = os.path.join(folder, "comments.jsonl"), os.path.join(folder, "terms.tsv")
        command = [given.akashi, "moderate"] + (["--terms", os.path.abspath(given.terms)] if given.terms else [])
        start = time.monotonic()
        with open(given.comments, "rb") as file:
            alone = subprocess.run(command, stdin=file, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")[:-1]
        seconds_alone = time.monotonic() - start

        spark = SparkSession.builder.master("local[*]").appName("akashi moderate").config("spark.ui.enabled", "false").config(
            "spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        start = time.monotonic()
        lines = spark.sparkContext.textFile("file://" + os.path.abspath(given.comments))

        def keyed(line):
            comment = json.loads(line)
            return (comment.get("author") or comment["id"], comment.get("at") or ""), line
        spread = lines.map(keyed).repartitionAndSortWithinPartitions(
            given.partitions, lambda key: spark_hash(key[0]), keyfunc=lambda key: key[1]).values()
        together = spread.pipe(" ".join(map(shlex.quote, command)), checkCode=True).collect()
        seconds_together = time.monotonic() - start
        spark.stop()
    same = collections.Counter(alone) == collections.Counter(together)
    print("%d lines alone in %.1f s; %d lines from %d partitions in %.1f s; %s" % (
        len(alone), seconds_alone, len(together), given.partitions, seconds_together, "the same" if same else "NOT THE SAME"))
    if not same:
        for line in list((collections.Counter(alone) - collections.Counter(together)).elements())[:5]:
            print("only alone:    ", line)
        for line in list((collections.Counter(together) - collections.Counter(alone)).elements())[:5]:
            print("only together: ", line)
        sys.exit(1)


def spark_hash(author):
    """The same on every worker, unlike Python's own."""
    value = 2166136261
    for byte in author.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


if __name__ == "__main__":
    main()
