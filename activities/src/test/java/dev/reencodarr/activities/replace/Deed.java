package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/** What somebody else does to a file. */
enum Deed {
  /** A new file takes the path; also where there is none. */
  REPLACE {
    @Override
    void to(Path file) throws IOException {
      Path upgrade = file.resolveSibling("upgrade.tmp");
      Files.write(upgrade, THEIRS);
      Files.move(upgrade, file, StandardCopyOption.ATOMIC_MOVE);
    }
  },
  RENAME {
    @Override
    void to(Path file) throws IOException {
      if (Files.exists(file)) {
        Files.move(file, file.resolveSibling("renamed by Sonarr.mkv"));
      }
    }
  },
  DELETE {
    @Override
    void to(Path file) throws IOException {
      Files.deleteIfExists(file);
    }
  },
  TRUNCATE {
    @Override
    void to(Path file) throws IOException {
      if (Files.exists(file)) {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(content, content.length / 2));
      }
    }
  },
  /** Written to in place, as editors of tags do. */
  EDIT {
    @Override
    void to(Path file) throws IOException {
      if (Files.exists(file)) {
        Files.write(file, THEIRS, StandardOpenOption.APPEND);
      }
    }
  },
  TOUCH {
    @Override
    void to(Path file) throws IOException {
      if (Files.exists(file)) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
      }
    }
  },
  LINK {
    @Override
    void to(Path file) throws IOException {
      if (Files.exists(file)) {
        Files.createLink(file.resolveSibling("linked.mkv"), file);
      }
    }
  };

  static final byte[] THEIRS = "somebody else's file".getBytes(StandardCharsets.UTF_8);

  abstract void to(Path file) throws IOException;

  /** Whether what the path held before is gone, by their will. */
  boolean destroys() {
    return this == REPLACE || this == DELETE || this == TRUNCATE || this == EDIT;
  }

  /** Whether they have written something of their own. */
  boolean writes() {
    return this == REPLACE || this == EDIT;
  }
}
