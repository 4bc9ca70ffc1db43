package dev.workbuddy.backup.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Of commands that may look at some databases and tables alone; empty stands for all. */
final class TableOptions {
  @Option(
      names = "--db",
      paramLabel = "NAME",
      split = ",",
      description = "Only these databases, by logical name.")
  private Set<String> databases = new LinkedHashSet<>();

  @Option(names = "--table", paramLabel = "NAME", split = ",", description = "Only these tables.")
  private Set<String> tables = new LinkedHashSet<>();

  Set<String> databases() {
    return databases;
  }

  Set<String> tables() {
    return tables;
  }
}
