package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.Impact;
import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The person who typed a command, and is asked before it replaces or deletes something.
 *
 * @param text prints a plan
 */
record TerminalConsent<R extends Outcome>(Session session, BiConsumer<R, Printer> text)
    implements Consent<R> {

  /** Shows the plan and what it costs; what the plan says by itself is not said twice. */
  @Override
  public Optional<Boolean> agreesTo(R plan, Impact impact) throws IOException {
    Printer err = session.environment().err();
    String told = text(plan);
    err.document(told);
    impact.facts().stream().filter(fact -> !told.contains(fact)).forEach(err::println);
    return Optional.of(session.agrees(impact.askedFor()));
  }

  private String text(R plan) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    try (Printer printer = new Printer(new PrintStream(told, true, UTF_8))) {
      text.accept(plan, printer);
    }
    return told.toString(UTF_8);
  }
}
