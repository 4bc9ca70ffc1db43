package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Ladders in a jar of the application's. */
final class JavaLadders {
  private JavaLadders() {}

  /** The ladder that the jar has for a database. */
  static StepLadder read(Path jar, String database) {
    if (!Files.isRegularFile(jar)) {
      throw Refusals.invalid("there is no file " + jar);
    }
    requireJar(jar);
    try {
      List<LadderProvider> providers = providers(jar);
      List<LadderProvider> fitting =
          providers.stream().filter(each -> each.database().equals(database)).toList();
      if (fitting.size() != 1) {
        String names =
            providers.stream().map(LadderProvider::database).collect(Collectors.joining(", "));
        throw Refusals.invalid(
            "%s has %d ladders for %s; those it has are for: %s"
                .formatted(jar, fitting.size(), database, names.isEmpty() ? "nothing" : names));
      }
      return new StepLadder(fitting.getFirst().steps());
    } catch (BackupException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Refusals.invalid(jar + " fails to tell its steps: " + Refusals.firstLine(e), e);
    } catch (ServiceConfigurationError | LinkageError | MalformedURLException e) {
      throw Refusals.invalid(jar + ": " + Refusals.firstLine(e), e);
    }
  }

  private static void requireJar(Path jar) {
    try (ZipFile _ = new ZipFile(jar.toFile())) {
      // The class loader would take anything else for a jar without classes.
    } catch (IOException e) {
      throw Refusals.invalid(jar + " is not a jar file", e);
    }
  }

  /**
   * The loader stays open as long as the steps are in use, since they may need further classes of
   * the jar; the garbage collector closes it.
   */
  @SuppressWarnings("resource")
  private static List<LadderProvider> providers(Path jar) throws MalformedURLException {
    URL[] where = {jar.toUri().toURL()};
    URLClassLoader loader = new URLClassLoader(where, LadderProvider.class.getClassLoader());
    return ServiceLoader.load(LadderProvider.class, loader).stream()
        .filter(each -> loader.equals(each.type().getClassLoader()))
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
