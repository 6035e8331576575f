package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretUnreadable;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.WebhookEndpoint;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.activities.store.sync.WebhookSecretRepository;
import dev.reencodarr.activities.sync.ConnectionClients;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.sync.arr.ArrNotification;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.WebhookActivities;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Keeps our webhook in Sonarr and Radarr as it is to be: one, at an address where we listen. */
public final class WebhookRegistrar implements WebhookActivities {

  /** What it is called there. */
  private static final String NAME = "Reencodarr";

  private static final int SECRET_BYTES = 32;

  private final ConnectionRepository connections;
  private final WebhookEndpointRepository endpoints;
  private final WebhookSecretRepository secrets;
  private final ConnectionClients clients;
  private final Path home;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param home where the key to the secrets lies
   */
  public WebhookRegistrar(Database database, ConnectionClients clients, Path home) {
    this.connections = new ConnectionRepository(database);
    this.endpoints = new WebhookEndpointRepository(database);
    this.secrets = new WebhookSecretRepository(database);
    this.clients = clients;
    this.home = home;
  }

  @Override
  public String register(SyncOrder order) {
    Optional<Connection> connection = connections.find(order.connection());
    List<WebhookEndpoint> listening = endpoints.listening(order.zone());
    if (connection.isEmpty() || listening.isEmpty()) {
      return "";
    }
    try {
      return register(connection.get(), listening);
    } catch (ArrFailed | SecretUnreadable e) {
      return "its webhook could not be looked at: " + e.getMessage();
    }
  }

  private String register(Connection connection, List<WebhookEndpoint> listening)
      throws ArrFailed, SecretUnreadable {
    ArrClient client = clients.at(connection);
    String name = connection.name();
    List<ArrNotification> ours = ours(client, name);
    Optional<ArrNotification> there = ours.stream().findFirst();
    Optional<ArrNotification> before =
        there.isPresent() ? there : client.newWebhook().map(it -> it.named(NAME));
    if (before.filter(ArrNotification::knowsHeaders).isEmpty()) {
      return "its webhooks cannot send headers, so that it cannot prove itself; update it";
    }
    String url = address(name, before.get().url(), listening);
    ArrNotification after = before.get().calling(url, WebhookHandler.SECRET, secret(connection));
    for (ArrNotification doubled : ours.stream().skip(1).toList()) {
      client.removeNotification(doubled.id());
    }
    return there.isPresent() && after.equals(before.get()) ? "" : saved(client, after, url);
  }

  /** Where it calls already, if somebody listens there; else the first who listens. */
  private static String address(String name, String now, List<WebhookEndpoint> listening) {
    List<String> addresses = listening.stream().map(it -> it.addressOf(name)).toList();
    return addresses.contains(now) ? now : addresses.getFirst();
  }

  private String secret(Connection connection) throws SecretUnreadable {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return secrets.secretOrNew(connection, SecretKey.in(home), HexFormat.of().formatHex(bytes));
  }

  private static String saved(ArrClient client, ArrNotification webhook, String url)
      throws ArrFailed {
    try {
      client.save(webhook);
      return "";
    } catch (ArrFailed failed) {
      if (failed.kind() != ArrFailed.Kind.REJECTED) {
        throw failed;
      }
      return "it cannot reach " + url + " (webhook_public_url): " + failed.getMessage();
    }
  }

  /**
   * Those that are ours: they call for this connection. One that only has our name is another
   * installation's, or made for another connection.
   */
  private static List<ArrNotification> ours(ArrClient client, String name) throws ArrFailed {
    return client.notifications().stream()
        .filter(ArrNotification::isWebhook)
        .filter(it -> callsFor(it, name))
        .sorted(Comparator.comparingLong(ArrNotification::id))
        .toList();
  }

  private static boolean callsFor(ArrNotification notification, String name) {
    return notification.url().endsWith(WebhookEndpoint.pathOf(name));
  }

  @Override
  public String unregister(SyncOrder order) {
    Optional<Connection> connection = connections.find(order.connection());
    if (connection.isEmpty()) {
      return "";
    }
    try {
      ArrClient client = clients.at(connection.get());
      for (ArrNotification ours : ours(client, connection.get().name())) {
        client.removeNotification(ours.id());
      }
      return "";
    } catch (ArrFailed e) {
      return String.valueOf(e.getMessage());
    }
  }
}
