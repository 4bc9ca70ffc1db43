package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** What somebody may put in the place of a file of ours. */
enum HostileShape {
  EMPTY {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.write(file, new byte[0]);
    }
  },
  CUT {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.write(file, Arrays.copyOf(sound, sound.length / 2));
    }
  },
  NO_JSON {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.writeString(file, "this is\nno document\n");
    }
  },
  NULL {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.writeString(file, "null");
    }
  },
  ARRAY {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.writeString(file, "[]");
    }
  },
  OBJECT {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.writeString(file, "{}");
    }
  },
  CONTROL_CHARACTERS {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.write(file, new byte[] {0, 0, 27, '[', '2', 'J', 7, (byte) 0xff, (byte) 0xfe, 0});
    }
  },
  DEEP {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.writeString(file, "{\"jobs\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    }
  },
  TWICE {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.writeString(file, "{\"status\": \"done\", \"status\": \"failed\", \"a\": 1, \"a\": 2}");
    }
  },
  /** More than Java can hold in an array: whoever reads it whole has failed. */
  HUGE {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(3L << 30);
      }
    }
  },
  PIPE {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Tools.require("mkfifo");
      Tools.run(file.resolveSibling("."), List.of("mkfifo", file.toString()));
    }
  },
  DIRECTORY {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.createDirectory(file);
      Files.writeString(file.resolve("mine"), "mine");
    }
  },
  LINK {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.createSymbolicLink(file, elsewhere);
    }
  },
  LINK_TO_NOTHING {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.createSymbolicLink(file, elsewhere.resolveSibling("nothing"));
    }
  },
  LINK_TO_DEVICE {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.createSymbolicLink(file, Path.of("/dev/zero"));
    }
  },
  NOT_PERMITTED {
    @Override
    void write(Path file, byte[] sound, Path elsewhere) throws IOException {
      Files.write(file, sound);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    }
  };

  /**
   * Puts it there; nothing is there before.
   *
   * @param sound what the file should hold
   * @param elsewhere a file of somebody else's, to be linked to
   */
  abstract void write(Path file, byte[] sound, Path elsewhere) throws IOException;

  /** Whether some lines are left that can be used, or none that cannot. */
  boolean isText() {
    return this == EMPTY || this == CUT;
  }

  /** Takes whatever there is away, so that something else may be put there. */
  static void clear(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(file.resolve("mine"));
    }
    Files.deleteIfExists(file);
  }
}
