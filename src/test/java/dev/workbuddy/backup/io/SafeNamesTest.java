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
        "$HOME"
      })
  void isSafe_staysBelow_isTrue(String name) {
    assertThat(SafeNames.isSafe(name)).isTrue();
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
        "a:stream",
        "a\0b",
        "a\nb",
        "a\u007fb",
        "a\u0085b"
      })
  void isSafe_couldLeaveOrBreak_isFalse(String name) {
    assertThat(SafeNames.isSafe(name)).isFalse();
  }
}
