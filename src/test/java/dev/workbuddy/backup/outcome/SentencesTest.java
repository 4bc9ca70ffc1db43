package dev.workbuddy.backup.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencesTest {
  @ParameterizedTest
  @CsvSource({
    "a token,  Log in.,  a token. Log in.",
    "a token., Log in.,  a token. Log in.",
    "why?,     Look.,    why? Look.",
    "cut…,     Look.,    cut… Look.",
    "'a ',     ' Look.', a. Look.",
    "a token,  '',       a token",
    "'',       Look.,    Look.",
  })
  void join_anyEnd_hasOneStopBetween(String first, String next, String joined) {
    assertThat(Sentences.join(first, next)).isEqualTo(joined);
  }
}
