package dev.workbuddy.backup.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.testing.ObedientClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's word is good once, for a while, and for nothing but what they were shown. */
class QuestionsTest {
  private static final List<String> SHOWN = List.of("state", "data_restore", "{}");

  @TempDir private Path directory;
  private final ObedientClock clock = new ObedientClock("2026-03-04T05:06:07Z");
  private Questions agent;
  private Questions person;

  @BeforeEach
  void configure() throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Files.createDirectories(directory.resolve(".data"));
    agent = Workspaces.questions(directory, clock);
    person = Workspaces.questions(directory, clock);
  }

  private Path files() {
    return directory.resolve(".data/backups/questions");
  }

  private String ask(String arguments, List<String> shown) throws Exception {
    return agent
        .ask(new Agreements.Asked("data_restore", arguments, Impact.of("Replace it?"), shown))
        .token();
  }

  @Test
  void question_agreedTo_isGoodOnceForWhatWasShown() throws Exception {
    String code = ask("{}", SHOWN);
    assertThat(person.open()).extracting(Question::code).containsExactly(code);
    assertThat(agent.redeem(code, SHOWN)).isEqualTo(Agreements.Answer.OPEN);

    person.answer(code, true);

    assertThat(person.open()).isEmpty();
    assertThat(agent.redeem(code, List.of("other"))).isEqualTo(Agreements.Answer.NO);
    assertThat(agent.redeem(code, SHOWN)).isEqualTo(Agreements.Answer.YES);
    assertThat(agent.redeem(code, SHOWN)).isEqualTo(Agreements.Answer.NO);
    assertThat(files()).isEmptyDirectory();
  }

  @Test
  void question_refused_isGone() throws Exception {
    String code = ask("{}", SHOWN);
    person.answer(code, false);
    assertThat(agent.redeem(code, SHOWN)).isEqualTo(Agreements.Answer.NO);
    assertThatThrownBy(() -> person.answer(code, true)).isInstanceOf(BackupException.class);
  }

  @Test
  void question_tooOld_isWorthNothingAndRemoved() throws Exception {
    String agreed = ask("{\"a\":1}", SHOWN);
    person.answer(agreed, true);
    String open = ask("{\"a\":2}", SHOWN);
    clock.sleep(Confirmations.LIFETIME);
    assertThat(agent.redeem(agreed, SHOWN)).isEqualTo(Agreements.Answer.NO);
    assertThat(person.open()).isEmpty();
    assertThatThrownBy(() -> person.answer(open, true)).isInstanceOf(BackupException.class);
    assertThat(files()).isEmptyDirectory();
  }

  @Test
  void question_askedAgain_takesThePlaceOfTheOlder() throws Exception {
    String first = ask("{}", SHOWN);
    String second = ask("{}", List.of("the data has changed"));
    assertThat(person.open()).extracting(Question::code).containsExactly(second);
    assertThat(agent.redeem(first, SHOWN)).isEqualTo(Agreements.Answer.NO);
  }

  @Test
  void questions_areNoMoreThanAPersonCanAnswer() throws Exception {
    for (int i = 0; i < 16; i++) {
      ask("{\"a\":" + i + "}", SHOWN);
    }
    assertThatThrownBy(() -> ask("{\"a\":16}", SHOWN)).hasMessageContaining("16 questions wait");
    assertThat(person.open()).hasSize(16);
  }

  @Test
  void files_arePrivate() throws Exception {
    String code = ask("{}", SHOWN);
    assertThat(Files.getPosixFilePermissions(files().resolve(code + ".asked.json"))).hasSize(2);
    assertThat(Files.getPosixFilePermissions(files())).hasSize(3);
  }

  @Test
  void tokens_thatAreNoCodes_leadToNoFile() throws Exception {
    ask("{}", SHOWN);
    for (String token : List.of("", "../x", "ABCD-EFG", "abcd-efgh", "ABCD-EFGH/..", "\0")) {
      assertThat(agent.redeem(token, SHOWN)).as(token).isEqualTo(Agreements.Answer.NO);
    }
  }

  @Test
  void filesOfOtherShapes_arePassedOver() throws Exception {
    String code = ask("{}", SHOWN);
    person.answer(code, true);
    String whole = Files.readString(files().resolve(code + ".agreed.json"));
    Path victim = Files.writeString(directory.resolve("victim"), whole);
    for (String other : List.of("", "null", "{}", "[]", "x", whole.replace(code, "AAAA-AAAA"))) {
      Files.writeString(files().resolve("BBBB-BBBB.agreed.json"), other);
      assertThat(agent.redeem("BBBB-BBBB", SHOWN)).as(other).isEqualTo(Agreements.Answer.NO);
    }
    Files.writeString(files().resolve("CCCC-CCCC.asked.json"), "x".repeat(1 << 20));
    Files.createSymbolicLink(files().resolve("DDDD-DDDD.agreed.json"), victim);
    Files.createDirectory(files().resolve("EEEE-EEEE.asked.json"));
    assertThat(agent.redeem("DDDD-DDDD", SHOWN)).isEqualTo(Agreements.Answer.NO);
    assertThat(person.open()).isEmpty();
    assertThat(victim).exists();
    assertThat(agent.redeem(code, SHOWN)).isEqualTo(Agreements.Answer.YES);
  }

  @Test
  void directory_thatIsALink_isRefused() throws Exception {
    Files.createDirectories(directory.resolve(".data/backups"));
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.createSymbolicLink(files(), elsewhere);
    assertThatThrownBy(() -> ask("{}", SHOWN)).hasMessageContaining("not a directory");
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(person.open()).isEmpty();
  }

  @Test
  void withoutAConfiguration_aPersonHasToDoItOnATerminal() throws Exception {
    Files.delete(directory.resolve("config.yaml"));
    assertThatThrownBy(() -> ask("{}", SHOWN))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("a person has to agree");
  }
}
