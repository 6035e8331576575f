package dev.reencodarr.activities.store.sync;

/**
 * Where a worker listens for webhooks.
 *
 * @param url as Sonarr and Radarr reach it, without a slash at its end
 * @param problem why it cannot listen; empty where it does
 */
public record WebhookEndpoint(String zone, String host, String url, String problem) {

  /** What it is told of a connection at. */
  public String addressOf(String connection) {
    return url + pathOf(connection);
  }

  /** The end of every such address. */
  public static String pathOf(String connection) {
    return "/api/webhooks/" + connection;
  }
}
