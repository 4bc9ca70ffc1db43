package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.RescueResult.TableRescue;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tests of rescues ask for, and where they look. */
final class Rescuing {
  /** Parents and children; the children's table comes first by its name. */
  static final String[] FAMILY = {
    "CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER REFERENCES zparent"
        + " (id) ON DELETE CASCADE, text TEXT, twice TEXT AS (text || text) STORED)",
    "CREATE TABLE zparent (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE)",
    "INSERT INTO zparent VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    "INSERT INTO child (parent, text) VALUES (1, 'x'), (1, 'y'), (2, 'z'), (3, NULL)"
  };

  static final RescueOptions OVERWRITE = new RescueOptions(false, true, false, false, false, 0);
  static final RescueOptions CHANGED = new RescueOptions(true, false, false, false, false, 0);

  private Rescuing() {}

  static RescueRequest all(String snapshot) {
    return with(snapshot, RescueOptions.careful());
  }

  static RescueRequest with(String snapshot, RescueOptions options) {
    return new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, options);
  }

  static RescueRequest table(String snapshot, String table, @Nullable String where) {
    return new RescueRequest(
        snapshot, Set.of("tasks"), Set.of(table), where, RescueOptions.careful());
  }

  static TableRescue table(RescueResult result, String name) {
    return result.databases().getFirst().tables().stream()
        .filter(table -> table.table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Runs it, and makes sure that it refuses in these words and leaves every byte as it is. */
  static void refused(RecoverySite site, RescueRequest request, ErrorCode code, String... words)
      throws Exception {
    List<String> before = site.ask("SELECT sql FROM sqlite_schema");
    byte[] content = Files.readAllBytes(site.tasks());
    assertThatThrownBy(() -> site.rescue().run(request, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.text()).contains(words);
            });
    assertThat(site.ask("SELECT sql FROM sqlite_schema")).isEqualTo(before);
    assertThat(Files.readAllBytes(site.tasks())).isEqualTo(content);
  }
}
