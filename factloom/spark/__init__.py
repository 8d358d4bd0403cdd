"""The build on Apache Spark: documents in a DataFrame, statements out, entities resolved by joins.

    from factloom import spark
    read = spark.read(session.read.parquet("hdfs://…/articles"))
    spark.statements(read).write.parquet("hdfs://…/statements")
    spark.nquads(read).write.text("hdfs://…/graph.nq", compression="gzip")

Needs `pip install 'factloom[spark]'` and Java 17. `factloom build --engine spark` reads on Spark and writes
the files of an ordinary build.
"""

from factloom.spark.graph import Read, nquads, read, statements

__all__ = ["Read", "nquads", "read", "statements"]
