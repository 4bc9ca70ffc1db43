package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.Question;
import dev.workbuddy.backup.capability.Questions;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "confirm",
    description = {
      "Approve or refuse what agents ask for: shows what each call would do.",
      "Requires a terminal, because a person decides what an agent may do."
    })
final class ConfirmCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      arity = "0..1",
      paramLabel = "CODE",
      description = "The code that the agent named (default: all open questions).")
  private @Nullable String code;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    requirePerson();
    Questions questions = root.questions();
    List<Question> asked = asked(questions);
    List<Question> agreed = new ArrayList<>();
    List<Question> refused = new ArrayList<>();
    for (Question question : asked) {
      print(question, root.environment().err());
      boolean agrees = session.agrees("Agree to " + question.code() + "?");
      questions.answer(question.code(), agrees);
      (agrees ? agreed : refused).add(question);
    }
    return session.print(new ConfirmResult(codes(agreed), codes(refused)), ConfirmCommand::print);
  }

  /**
   * A caller with nothing but pipes is a program; a program with a terminal of its own has all of
   * our rights anyway.
   */
  private void requirePerson() {
    if (root.environment().person().isEmpty() || !root.environment().watched()) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          "nobody is there to be asked: this is not a terminal; nothing was agreed to",
          "Run `wb-backup confirm` on a terminal of your own, or answer on the page.");
    }
  }

  private List<Question> asked(Questions questions) throws Exception {
    List<Question> open = questions.open();
    if (code == null) {
      return open;
    }
    String meant = code.toUpperCase(Locale.ROOT);
    List<Question> named = open.stream().filter(question -> question.code().equals(meant)).toList();
    if (named.isEmpty()) {
      throw new BackupException(
          ErrorCode.CONFIRMATION_INVALID,
          "no question %s is open".formatted(SafeText.line(meant)),
          "It is answered already, or too old: the agent has to ask again.");
    }
    return named;
  }

  private static List<String> codes(List<Question> questions) {
    return questions.stream().map(Question::code).toList();
  }

  /** What is quoted may be an agent's words: it stays on its line and steers nothing. */
  private static void print(Question question, PrintStream out) {
    out.printf(
        "%n%s  %s, asked at %s, until %s%n",
        question.code(),
        SafeText.visible(question.capability()),
        question.askedAt().truncatedTo(ChronoUnit.SECONDS),
        question.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    out.println("  " + SafeText.visible(question.question()));
    out.println("  with " + SafeText.visible(question.arguments()));
    question.facts().forEach(fact -> out.println("  " + fact));
  }

  private static void print(ConfirmResult result, PrintStream out) {
    if (result.agreed().isEmpty() && result.refused().isEmpty()) {
      out.println("No agent asks anything.");
    }
    result.agreed().forEach(each -> out.println(each + " is agreed to; tell your agent to go on"));
    result.refused().forEach(each -> out.println(each + " is refused"));
  }
}
