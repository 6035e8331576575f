package dev.reencodarr.activities.failure;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose first line is the address of a webhook. Such addresses hold secrets, so that they
 * stand in no setting, and no word of the file is ever logged.
 */
public final class WebhookFile {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookFile.class);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final String path;

  /**
   * @param path empty: there is no webhook
   */
  public WebhookFile(String path) {
    this.path = path;
  }

  /** The address as it stands there now; empty, and said, where it cannot be used. */
  Optional<URI> address() {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<URI> address =
          Files.readAllLines(Path.of(path)).stream().findFirst().flatMap(WebhookFile::parsed);
      if (address.isEmpty()) {
        LOG.warn("critical_webhook_file: the first line of {} is no http or https address", path);
      }
      return address;
    } catch (IOException e) {
      LOG.warn("critical_webhook_file: {} cannot be read: {}", path, e.toString());
      return Optional.empty();
    }
  }

  private static Optional<URI> parsed(String line) {
    try {
      URI address = new URI(line.strip());
      boolean fits =
          address.getScheme() != null
              && SCHEMES.contains(address.getScheme())
              && address.getHost() != null;
      return fits ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
