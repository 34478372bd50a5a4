"""Entente over a corpus with Apache Spark.

    spark-submit doc/spark.py CORPUS OUT [--partitions N] [--entente COMMAND]

CORPUS: files of JSON lines, each {"doc": "...", "text": "..."} (a path, a pattern, any URL that
Spark reads). OUT: a folder that is made, with the lines of `entente tag --format jsonl`, in the order
of the input. Entente must be installed on each worker, at the same place. One process runs for each
partition, so let a partition hold some minutes' work: 4 MB a second and core, about.
"""
import argparse
import shlex

from pyspark.sql import SparkSession


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    args.add_argument("corpus")
    args.add_argument("out")
    args.add_argument("--partitions", type=int, default=None, help="at least so many")
    args.add_argument("--entente", default="entente", help="where it is on the workers")
    args = args.parse_args()

    # 0: something was found, 1: nothing was; anything else fails the task, and Spark tries again
    tag = f"{args.entente} tag --input jsonl --format jsonl || test $? = 1"
    spark = SparkSession.builder.appName("entente").getOrCreate()
    lines = spark.sparkContext.textFile(args.corpus, args.partitions)
    lines.pipe(f"sh -c {shlex.quote(tag)}", checkCode=True).saveAsTextFile(args.out)
    spark.stop()


main()
