package dev.workbuddy.backup.health.control;

import dev.workbuddy.backup.health.Fixer;
import java.util.List;

/**
 * How a requirement can be repaired.
 *
 * @param kind {@code none}, {@code programmatic}, {@code input_required} or {@code agent_handoff}
 * @param does what would be done, in words; an agent's brief for hand-offs
 * @param fields what has to be said first
 * @param commands what a person types for themselves
 */
public record Fix(String kind, String does, List<Fixer.Field> fields, List<String> commands) {
  public Fix {
    fields = List.copyOf(fields);
    commands = List.copyOf(commands);
  }

  static Fix of(Fixer fixer) {
    return switch (fixer) {
      case Fixer.None none -> new Fix(none.kind(), none.advice(), List.of(), List.of());
      case Fixer.Programmatic work -> new Fix(work.kind(), work.does(), List.of(), List.of());
      case Fixer.InputRequired work -> new Fix(work.kind(), work.does(), work.fields(), List.of());
      case Fixer.AgentHandoff handoff ->
          new Fix(handoff.kind(), handoff.brief(), List.of(), handoff.commands());
    };
  }
}
