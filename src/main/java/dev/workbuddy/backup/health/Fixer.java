package dev.workbuddy.backup.health;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a requirement is repaired. Repairing is idempotent: done again after any failure, or after it
 * was cut short, it ends in the same state. The requirement is looked at again afterwards.
 */
public sealed interface Fixer {

  /** Nothing that a program could do. */
  record None(String advice) implements Fixer {}

  /**
   * Done without questions.
   *
   * @param does in words that follow "will"
   * @param steers whether it decides what this machine does from now on, so that an agent needs
   *     somebody's consent
   */
  record Programmatic(String does, boolean steers, Work work) implements Fixer {}

  /** Done once the user has said some things. */
  record InputRequired(String does, List<Field> fields, Work work) implements Fixer {
    public InputRequired {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Done by the user, guided by an agent where there is one.
   *
   * @param brief the instructions for the agent
   * @param commands what does it on this system, for whoever has no agent
   */
  record AgentHandoff(String brief, List<String> commands) implements Fixer {
    public AgentHandoff {
      commands = List.copyOf(commands);
    }
  }

  /**
   * One thing to ask for.
   *
   * @param suggestion what most people answer; null where that is not known
   */
  record Field(String name, String label, @Nullable String suggestion) {}

  /** The repair itself. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @param input what the user said, by the names of the fields; all of them are there
     */
    FixResult run(Map<String, String> input) throws IOException, InterruptedException;
  }

  /** Whether an agent needs somebody's consent: answers that are asked for choose a place. */
  default boolean steers() {
    return switch (this) {
      case Programmatic fixer -> fixer.steers();
      case InputRequired _ -> true;
      case None _, AgentHandoff _ -> false;
    };
  }

  /** The kind as the page and scripts know it. */
  default String kind() {
    return switch (this) {
      case None _ -> "none";
      case Programmatic _ -> "programmatic";
      case InputRequired _ -> "input_required";
      case AgentHandoff _ -> "agent_handoff";
    };
  }
}
