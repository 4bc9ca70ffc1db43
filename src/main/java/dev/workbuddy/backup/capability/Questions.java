package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Questions of agents that only a person answers: with {@code wb-backup confirm} on a terminal, or
 * on the page. The agent knows the question's code, which is worth nothing until then; it is good
 * once, for a few minutes, for exactly the call that was shown on exactly the data of that moment.
 * Processes share them through files in {@code backups/questions}.
 */
public final class Questions implements Agreements {
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int HALF = 4;
  private static final int MOST_OPEN = 16;

  private final Supplier<Path> backups;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<String> told;

  private Questions(
      Supplier<Path> backups, InstantSource clock, RandomGenerator random, Consumer<String> told) {
    this.backups = backups;
    this.clock = clock;
    this.random = random;
    this.told = told;
  }

  /**
   * The questions about the data of a workspace.
   *
   * @param random one that nobody can predict
   */
  public static Questions in(Workspace workspace, RandomGenerator random) {
    return new Questions(
        () -> workspace.config().settings().backupsDir(),
        workspace.clock(),
        random,
        workspace.told());
  }

  /** Those that wait for a person, oldest first; what is too old is removed. */
  public List<Question> open() throws IOException {
    QuestionFiles files = files();
    Instant now = clock.instant();
    for (Question old : files.agreed()) {
      if (old.isOver(now)) {
        files.remove(old, true);
      }
    }
    List<Question> asked = files.asked();
    for (Question old : asked) {
      if (old.isOver(now)) {
        files.remove(old, false);
      }
    }
    return asked.stream()
        .filter(question -> !question.isOver(now))
        .sorted(Comparator.comparing(Question::askedAt).thenComparing(Question::code))
        .toList();
  }

  /**
   * A person's answer.
   *
   * @throws BackupException {@code confirmation-invalid} where there is no such open question
   */
  public Question answer(String code, boolean agrees) throws IOException {
    Question question =
        open().stream()
            .filter(each -> each.code().equals(code))
            .findFirst()
            .orElseThrow(() -> gone(code));
    QuestionFiles files = files();
    if (!(agrees ? files.agree(code) : files.remove(question, false))) {
      throw gone(code);
    }
    return question;
  }

  private static BackupException gone(String code) {
    return new BackupException(
        ErrorCode.CONFIRMATION_INVALID,
        "no question %s is open".formatted(code),
        "It is answered already, or too old: the agent has to ask again.");
  }

  @Override
  public Confirmation ask(Asked asked) throws IOException {
    Instant now = clock.instant();
    Question question =
        Question.of(asked, newCode(), now, now.plus(Confirmations.LIFETIME), digest(asked.shown()));
    List<Question> open = open();
    QuestionFiles files = files();
    for (Question older : open) {
      if (older.isAskedAgainBy(question)) {
        files.remove(older, false);
      }
    }
    if (files.asked().size() >= MOST_OPEN) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          MOST_OPEN + " questions wait for a person already",
          "Ask the person to answer them: `wb-backup confirm`, or the page.");
    }
    files.write(question);
    told.accept(
        "an agent asks (%s): %s Answer with `wb-backup confirm`, or on the page."
            .formatted(question.code(), question.question()));
    return Confirmation.ofPerson(asked, question);
  }

  /** Without a history there is nowhere to keep a question. */
  private QuestionFiles files() {
    try {
      return new QuestionFiles(backups.get());
    } catch (BackupException noConfiguration) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          "a person has to agree to this, and the question cannot be kept: "
              + noConfiguration.text(),
          "Ask the person to do it on a terminal. " + noConfiguration.hint(),
          noConfiguration);
    }
  }

  @Override
  public Answer redeem(String token, List<String> shown) throws IOException {
    if (!QuestionFiles.isCode(token)) {
      return Answer.NO;
    }
    QuestionFiles files = files();
    Optional<Question> agreed = files.agreed(token);
    if (agreed.isEmpty()) {
      return files.isAsked(token) ? Answer.OPEN : Answer.NO;
    }
    boolean meant =
        agreed.get().digest().equals(digest(shown)) && !agreed.get().isOver(clock.instant());
    return meant && files.remove(agreed.get(), true) ? Answer.YES : Answer.NO;
  }

  private static String digest(List<String> shown) {
    return Checksums.sha256(Confirmations.framed(shown));
  }

  private synchronized String newCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < 2 * HALF; i++) {
      code.append(i == HALF ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }
}
