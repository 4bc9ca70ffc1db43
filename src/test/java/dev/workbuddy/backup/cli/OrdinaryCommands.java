package dev.workbuddy.backup.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A program that runs the ordinary commands, one after the other, on databases of its own. */
final class OrdinaryCommands {
  private OrdinaryCommands() {}

  /** Arguments: an empty directory to work in, the directory remote. */
  public static void main(String[] arguments) throws Exception {
    CommandLineFixture cli = new CommandLineFixture(Path.of(arguments[0])).withDatabases();
    Files.writeString(
        Path.of(arguments[0], "config.local.yaml"),
        "backups: { directory: { path: \"%s\" } }".formatted(arguments[1]));
    cli.ok("now");
    cli.ok("hold", "latest");
    cli.ok("diff", "latest");
    cli.ok("verify", "latest");
    cli.ok("restore", "latest", "--yes");
    cli.ok("drill");
    cli.run("doctor");
    System.out.println("done");
  }
}
