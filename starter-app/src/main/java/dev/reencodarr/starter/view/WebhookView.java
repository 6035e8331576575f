package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.sync.WebhookEndpoint;

/**
 * Where webhooks of Sonarr and Radarr are heard, in JSON: a contract with other programs.
 *
 * @param url as they reach it
 * @param problem why nobody listens there; empty where somebody does
 */
public record WebhookView(String zone, String host, String url, String problem) {

  public static WebhookView of(WebhookEndpoint endpoint) {
    return new WebhookView(endpoint.zone(), endpoint.host(), endpoint.url(), endpoint.problem());
  }

  /** For a line of {@code status}. */
  public String line() {
    return problem.isEmpty()
        ? "heard at " + url + " (zone " + zone + ")"
        : "NOT heard: " + host + " " + Printable.of(problem);
  }
}
