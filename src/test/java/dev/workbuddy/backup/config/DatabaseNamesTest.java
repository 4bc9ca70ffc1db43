package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseNamesTest {

  @Test
  void forPaths_differentFiles_takesTheirNames() {
    assertThat(DatabaseNames.forPaths(List.of("a/tasks.db", "notes.v2.sqlite", "plain")))
        .containsExactly("tasks", "notes.v2", "plain");
  }

  @Test
  void forPaths_sameFileNames_addsDirectories() {
    assertThat(DatabaseNames.forPaths(List.of("a/x/m.db", "b/x/m.db", "c/y/m.db", "m.db")))
        .containsExactly("a_x_m", "b_x_m", "y_m", "m");
  }

  @Test
  void forPaths_namesThatStillClash_areNumbered() {
    assertThat(DatabaseNames.forPaths(List.of("a.db", "a.sqlite", "b c.db", "b_c.db")))
        .containsExactly("a", "a_2", "b_c", "b_c_2");
  }

  @Test
  void forPaths_oddCharacters_becomeValidNames() {
    assertThat(
            DatabaseNames.forPaths(List.of("t\u00e4sks.db", ".hidden", "-x.db", "...", "007.db")))
        .containsExactly("t_sks", "hidden", "x", "database", "007");
  }

  @Test
  void forPaths_longNames_areCut() {
    assertThat(DatabaseNames.forPaths(List.of("x".repeat(300) + ".db")))
        .containsExactly("x".repeat(100));
  }
}
