package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.mcp.McpFace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "mcp",
    description = "Serve one agent over the Model Context Protocol on standard input and output.")
final class McpCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Override
  public Integer call() throws Exception {
    Environment environment = root.environment();
    if (environment.person().isPresent()) {
      environment
          .err()
          .println(
              "Waiting for an agent's messages on standard input; Ctrl-D ends it. Agents start this"
                  + " themselves: see `wb-backup commands install`.");
    }
    new McpFace(root.session().capabilities(), root.questions(), Build.version())
        .serve(System.in, environment.out().exact());
    return 0;
  }
}
