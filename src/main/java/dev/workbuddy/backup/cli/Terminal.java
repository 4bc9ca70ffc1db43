package dev.workbuddy.backup.cli;

import java.io.Console;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Whether a person sits at one of the standard streams. Java itself only tells of all of them at
 * once, so a result piped elsewhere would hide the person who typed the command.
 */
final class Terminal {
  private static final int STDIN = 0;
  private static final int STDERR = 2;

  private Terminal() {}

  /** Somebody can be asked: input and errors are both a terminal. */
  static boolean canAsk() {
    return isTerminal(STDIN) && isTerminal(STDERR);
  }

  /** Somebody watches what is printed to standard error. */
  static boolean isWatched() {
    return isTerminal(STDERR);
  }

  private static boolean isTerminal(int descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("isatty")
        .map(
            symbol ->
                linker.downcallHandle(
                    symbol, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT)))
        .map(isatty -> call(isatty, descriptor))
        .orElseGet(
            () -> Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
  }

  private static boolean call(MethodHandle isatty, int descriptor) {
    try {
      return (int) isatty.invokeExact(descriptor) == 1;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException("isatty could not be called", impossible);
    }
  }
}
