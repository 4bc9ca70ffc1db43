package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Directories of classes, told apart and packed into jars. */
final class PackedClasses {
  private PackedClasses() {}

  /** A name that changes when a file below one of these does, or when Java is another. */
  static String fingerprint(List<Path> parts) throws IOException {
    StringBuilder seen = new StringBuilder(System.getProperty("java.home"));
    seen.append(Runtime.version());
    for (Path part : parts) {
      for (Path file : files(part)) {
        seen.append(file)
            .append(Files.size(file))
            .append(Files.getLastModifiedTime(file).toInstant());
      }
    }
    CRC32C sum = new CRC32C();
    sum.update(seen.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** Packs everything below a directory, uncompressed, which is read fastest. */
  static void pack(Path directory, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files(directory)) {
        out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
        Files.copy(file, out);
      }
    }
  }

  private static List<Path> files(Path part) throws IOException {
    try (Stream<Path> tree = Files.walk(part)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
