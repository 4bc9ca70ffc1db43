package dev.workbuddy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmokeTest {
  @Test
  void x() {
    assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
  }
}
