package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Somebody has written to the folder of a replacement that the database does not know. */
enum Forgery {
  CUT_SHORT {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.substring(0, text.length() / 2);
    }
  },
  EMPTY {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return "";
    }
  },
  NOTHING_IN_IT {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return "{}";
    }
  },
  NULLS {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replaceAll("\"(mtime|sampledHash)\" : [^,\\n]+", "\"$1\" : null");
    }
  },
  ENDLESS {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text + " ".repeat(2 * 1024 * 1024);
    }
  },
  DEEP {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return "[".repeat(100_000);
    }
  },
  RESULT_OUTSIDE {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(
          bench.target().toString(), bench.root().resolveSibling("x.mkv").toString());
    }
  },
  DOTS {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(
          bench.target().toString(), bench.root() + "/../" + bench.root().getFileName() + "/x");
    }
  },
  RENAMED_OUTSIDE {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace("\"movedTo\" : null", "\"movedTo\" : \"/etc/passwd\"");
    }
  },
  IN_OUR_OWN_FOLDER {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(
          bench.target().toString(), bench.quarantineFolder().resolve("movie.mkv").toString());
    }
  },
  RELATIVE {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(bench.source().toString(), "movie.avi");
    }
  },
  NO_FILE_NAME {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(bench.source().toString(), bench.root().toString());
    }
  },
  A_NAME_OF_OURS {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(
          bench.source().toString(), bench.source().resolveSibling("manifest.json").toString());
    }
  },
  ANOTHER_LIBRARY {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(
          "\"libraryRoot\" : \"" + bench.root() + "\"",
          "\"libraryRoot\" : \"" + bench.root().getParent() + "\"");
    }
  },
  ANOTHER_REPLACEMENT {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replace(
          "\"replacement\" : \"" + bench.quarantineFolder().getFileName(),
          "\"replacement\" : \"" + UUID.randomUUID());
    }
  },
  NEGATIVE {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replaceAll("\"resultBytes\" : [0-9]+", "\"resultBytes\" : -1");
    }
  },
  ANOTHER_CHECKSUM {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replaceAll("(\"resultSha256\" : \")..", "$100");
    }
  },
  ANOTHER_ORIGINAL {
    @Override
    String manifest(ReplaceBench bench, String text) {
      return text.replaceAll("(\"sampledHash\" : \")..", "$100");
    }
  },
  HALF_AN_ORIGINAL {
    @Override
    void act(ReplaceBench bench) throws IOException {
      Files.write(bench.kept(), new byte[10]);
    }
  },
  ANOTHER_RESULT {
    @Override
    void act(ReplaceBench bench) throws IOException {
      byte[] same = ReplaceBench.RESULT.clone();
      same[100] ^= 1;
      Files.write(bench.target(), same);
    }
  },
  LINKED_MANIFEST {
    @Override
    void act(ReplaceBench bench) throws IOException {
      Path manifest = bench.quarantineFolder().resolve("manifest.json");
      Path real = Files.move(manifest, bench.root().resolveSibling("m" + UUID.randomUUID()));
      Files.createSymbolicLink(manifest, real);
    }
  },
  LINKED_ORIGINAL {
    @Override
    void act(ReplaceBench bench) throws IOException {
      Path real = Files.move(bench.kept(), bench.root().resolveSibling("o" + UUID.randomUUID()));
      Files.createSymbolicLink(bench.kept(), real);
    }
  },
  LINKED_FOLDER {
    @Override
    void act(ReplaceBench bench) throws IOException {
      swapForLink(bench.quarantineFolder(), bench);
    }
  },
  LINKED_SHOW {
    @Override
    void act(ReplaceBench bench) throws IOException {
      swapForLink(bench.root().resolve("A Show"), bench);
    }
  };

  String manifest(ReplaceBench bench, String text) {
    return text;
  }

  void act(ReplaceBench bench) throws IOException {
    Path file = bench.quarantineFolder().resolve("manifest.json");
    String text = Files.readString(file);
    String forged = manifest(bench, text);
    assertThat(forged).isNotEqualTo(text);
    Files.writeString(file, forged);
  }

  static void swapForLink(Path real, ReplaceBench bench) throws IOException {
    Path away = Files.move(real, bench.root().resolveSibling("away" + UUID.randomUUID()));
    Files.createSymbolicLink(real, away);
  }
}
