package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.demo.Demo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "demo",
    description = "Show a snapshot, a loss and a restore on sample databases with a living writer.")
final class DemoCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Work in this new directory and leave it there.")
  private @Nullable Path keep;

  @Override
  public Integer call() throws Exception {
    return new Demo(root.environment()::demoCapabilities, root.environment().out()).run(keep);
  }
}
