package dev.workbuddy.backup.cli;

import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person sits at one of the standard streams. Java itself only tells of all of them at
 * once, so a result piped elsewhere would hide the person who typed the command; the launcher looks
 * at each. Without the launcher Java's answer has to do.
 */
final class Terminal {
  /** The descriptors that are terminals, such as {@code 02}. */
  private static final @Nullable String TERMINALS = System.getProperty("wb-backup.terminals");

  private static final String STDIN = "0";
  private static final String STDOUT = "1";
  private static final String STDERR = "2";

  private Terminal() {}

  /** Somebody can be asked: input and errors are both a terminal. */
  static boolean canAsk() {
    return isTerminal(STDIN) && isTerminal(STDERR);
  }

  /** Somebody watches what is printed to standard error. */
  static boolean isWatched() {
    return isTerminal(STDERR);
  }

  /** Results go to a terminal, not to a file or another program. */
  static boolean showsResults() {
    return isTerminal(STDOUT);
  }

  private static boolean isTerminal(String descriptor) {
    return TERMINALS == null
        ? Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        : TERMINALS.contains(descriptor);
  }
}
