package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"me/data", "acme-inc/my_data.v2", "A/b"})
  void parse_ownerAndName_isThat(String text) {
    assertThat(RepositoryName.parse(text)).map(RepositoryName::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/me/data",
        "https://github.com/me/data.git",
        "https://github.com/me/data/releases/tag/x",
        "git@github.com:me/data.git",
        "ssh://git@github.com/me/data.git",
        "github.com/me/data"
      })
  void hint_addresses_tellTheName(String text) {
    assertThat(RepositoryName.parse(text)).isEmpty();
    assertThat(RepositoryName.hint(text)).isEqualTo("Write me/data instead of its address.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "data", "me/", "/data", "me/data/x", "me/..", "-R/x", "me/a b", "me/a\n"})
  void hint_otherTexts_showAnExample(String text) {
    assertThat(RepositoryName.parse(text)).isEmpty();
    assertThat(RepositoryName.hint(text)).contains("owner/name");
  }
}
