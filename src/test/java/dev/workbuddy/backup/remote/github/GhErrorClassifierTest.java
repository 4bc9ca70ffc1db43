package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What versions of {@code gh} were seen to say, and what it means. */
class GhErrorClassifierTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          4 ~ To get started with GitHub CLI, please run:  gh auth login ~ UNAUTHENTICATED
          4 ~ gh: To use GitHub CLI in automation, set the GH_TOKEN environment variable. ~ UNAUTHENTICATED
          1 ~ HTTP 401: Bad credentials (https://api.github.com/graphql) ~ UNAUTHENTICATED
          1 ~ error checking for existing release: HTTP 401 (U) ~ UNAUTHENTICATED
          1 ~ non-200 OK status code: 401 Unauthorized body: "{}" ~ UNAUTHENTICATED
          1 ~ This API operation needs the "repo" scope. To request it, run:  gh auth refresh ~ FORBIDDEN
          1 ~ HTTP 403: Resource not accessible by personal access token (U) ~ FORBIDDEN
          1 ~ GraphQL: Could not resolve to a Repository with the name 'o/n'. (repository) ~ NOT_FOUND
          1 ~ HTTP 404: Not Found (https://api.github.com/repos/o/n/releases) ~ NOT_FOUND
          1 ~ release not found ~ NOT_FOUND
          1 ~ HTTP 502: 502 Bad Gateway (U) ~ NETWORK
          1 ~ non-200 OK status code: 503 Service Unavailable body: "" ~ NETWORK
          1 ~ invalid character '<' looking for beginning of value ~ NETWORK
          1 ~ Post "U": read tcp 127.0.0.1:1->127.0.0.1:2: read: connection reset by peer ~ NETWORK
          1 ~ Post "U": EOF ~ NETWORK
          1 ~ unexpected EOF ~ NETWORK
          1 ~ Post "U": proxyconnect tcp: dial tcp 127.0.0.1:9: connect: connection refused ~ NETWORK
          1 ~ error connecting to api.github.com ~ NETWORK
          1 ~ Get "U": dial tcp: lookup api.github.com: Temporary failure in name resolution ~ NETWORK
          1 ~ Get "U": net/http: TLS handshake timeout ~ NETWORK
          1 ~ HTTP 422: Validation Failed (U) ReleaseAsset.name already exists ~ NETWORK
          1 ~ HTTP 422: Validation Failed (U) size must be less than or equal to 2147483648 ~ QUOTA
          1 ~ write /x/y: no space left on device ~ QUOTA
          1 ~ HTTP 422: Cannot upload assets to an immutable release. (U) ~ REFUSED
          1 ~ HTTP 422: Validation Failed (U) Repository is empty. ~ UNCONFIGURED
          1 ~ Get "U": x509: certificate signed by unknown authority ~ FAILED
          1 ~ something that nobody has seen before ~ FAILED
          -1 ~ uploading ~ TIMEOUT
          """)
  void asFailure_whatGhSays_isClassifiedAndHasAHint(int code, String text, RemoteFault expected) {
    Failed<?> failed = complaint(code, text).asFailure("push it", "github:o/n");
    assertThat(failed.fault()).isEqualTo(expected);
    assertThat(failed.detail()).startsWith("cannot push it in github:o/n: ");
    assertThat(failed.hint()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          HTTP 403: API rate limit exceeded for user ID 1. (U) ~ true
          HTTP 403: You have exceeded a secondary rate limit and have been temporarily blocked. (U) ~ true
          GraphQL: API rate limit already exceeded for user ID 1. ~ true
          HTTP 429: 429 Too Many Requests (U) ~ true
          HTTP 403: Must have push access to repository (U) ~ false
          HTTP 502: 502 Bad Gateway (U) ~ false
          """)
  void isRateLimit_isKnownByItsWords(String text, boolean expected) {
    assertThat(complaint(1, text).isRateLimit()).isEqualTo(expected);
  }

  @Test
  void detail_signedAddress_isShownWithoutItsSignature() {
    String said = "Get \"https://release-assets.githubusercontent.com/x?sig=SECRET&se=1\": EOF";
    assertThat(complaint(1, said).detail("fetch it", "github:o/n"))
        .contains("release-assets.githubusercontent.com/x")
        .doesNotContain("SECRET");
  }

  private static GhErrorClassifier complaint(int code, String text) {
    return GhErrorClassifier.of(new Subprocess.Result(code, "", text));
  }
}
