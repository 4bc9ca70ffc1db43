package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.ConfigInit;
import dev.workbuddy.backup.config.ExcludedFile;
import dev.workbuddy.backup.config.InitResult;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.SafeText;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "init",
    description = "Write a commented config.yaml for the databases found under a directory.")
final class InitCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Where to look for SQLite files (default: work-buddy's databases).")
  private @Nullable Path directory;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().configInit(),
        new ConfigInit.Parameters(directory, false),
        InitCommand::print);
  }

  private static void print(InitResult result, PrintStream out) {
    out.println(
        result.written()
            ? "Wrote " + result.configFile()
            : result.configFile() + " says already what is backed up, and stays as it is.");
    out.println(
        result.found()
            ? "It backs up the databases found:"
            : result.profile() == null
                ? "It backs up:"
                : "It backs up %s databases (backups.profile: %s):"
                    .formatted(
                        result.profile().equals("work-buddy") ? "work-buddy's" : "the profile's",
                        result.profile()));
    for (VitalDatabase database : result.databases()) {
      Path file = database.in(result.dbDir());
      boolean lacks = !result.written() && !Files.exists(file);
      out.printf(
          "  %s  %s%s%n",
          database.name(), SafeText.visible(file.toString()), lacks ? "  (not there now)" : "");
    }
    for (ExcludedFile left : result.leftOut()) {
      out.printf("Left out: %s: %s%n", SafeText.visible(left.path()), left.reason());
    }
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
    out.println(
        result.written()
            ? "Next: `wb-backup now` takes the first snapshot."
            : "Next: `wb-backup now` takes a snapshot; `wb-backup doctor` tells what else there is"
                + " to do.");
  }
}
