package dev.workbuddy.backup.health;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a repair.
 *
 * @param kind the fixer's: {@code none}, {@code programmatic}, {@code input_required} or {@code
 *     agent_handoff}
 * @param ok whether the requirement was met when it was looked at again
 * @param sideEffects what is different in the world now
 * @param condition what was found afterwards
 * @param handoff what is left to the user and an agent; null where nothing is
 */
public record FixReport(
    Status status,
    String requirement,
    String kind,
    boolean ok,
    String detail,
    List<String> sideEffects,
    Condition condition,
    @Nullable Handoff handoff)
    implements Outcome {

  /**
   * The instructions for an agent, and the commands for a person who has none.
   *
   * @param agentCommand what starts an agent, to which the brief is added as the last argument;
   *     empty where there is none
   */
  public record Handoff(String brief, List<String> commands, List<String> agentCommand) {
    public Handoff {
      commands = List.copyOf(commands);
      agentCommand = List.copyOf(agentCommand);
    }
  }

  public FixReport {
    sideEffects = List.copyOf(sideEffects);
  }
}
