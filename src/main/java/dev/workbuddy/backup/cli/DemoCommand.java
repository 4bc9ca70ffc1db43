package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.demo.Demo;
import dev.workbuddy.backup.demo.DemoResult;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "demo",
    description =
        "Show a snapshot, a loss and a restore with sample databases and a running writer.")
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Work in this new directory and leave it there.")
  private @Nullable Path keep;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    Environment environment = root.environment();
    PrintStream story =
        session.quiet()
            ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
            : session.json() ? environment.err() : environment.out();
    DemoResult result = new Demo(environment::demoCapabilities, story).run(keep);
    return session.print(result, (_, _) -> {});
  }
}
