package dev.workbuddy.backup.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the user wants an optional component.
 *
 * @param reason in the user's words; null where none was given
 */
public record Preference(Choice choice, @Nullable String reason) {
  /** Of a component that the user has said nothing about. */
  public static final Preference UNDECIDED = new Preference(Choice.UNDECIDED, null);

  /** What a user can say of a component. */
  public enum Choice {
    WANTED("true"),
    UNWANTED("false"),
    UNDECIDED("undecided");

    private final String written;

    Choice(String written) {
      this.written = written;
    }

    /** The value of {@code wanted} in the configuration. */
    public String written() {
      return written;
    }

    /** The word for people and scripts, for example {@code unwanted}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean is(Choice other) {
    return choice == other;
  }
}
