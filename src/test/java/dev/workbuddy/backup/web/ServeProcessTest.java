package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.cli.Main;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.JavaCommand;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process, until it is told to end. */
@Timeout(120)
class ServeProcessTest {
  @TempDir private Path directory;

  private ProcessBuilder serve() {
    List<String> command = new ArrayList<>(JavaCommand.of(Main.class));
    command.addAll(List.of("--config-dir", directory.toString(), "serve", "--port", "0"));
    return new ProcessBuilder(command).directory(directory.toFile());
  }

  @Test
  void sigterm_endsItCleanly() throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Databases.run(directory.resolve(".data/db/notes.db"), "CREATE TABLE entry (text TEXT)");
    Process process = serve().start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build()) {
      URI address = URI.create(out.readLine());
      HttpResponse<String> entered =
          client.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(entered.statusCode()).isEqualTo(303);

      process.toHandle().destroy(); // Its streams can still be read.

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isIn(130, 143);
      assertThat(out.readLine()).isNull();
      assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("Exception");
    } finally {
      process.destroyForcibly();
    }
  }
}
