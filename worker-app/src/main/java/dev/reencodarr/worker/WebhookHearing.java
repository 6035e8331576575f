package dev.reencodarr.worker;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.activities.sync.EventsCall;
import dev.reencodarr.activities.sync.webhook.WebhookPlace;
import dev.reencodarr.activities.sync.webhook.WebhookReception;
import dev.reencodarr.workflows.plan.Settings;
import io.temporal.client.WorkflowClient;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Hears webhooks where the settings say at which address. */
final class WebhookHearing {

  private final Database database;
  private final WorkflowClient client;
  private final Settings.Webhooks settings;
  private final Machine machine;
  private final WorkerHome home;
  private final List<WebhookReception> receptions = new ArrayList<>();

  WebhookHearing(
      Database database,
      WorkflowClient client,
      Settings.Webhooks settings,
      Machine machine,
      WorkerHome home) {
    this.database = database;
    this.client = client;
    this.settings = settings;
    this.machine = machine;
    this.home = home;
  }

  void start() {
    if (settings.address().isEmpty()) {
      new WebhookEndpointRepository(database).gone(machine.host());
      return;
    }
    WebhookReception reception =
        new WebhookReception(
            place(settings.address().get()), database, new EventsCall(client)::touched);
    reception.start();
    receptions.add(reception);
  }

  private WebhookPlace place(String address) {
    int colon = address.lastIndexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    String host = address.substring(0, colon).replaceAll("^\\[|]$", "");
    String url =
        settings
            .publicUrl()
            .orElseGet(() -> "http://" + machine.host() + ":" + port)
            .replaceAll("/+$", "");
    return new WebhookPlace(
        new InetSocketAddress(host, port), url, machine.zone(), machine.host(), home.path());
  }

  void stop() {
    receptions.forEach(WebhookReception::close);
  }
}
