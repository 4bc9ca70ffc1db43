package dev.workbuddy.backup.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.OwnKeys;
import org.junit.jupiter.api.Test;

/** The configuration must read what the user says of every component. */
class OwnFeaturesTest {
  @Test
  void features_areThoseOfTheComponents() {
    assertThat(OwnKeys.FEATURES).containsExactlyInAnyOrderElementsOf(ComponentDefinitions.ids());
  }
}
