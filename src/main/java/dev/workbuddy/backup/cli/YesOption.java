package dev.workbuddy.backup.cli;

import picocli.CommandLine.Option;

/** Of commands that ask before they destroy something. */
final class YesOption {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  /** Whether the user said so beforehand. */
  boolean given() {
    return yes;
  }
}
