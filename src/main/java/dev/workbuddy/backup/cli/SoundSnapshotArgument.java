package dev.workbuddy.backup.cli;

import picocli.CommandLine.Parameters;

/** Of commands that bring data back: {@code latest} passes over what shows the loss. */
final class SoundSnapshotArgument {
  @Parameters(
      paramLabel = "ID",
      description =
          "An id, the beginning of one, or latest: the newest complete one that neither raised an"
              + " alarm nor was taken before a rescue or migration.")
  private String id;

  /** What the user typed. */
  String id() {
    return id;
  }
}
