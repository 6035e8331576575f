package dev.reencodarr.activities.sync.webhook;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where webhooks are heard.
 *
 * @param address to listen at
 * @param publicUrl as Sonarr and Radarr reach it, without a slash at its end
 * @param zone of this machine
 * @param host name of this machine
 * @param home folder of the worker, which holds the events until they are handed on
 */
public record WebhookPlace(
    InetSocketAddress address, String publicUrl, String zone, String host, Path home) {

  Path spool() {
    return home.resolve("webhooks");
  }
}
