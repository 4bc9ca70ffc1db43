package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration files are the application's, which has sections of its own in them. */
class ForeignSectionsTest {
  private static final String OURS = "\nbackups:\n  cadence_minutes: 7\n";

  @TempDir private Path dir;
  private ConfigFixture config;

  @BeforeEach
  void makeFixture() {
    config = new ConfigFixture(dir);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vault_root: \"/path/to/vault\"\ntimezone: \"America/New_York\"",
        "git:\n  active_days: 30\n\nobsidian:\n  tracked_folders:\n    - tasks",
        "paths:\n  data_root: .data\n  asset_root: /opt/app",
        "inference:\n  profiles:\n    \"local:embedding\":\n      max_concurrent: 1",
        "hindsight:\n  mission: >-\n    Persistent memory\n    for people.\n  other: |\n    a: b\n",
        "base: &base { a: 1 }\nother:\n  <<: *base\n  b: 2\nmore: { <<: [*base, *base] }",
        "a: &x 1\nb: &x 2\nc: *x",
        "a: &x [*x]",
        "a: &x { self: *x }",
        "a: 1\na: 2\nb: { c: 1, c: 2 }",
        "when: 2026-07-21\nat: 2026-07-21T10:00:00Z",
        "set: !!set { a, b }\nbin: !!binary aGVsbG8=\nall: !!omap [ a: 1 ]\nfloat: !!float 1",
        "1: one\n2.5: half\ntrue: yes\n~: nothing\n2026-01-01: day\n'quoted key': 1\n\"a\\tb\": 1",
        "a:\n  ? complex\n  : value\n  ? 7",
        "odd: [~, .inf, .nan, 0o17, 017, 1_000, 190:20:30, yes, No, on]",
        "empty:\nempty_list: []\nempty_section: {}",
        "list: [1, 2, 3]\ntext: just text\nnumber: 3.25",
        "features:\n  telegram: { wanted: true, reason: x }\n  odd: 7\n  list: [a]\n  none:",
        "features: { obsidian: { wanted: maybe, extra: { deep: [1] } } }",
        "%YAML 1.1\n%TAG !e! tag:example.org,2026:\n---\na: 1"
      })
  void load_sectionsOfTheApplication_passUnread(String theirs) {
    assertThat(config.shared(theirs + OURS).load().settings().cadence())
        .isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void load_deepSectionOfTheApplication_passesUnread() {
    String deep = "deep: " + "[".repeat(200) + "]".repeat(200);
    assertThat(config.shared(deep + OURS).load().settings().cadence())
        .isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void load_sectionsOfTheApplicationInBothFiles_passUnread() {
    config.shared("dashboard: { port: 1 }\ntasks: [1]\nx: 1" + OURS);
    config.local("dashboard: off\ntasks: { a: 1 }\nx:\nfeatures: { tray: 3 }");

    assertThat(config.load().settings().cadence()).isEqualTo(Duration.ofMinutes(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backup: 1         | backup: unknown key; did you mean backups?",
        "backupss: {}      | backupss: unknown key; did you mean backups?",
        "bakcups: {}       | bakcups: unknown key; did you mean backups?",
        "Backups: {}       | Backups: unknown key; did you mean backups?",
        "path: /x          | path: unknown key; did you mean paths?",
        "feature: []       | feature: unknown key; did you mean features?",
        "features: { github_backup: 1 } | features.github_backup: unknown key; did you mean"
            + " github_backups?",
        "features: { shedule: {} } | features.shedule: unknown key; did you mean schedule?",
        "paths: { data_rot: x } | paths.data_rot: unknown key; did you mean data_root?",
        "paths: { other: x } | paths.other: unknown key",
      })
  void load_oneSlipFromOurs_isAProblem(String yaml, String problem) {
    assertThat(config.shared(yaml).problems()).containsExactly("config.yaml:1: " + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"back__ups: 1", "bcakpus: 1", "backupsss: 1", "rclone: 1", "retention: 1"})
  void load_twoSlipsFromOurs_passes(String yaml) {
    assertThat(config.shared(yaml + OURS).load().settings().cadence())
        .isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void load_mergeKeyInOurs_isReadAsTheApplicationDoes() {
    config.shared(
        """
        common: &common
          cadence_minutes: 9
          compression: zstd
        backups:
          <<: *common
          cadence_minutes: 7
        """);

    Settings settings = config.load().settings();
    assertThat(settings.cadence()).isEqualTo(Duration.ofMinutes(7));
    assertThat(settings.compression()).isEqualTo(Compression.ZSTD);
  }

  @Test
  void load_cadenceBesideTheRepository_isTheCadence() {
    config.shared("backups: { github: { cadence_minutes: 15 } }");
    assertThat(config.load().settings().cadence()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.load().settings().remotes().github()).isNull();

    config.local("backups: { cadence_minutes: 15 }");
    assertThat(config.load().settings().cadence()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void load_bareRepositoryName_isKeptAsItIs() {
    config.shared("backups: { github: { repo: work-buddy-data } }");
    assertThat(config.load().settings().remotes().github())
        .isEqualTo(new RemoteSettings.Github("work-buddy-data", false));
  }

  @Test
  void load_pushOfPrivateContentForbidden_pushesNothingAndSaysSo() {
    config.shared(
        "backups: { github: { repo: me/data, allow_unencrypted_private_content: false } }");
    assertThat(config.load().settings().remotes().hasNone()).isTrue();
    assertThat(config.load().warnings())
        .containsExactly(
            "backups.github.repo is set, but nothing is pushed there:"
                + " backups.github.allow_unencrypted_private_content is false");

    config.local("backups: { github: { allow_unencrypted_private_content: true } }");
    assertThat(config.load().settings().remotes().github())
        .isEqualTo(new RemoteSettings.Github("me/data", false));
  }

  @Test
  void prepare_amongSectionsOfTheApplication_touchesNothingElse() throws Exception {
    String theirs =
        """
        # mine
        dashboard: &d { url: "x" }   # here
        tray: !!set { a, b }
        loop: &l [*l]
        tray: { <<: *d }
        """;
    config.local(theirs);

    LocalConfig.Prepared prepared =
        new LocalConfig(dir)
            .prepare(List.of(ConfigChange.text("me/data", "backups", "github", "repo")));

    assertThat(prepared.after()).isEqualTo(theirs + "backups:\n  github:\n    repo: me/data\n");
  }
}
