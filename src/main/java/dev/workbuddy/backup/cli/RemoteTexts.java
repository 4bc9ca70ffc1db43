package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.runs.RemoteReport;
import java.io.PrintStream;
import java.util.List;

/** What became of remotes, for people. */
final class RemoteTexts {
  private RemoteTexts() {}

  static void print(List<RemoteReport> reports, PrintStream out) {
    reports.forEach(report -> print(report, out));
  }

  private static void print(RemoteReport report, PrintStream out) {
    if (report.isDone()) {
      out.printf("%s: %s, %s%n", report.name(), pushed(report), report.detail());
    } else {
      if (report.holdsAll() || !report.pushed().isEmpty()) {
        out.printf("%s: %s%n", report.name(), pushed(report));
      }
      out.printf("%s %s: %s%n", what(report), report.name(), report.detail());
      if (!report.hint().isEmpty()) {
        out.println("  " + report.hint());
      }
    }
    report.warnings().forEach(warning -> out.printf("%s: %s%n", report.name(), warning));
    if (report.waiting() > 0) {
      out.printf(
          "%s: %s still to be pushed; `wb-backup push --all-missing` does it now%n",
          report.name(), Texts.count(report.waiting(), "snapshot", "snapshots"));
    }
    if (!report.swept().isEmpty()) {
      out.printf(
          "%s: swept %s%n",
          report.name(), Texts.count(report.swept().size(), "old snapshot", "old snapshots"));
    }
    report.tidied().forEach(done -> out.printf("%s: tidied up: %s%n", report.name(), done));
  }

  private static String what(RemoteReport report) {
    if (report.isSkipped()) {
      return "Skipped";
    }
    return report.holdsAll() ? "NOT SWEPT:" : "NOT PUSHED to";
  }

  private static String pushed(RemoteReport report) {
    return "pushed %s (%s) in %s"
        .formatted(
            Texts.count(report.pushed().size(), "snapshot", "snapshots"),
            Space.text(report.bytes()),
            Texts.seconds(report.millis()));
  }
}
