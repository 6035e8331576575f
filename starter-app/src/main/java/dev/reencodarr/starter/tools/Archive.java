package dev.reencodarr.starter.tools;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Takes single files out of packages: wheels and other zip files, and .tar.gz. */
final class Archive {

  private final Path file;

  Archive(Path file) {
    this.file = file;
  }

  /**
   * Writes one entry to a new file.
   *
   * @throws IOException if the archive is damaged or has no such entry
   */
  void extract(String entry, Path target) throws IOException {
    if (file.getFileName().toString().endsWith(".tar.gz")) {
      extractFromTar(entry, target);
    } else {
      extractFromZip(entry, target);
    }
  }

  private void extractFromZip(String entry, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry found = zip.getEntry(entry);
      if (found == null) {
        throw missing(entry);
      }
      try (InputStream in = zip.getInputStream(found)) {
        Files.copy(in, target);
      }
    }
  }

  private void extractFromTar(String entry, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GzipCompressorInputStream(Files.newInputStream(file)))) {
      for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
        if (next.getName().equals(entry)) {
          Files.copy(tar, target);
          return;
        }
      }
    }
    throw missing(entry);
  }

  private IOException missing(String entry) {
    return new IOException(file.getFileName() + " holds no " + entry);
  }
}
