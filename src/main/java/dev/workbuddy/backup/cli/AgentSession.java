package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.health.FixReport;
import dev.workbuddy.backup.io.OwnSecrets;
import dev.workbuddy.backup.outcome.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An agent that talks with the user on this very terminal. */
record AgentSession(Environment environment) {

  /** Starts it with its brief, and waits until the user has left it; how it ends says nothing. */
  void run(FixReport.Handoff handoff) throws InterruptedException {
    List<String> command = new ArrayList<>(handoff.agentCommand());
    command.add(VisibleText.lines(handoff.brief()));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(environment.workingDirectory().toFile()).inheritIO();
    builder.environment().clear();
    builder.environment().putAll(environment.variables());
    try {
      OwnSecrets.withhold(builder).start().waitFor();
    } catch (IOException e) {
      environment.err().println("It cannot be started: " + e.getMessage());
    }
  }
}
