package dev.workbuddy.backup.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a.db",
        "tasks/task_metadata.db",
        "a b/größe 🗂.db",
        "...",
        "..a",
        "a..",
        ".hidden",
        "-dash",
        "it's \"q\"?#%*",
        "~",
        "$HOME",
        "notes:2026.db"
      })
  void problem_staysBelow_isNone(String name) {
    assertThat(SafeNames.problem(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "/",
        "/etc/passwd",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "./a",
        "a/",
        "a//b",
        "//server/share",
        "a\\b",
        "..\\a",
        "C:a",
        "C:/a",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "a\u0085b"
      })
  void problem_couldLeaveOrBreak_isNamed(String name) {
    assertThat(SafeNames.problem(name)).isPresent();
  }
}
