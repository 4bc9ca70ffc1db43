package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.testing.Tools;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serving for other machines, with a certificate of one's own. */
class TlsTest {
  private static final String PASSWORD = "correct horse";
  private static final String TOKEN = "a token that is long enough";

  @TempDir private Path directory;

  private Path keystore() throws Exception {
    Path file = directory.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Tools.run(
        directory,
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD,
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1"));
    return file;
  }

  private static HttpClient trusting(Path keystore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream keys = Files.newInputStream(keystore)) {
      store.load(keys, PASSWORD.toCharArray());
    }
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("test", store.getCertificate("test"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  @Test
  void keystoreAndToken_serveEncrypted_withASecureCookie() throws Exception {
    Path keystore = keystore();
    WebOptions options =
        new WebOptions("0.0.0.0", 0, List.of(), TOKEN, new WebOptions.Tls(keystore, PASSWORD));
    InstantSource clock = InstantSource.system();
    try (WebFace face =
            WebFace.start(
                Workspaces.in(directory, clock, Sleeper.real()),
                Workspaces.questions(directory, clock),
                "test",
                options,
                clock,
                new Random(7),
                task -> Thread.ofPlatform().start(task));
        HttpClient client = trusting(keystore)) {
      URI page = URI.create(face.address().replace("0.0.0.0", "127.0.0.1"));
      assertThat(page.getScheme()).isEqualTo("https");

      HttpResponse<String> stranger = client.send(get(page), body());
      HttpResponse<String> entered =
          client.send(get(page.resolve("/?token=" + TOKEN.replace(" ", "%20"))), body());

      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(entered.statusCode()).isEqualTo(303);
      assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
    }
  }

  private static HttpRequest get(URI address) {
    return HttpRequest.newBuilder(address).build();
  }

  private static HttpResponse.BodyHandler<String> body() {
    return HttpResponse.BodyHandlers.ofString();
  }
}
